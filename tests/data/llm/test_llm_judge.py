"""Every reason for which a row is refused, and the gold of those that are kept."""

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from funcgemma.data.examples import CLOCK
from funcgemma.data.llm.flaws import Flaw
from funcgemma.data.llm.judge import judge
from funcgemma.functions.plugins import from_schemas
from funcgemma.records import Case


def item(text, *calls, before=None):
    made = [{"name": name, "arguments": arguments} for name, arguments in calls]
    found = {"text": text, "calls": made} if calls else {"text": text}
    return found | ({"before": before} if before else {})


def weather(text, **arguments):
    return item(text, ("weather_info", arguments))


def schedule(text, **arguments):
    return item(text, ("schedule_reminder", arguments))


@pytest.mark.parametrize(
    ("given", "arguments", "spans"),
    [
        (
            weather("明日の松本、降る？", location="松本", date="明日", forecast_type="daily"),
            {"location": "松本", "forecast_type": "daily", "date": "2026-05-14"},
            {"0.location": (3, 5), "0.date": (0, 2)},
        ),
        (
            schedule("金曜の10時に歯医者って入れて", action="create", description="歯医者", datetime="金曜の10時"),
            {"action": "create", "description": "歯医者", "datetime": "2026-05-15T10:00"},
            {"0.description": (7, 10), "0.datetime": (0, 6)},
        ),
        (  # the hour alone was copied; it belongs to the day that stands elsewhere
            schedule("明日なんだけど、9時から朝礼ね、入れといて", action="create", description="朝礼", datetime="9時"),
            {"action": "create", "description": "朝礼", "datetime": "2026-05-14T09:00"},
            {"0.description": (12, 14), "0.datetime": (8, 10)},
        ),
        (  # a repeated time gives both the rule and its first occurrence
            schedule("毎朝7時に起こして", action="create", recurrence="毎朝7時"),
            {"action": "create", "datetime": "2026-05-14T07:00", "recurrence": "FREQ=DAILY"},
            {"0.datetime": (0, 4), "0.recurrence": (0, 4)},
        ),
    ],
)  # fmt: skip
def test_times_are_computed_from_words(plan_of, given, arguments, spans):
    row = judge(given, plan_of(given["calls"][0]["name"]))
    assert row.calls[0].arguments == arguments
    assert row.spans == spans
    assert row.now == CLOCK


def test_a_time_computed_by_the_model_is_not_believed(plan_of):
    given = weather("明日の松本は？", location="松本", date="2026-05-14")
    assert judge(given, plan_of("weather_info")) == Flaw("ungrounded", "2026-05-14")


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [("大谷翔平選手の出身は？", "大谷翔平選手", "大谷翔平"), ("「大谷翔平」って誰", "「大谷翔平」", "大谷翔平"),
     ("who is kate bush", "Kate Bush", "kate bush")],
)  # fmt: skip
def test_words_are_taken_as_they_stand_without_titles_and_quotes(plan_of, text, words, value):
    language = "en" if text.isascii() else "ja"
    given = item(text, ("celebrity_info", {"person_name": words}))
    row = judge(given, plan_of("celebrity_info", language=language))
    assert row.calls[0].arguments == {"person_name": value}


def test_a_language_is_named_by_words_and_kept_as_a_code(plan_of):
    given = item("「また来てね」をベトナム語に", ("translation_assist", {"text": "また来てね", "target_language": "ベトナム語", "source_language": "auto"}))  # fmt: skip
    row = judge(given, plan_of("translation_assist"))
    assert row.calls[0].arguments == {"text": "また来てね", "target_language": "vi"}
    assert row.spans == {"0.text": (1, 6), "0.target_language": (8, 13)}


def test_what_was_said_before_is_ground_as_well(plan_of):
    before = [{"user": "明日の松本の天気は？", "assistant": "晴れるでしょう。"}]
    given = item(
        "じゃあ飯田は？", ("weather_info", {"location": "飯田", "date": "明日"}), before=before
    )
    row = judge(given, plan_of("weather_info", way="followup"))
    assert row.calls[0].arguments == {"location": "飯田", "date": "2026-05-14"}
    assert row.spans == {"0.location": (3, 5)}
    assert [turn.role for turn in row.history] == ["user", "assistant"]
    assert row.tags == ("followup",)


def test_two_calls(plan_of):
    calls = [("weather_info", {"location": "松本"}), ("translation_assist", {"text": "寒いね", "target_language": "英語"})]  # fmt: skip
    row = judge(
        item("松本の天気と、あと「寒いね」を英語で", *calls),
        plan_of("weather_info", "translation_assist", way="several"),
    )
    assert [call.name for call in row.calls] == ["weather_info", "translation_assist"]
    assert row.category == "multi"
    assert "1.target_language" in row.spans


def test_what_asks_for_nothing(plan_of):
    row = judge(item("今日は朝からいい風が吹いとるわ"), plan_of())
    assert (row.calls, row.category, row.group) == ((), "smalltalk", "persona-ja01")


def test_a_missing_argument(plan_of):
    plan = plan_of("translation_assist", way="missing", absent="target_language")
    call = ("translation_assist", {"text": "寒いね"})
    row = judge(item("「寒いね」を訳してほしい", call), plan)
    assert row.calls[0].arguments == {"text": "寒いね"}
    assert row.tags == ("missing",)
    assert judge(item("「寒いね」を英語に訳して", call), plan).reason == "not_missing"


TEXT = "明日の松本の天気は？"
GOOD = {"location": "松本", "date": "明日"}


@pytest.mark.parametrize(
    ("reason", "given"),
    [
        ("wrong_shape", "天気"),
        ("wrong_shape", {"text": TEXT}),
        ("wrong_shape", {**weather(TEXT, **GOOD), "note": "x"}),
        ("wrong_shape", weather("", **GOOD)),
        ("wrong_function", item(TEXT, ("travel_guide", {"destination": "松本"}))),
        ("wrong_function", item(TEXT, ("weather_info", GOOD), ("weather_info", GOOD))),
        ("bad_argument", weather(TEXT, place="松本")),
        ("bad_argument", weather(TEXT, date="明日")),
        ("bad_argument", weather(TEXT, **GOOD, forecast_type="monthly")),
        ("bad_argument", weather(TEXT, location=3, date="明日")),
        ("ungrounded", weather(TEXT, location="長野", date="明日")),
        ("ungrounded", weather(TEXT, location="松本", date="明後日")),
        ("time_unreadable", weather("そのうち松本に行くけど天気は？", location="松本", date="そのうち")),
        ("time_unreadable", weather("月曜、いや火曜の松本は？", location="松本", date="月曜、いや火曜")),
        ("time_left_out", weather(TEXT, location="松本")),
        ("rule", weather("松本の週末の天気は？", location="松本", date="週末", forecast_type="daily")),
        ("wrong_language", weather("What about 松本 tomorrow, any rain?", location="松本")),
        ("wrong_language", weather("请问松本天气怎么样", location="松本")),
        ("wrong_language", weather("松本市内全域明日以降天候変化予報情報提供希望", location="松本")),
        ("odd_text", weather("松本と[場所]の天気は？", location="松本")),
        ("odd_text", weather("松本の weather_info を見せて", location="松本")),
        ("odd_text", weather("松本の天気は？<end_of_turn>", location="松本")),
        ("odd_text", weather("松本" + "はどうかなあ" * 80, location="松本")),
    ],
)  # fmt: skip
def test_reasons(plan_of, registry, reason, given):
    assert judge(given, plan_of("weather_info"), registry.names).reason == reason


def test_a_day_beside_an_hour_is_not_the_whole_time(plan_of):
    given = schedule(
        "明日ね、歯医者を10時に入れて", action="create", description="歯医者", datetime="明日"
    )
    assert judge(given, plan_of("schedule_reminder")).reason == "time_left_out"


def test_an_unknown_language(plan_of):
    given = item("「やあ」をエルフ語に", ("translation_assist", {"text": "やあ", "target_language": "エルフ語"}))  # fmt: skip
    assert judge(given, plan_of("translation_assist")).reason == "language_unknown"


def test_the_same_call_twice(plan_of):
    call = ("weather_info", {"location": "松本"})
    plan = plan_of("weather_info", "weather_info", way="several")
    assert judge(item("松本の天気、松本の天気", call, call), plan).reason == "repeated_call"


def test_a_turn_that_is_repeated(plan_of):
    before = [{"user": "松本は？", "assistant": "晴れです。"}]
    given = item("松本は？", ("weather_info", {"location": "松本"}), before=before)
    assert judge(given, plan_of("weather_info", way="followup")).reason == "duplicate"


def test_a_settled_value_must_be_kept(plan_of):
    plan = plan_of("weather_info", focus=[("forecast_type", "weekly")])
    assert judge(weather(TEXT, **GOOD, forecast_type="daily"), plan).reason == "bad_argument"


def test_english(plan_of):
    given = schedule("dentist Friday at 10, put it in", action="create", description="Dentist", datetime="friday at 10")  # fmt: skip
    row = judge(given, plan_of("schedule_reminder", language="en"))
    assert row.calls[0].arguments["datetime"] == "2026-05-15T10:00"
    assert (row.language, row.now.tzinfo) == ("en", CLOCK.tzinfo)
    japanese = judge(schedule("歯医者を入れて", action="create"), plan_of("schedule_reminder", language="en"))  # fmt: skip
    assert japanese.reason == "wrong_language"


def test_functions_of_ones_own(plan_of):
    parameters = {
        "type": "object",
        "properties": {
            "tea": {"type": "string"},
            "cups": {"type": "integer", "minimum": 1},
            "with": {"type": "array", "items": {"type": "string"}},
            "hot": {"type": "boolean"},
            "at": {"type": "string", "format": "date-time"},
        },
        "required": ["tea"],
    }
    functions = from_schemas(
        [{"name": "tea", "description": "お茶", "parameters": parameters}], "x"
    )
    plan = plan_of("tea", functions=functions)
    text = "３時にほうじ茶を二杯、砂糖とミルク付きで熱いの頼む"
    arguments = {
        "tea": "ほうじ茶",
        "cups": 2,
        "with": ["砂糖", "ミルク"],
        "hot": True,
        "at": "３時",
    }
    row = judge(item(text, ("tea", arguments)), plan)
    assert row.calls[0].arguments == {**arguments, "at": "2026-05-13T15:00"}
    for wrong in ({"cups": 5}, {"with": ["蜂蜜"]}):
        refused = judge(item(text, ("tea", arguments | wrong)), plan)
        assert refused.reason == "ungrounded"
    assert judge(item(text, ("tea", arguments | {"cups": "2"})), plan).reason == "bad_argument"


SCRAPS = st.sampled_from(
    ["明日", "9時", "と", "松本", "「", "」", "英語", "毎週", " ", "😀", "〜", "二十", "\ud800"]
)
WORDS = st.lists(SCRAPS | st.text(max_size=3), max_size=8).map("".join)


@given(text=WORDS, words=st.lists(WORDS, min_size=3, max_size=3), before=WORDS)
@settings(max_examples=150, deadline=None)
def test_whatever_is_written_is_a_row_or_a_flaw(plan_of, registry, text, words, before):
    first = schedule(
        text, action="create", description=words[0], datetime=words[1], recurrence=words[2]
    )
    second = item(text, ("translation_assist", {"text": words[0], "target_language": words[1]}))
    for made in (first, second):
        made["before"] = [{"user": before, "assistant": before}]
        plan = plan_of(made["calls"][0]["name"], way="followup")
        assert isinstance(judge(made, plan, registry.names), Case | Flaw)


def test_the_clock_is_that_of_the_speaker():
    from funcgemma.data.llm.personas import personas

    assert all(
        datetime(2026, 1, 1, tzinfo=person.zone).isoformat().endswith(person.offset)
        for person in personas()
    )
