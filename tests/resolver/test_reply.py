"""What the assistant's last message says counts as said."""

import pytest

from funcgemma.records import Dialogue, FunctionCall, Message
from funcgemma.resolver.embedded.anchor import anchor
from funcgemma.resolver.embedded.features import Prior
from funcgemma.resolver.embedded.resolve import EmbeddedResolver
from funcgemma.resolver.embedded.view import read


@pytest.fixture
def resolver(small_model, definitions):
    return EmbeddedResolver(small_model.embedded, definitions)


def listed(reply, **arguments):
    call = FunctionCall("schedule_reminder", {"action": "list", **arguments})
    return Prior(call, 1, (), False, 2, reply)


def filled(resolver, now, text, prior):
    return resolver.filled(read(text, now), prior, "schedule_reminder").calls[0].arguments


def test_the_one_entry_that_was_named_is_meant(resolver, now):
    prior = listed("金曜日は15時に「業者との打ち合わせ」があります。", datetime="2026-05-15")
    arguments = filled(resolver, now, "それ、キャンセルして", prior)
    assert arguments["action"] == "delete"
    assert arguments["description"] == "業者との打ち合わせ"
    assert "datetime" not in arguments


def test_of_several_entries_none_is_guessed(resolver, now):
    prior = listed("10時に「句会」、14時に「墓掃除」があります。", datetime="2026-05-15")
    assert "description" not in filled(resolver, now, "それ、キャンセルして", prior)


def test_whoever_says_yes_and_adds_a_time_means_what_was_offered(resolver, now):
    offer = Prior(None, 0, (), True, 2, "「勉強会」を予定に登録しましょうか？")
    arguments = filled(resolver, now, "うん、お願い。来週の火曜17時", offer)
    assert arguments["description"] == "勉強会"
    assert arguments["datetime"] == "2026-05-19T17:00"


def test_what_was_told_before_the_offer_is_what_it_is_about(resolver, now):
    messages = (
        Message("user", "金曜の10時に「歯医者」の予約を入れてもらえたよ", calls=()),
        Message("assistant", "予定に登録しましょうか？"),
        Message("user", "はい"),
    )
    dialogue = Dialogue(messages, now)
    found = resolver.resolve(dialogue, resolver.prior(dialogue, {}))
    assert found.agreed
    assert found.calls[0].name == "schedule_reminder"
    assert found.calls[0].arguments["datetime"] == "2026-05-15T10:00"


@pytest.mark.parametrize(
    ("text", "reply", "expected"),
    [
        (
            "墓掃除は8時に繰り上げて",
            "8月8日9時に「墓掃除」、20日14時に「句会」があります。",
            "2026-08-08T09:00",
        ),
        (
            "bump the recital to 3",
            "Saturday: goalie clinic at 8, recital at 2. Sunday: lunch at 4.",
            "2026-05-16",
        ),
        ("買い物は8時に", "8月8日9時に「墓掃除」があります。", "2026-05-15"),
        ("明日の8時に墓掃除", "8月8日9時に「墓掃除」があります。", "2026-05-15"),
    ],
)
def test_the_day_of_an_entry_that_is_named_again(definitions, now, text, reply, expected):
    prior = listed(reply, datetime="2026-05-15")
    assert anchor(read(text, now), prior, definitions) == expected


def test_the_same_time_is_the_one_in_the_message(definitions, now):
    prior = listed("10時に句会があります。", datetime="2026-05-15")
    view = read("それを日曜の同じ時間にずらして", now)
    assert anchor(view, prior, definitions) == "2026-05-15T10:00"
