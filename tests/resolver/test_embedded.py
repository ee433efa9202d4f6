"""A sentence in, calls out: the behaviour every model must have, also a small one."""

import pytest


def _calls(router, dialogue):
    return [(call.name, dict(call.arguments)) for call in router.route(dialogue).calls]


def test_weather_with_a_day(router, say):
    ((name, arguments),) = _calls(router, say("明日の京都の天気を教えて"))
    assert name == "weather_info"
    assert arguments["location"] == "京都"
    assert arguments["date"] == "2026-05-14"


def test_two_places_are_two_calls(router, say):
    calls = _calls(router, say("東京と大阪の天気を教えて"))
    assert [arguments["location"] for _, arguments in calls] == ["東京", "大阪"]


def test_two_days_are_two_calls(router, say):
    calls = _calls(router, say("明日と明後日の福岡の天気は？"))
    assert [arguments["date"] for _, arguments in calls] == ["2026-05-14", "2026-05-15"]


def test_quoted_request_is_only_translated(router, say):
    calls = _calls(router, say("「明日の天気は？」を英語にして"))
    assert calls == [("translation_assist", {"text": "明日の天気は？", "target_language": "en"})]


def test_missing_place_is_listed_not_guessed(router, say):
    decision = router.route(say("天気予報を教えて"))
    assert decision.calls[0].name == "weather_info"
    assert "location" not in decision.calls[0].arguments
    assert decision.missing == ("0.location",)


def test_reminder_with_time_and_content(router, say):
    ((name, arguments),) = _calls(router, say("明日の15時に歯医者の予定を入れて"))
    assert name == "schedule_reminder"
    assert arguments["action"] == "create"
    assert arguments["datetime"] == "2026-05-14T15:00"
    assert "歯医者" in arguments["description"]


def test_ellipsis_takes_its_subject_from_before(router, say):
    dialogue = say("明日の京都の天気を教えて", "明日の京都は晴れの予報です。", "じゃあ大阪は？")
    ((name, arguments),) = _calls(router, dialogue)
    assert name == "weather_info"
    assert arguments["location"] == "大阪"
    assert arguments["date"] == "2026-05-14"


def test_accepted_offer_is_the_offered_call(router, say):
    dialogue = say("週末は札幌に行くんだ", "札幌の天気を調べましょうか？", "はい、お願い")
    ((name, arguments),) = _calls(router, dialogue)
    assert name == "weather_info"
    assert arguments["location"] == "札幌"


@pytest.mark.parametrize(
    "text", ["", " ", "\n", "。", "😀", "\x00\x01", "\ud800", "a" * 100_000, "天気" * 50_000]
)
def test_odd_input_gets_a_decision(router, say, text):
    decision = router.route(say(text))
    assert 0.0 <= decision.confidence <= 1.0


def test_values_know_their_characters(router, say):
    text = "明日の京都の天気を教えて"
    decision = router.route(say(text))
    used = {m.argument: m for m in decision.mentions if m.argument}
    assert text[used["0.location"].start : used["0.location"].end] == "京都"
    assert used["0.date"].text == "明日"


def test_names_are_stripped_of_honorifics():
    from funcgemma.resolver.embedded.strings import trim

    text = "さくらももこさん"
    start, end = trim(text, 0, len(text), "person")
    assert text[start:end] == "さくらももこ"


@pytest.mark.parametrize(
    "text",
    [
        "No thanks",
        "ううん",
        "そうじゃない",
        "しないでください",
        "うんざり",
        "いや、いい",
        "大丈夫です",
        "だめ",
    ],
)
def test_refusals_accept_no_offer(router, say, text):
    dialogue = say("週末は札幌に行くんだ", "札幌の天気を調べましょうか？", text)
    assert router.route(dialogue).calls == ()


def test_nothing_offered_is_nothing_accepted(router, say):
    dialogue = say("疲れたなあ", "そろそろ終わりにしましょうか？", "はい")
    assert router.route(dialogue).calls == ()


def test_one_text_does_not_become_hundreds_of_calls(router, say):
    text = "次の文を訳して。" + "今日はいい天気です。" * 60 + "以上を英語に翻訳して"
    assert len(router.route(say(text)).calls) <= 6


@pytest.mark.parametrize(
    "value", [None, 5, [], "tomorrow 3pm", "2026-05-14T10:00/2026-05-14T11:00"]
)
def test_odd_values_in_earlier_calls_do_no_harm(router, now, value):
    from funcgemma import Dialogue, FunctionCall, Message

    earlier = FunctionCall("schedule_reminder", {"action": "create", "datetime": value})
    messages = (Message("user", "会議を入れて", (earlier,)), Message("assistant", "はい。"))
    for text in ("30分遅くして", "予定を4時にして"):
        router.route(Dialogue((*messages, Message("user", text)), now))
