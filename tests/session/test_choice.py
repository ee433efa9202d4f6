import pytest

from funcgemma.records import FunctionCall
from funcgemma.session.choice import chosen, narrowed

PAGES = [{"title": "宮島 (広島県)"}, {"title": "宮島達男"}, {"title": "宮島町"}]


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("2", 1),
        ("２番", 1),
        ("2番でお願いします", 1),
        ("三つ目", 2),
        ("the second one", 1),
        ("#3", 2),
        ("宮島達男", 1),
        ("達男のほう", 1),
        ("です", None),
        ("達男", 1),
        ("4", None),
        ("0", None),
        ("宮島", None),
        ("明日の天気は？", None),
    ],
)
def test_what_is_chosen(text, index):
    assert chosen(text, PAGES) == index


def test_a_page_is_named_by_its_title(definitions):
    call = FunctionCall("celebrity_info", {"person_name": "宮島", "info_type": "works"})
    found = narrowed(call, definitions["celebrity_info"], PAGES[1])
    assert found is not None
    assert found[0].arguments == {"person_name": "宮島達男", "info_type": "works"}


@pytest.mark.parametrize("action", ["update", "delete"])
def test_an_entry_is_named_by_its_words_and_time(definitions, action):
    call = FunctionCall("schedule_reminder", {"action": action, "datetime": "2026-05-15T16:00"})
    entry = {"description": "会議", "start": "2026-05-14T15:00"}
    found = narrowed(call, definitions["schedule_reminder"], entry)
    assert found is not None
    new = "2026-05-15T16:00" if action == "update" else "2026-05-14T15:00"
    assert found[0].arguments == {"action": action, "description": "会議", "datetime": new}
    old = [("datetime", "2026-05-14T15:00", None)] if action == "update" else []
    assert [(m.kind, m.value, m.argument) for m in found[1]] == old


def test_a_series_is_meant_where_no_day_was_named(definitions):
    schedule = definitions["schedule_reminder"]
    entry = {"description": "薬", "start": "2026-05-14T07:00", "recurrence": "FREQ=DAILY"}
    whole = narrowed(FunctionCall("schedule_reminder", {"action": "delete"}), schedule, entry)
    assert whole is not None
    assert whole[0].arguments["recurrence"] == "FREQ=DAILY"
    named = FunctionCall("schedule_reminder", {"action": "delete", "datetime": "2026-05-14"})
    once = narrowed(named, schedule, entry)
    assert once is not None
    assert "recurrence" not in once[0].arguments


def test_what_cannot_be_named(definitions):
    call = FunctionCall("schedule_reminder", {"action": "delete"})
    assert narrowed(call, definitions["schedule_reminder"], {"id": 3}) is None
