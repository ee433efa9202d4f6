import pytest

from funcgemma.records import FunctionCall
from funcgemma.session.clarify import offer_of, question_for, spoken_call, spoken_time
from funcgemma.session.words import KINDS, LABELS, OFFERS, QUESTIONS, SENTENCES


def test_every_required_argument_of_the_builtin_functions_has_its_question(registry):
    for definition in registry:
        for argument in definition.required:
            assert f"{definition.name}.{argument}" in QUESTIONS


@pytest.mark.parametrize(
    ("argument", "japanese", "english"),
    [
        ("room", "「部屋の名前」を教えてください。", "Please tell me: 部屋の名前"),
        ("where", "場所はどこですか？", "Which place?"),
        ("level", "「level」はいくつですか？", "level: which number?"),
        ("colour", "「colour」はどれですか？（red・blue）", "colour: which of red, blue?"),
        ("day", "何日ですか？", "On which day?"),
        ("blink", "「blink」は、はい・いいえのどちらですか？", "blink: yes or no?"),
        ("note", "「note」を教えてください。", "Please tell me: note"),
    ],
)
def test_questions_for_functions_of_ones_own(lamp, argument, japanese, english):
    assert question_for(lamp, argument, "ja") == japanese
    assert question_for(lamp, argument, "en") == english


@pytest.mark.parametrize(
    ("value", "japanese", "english"),
    [
        ("2026-05-14", "5月14日(木)", "Thu 14 May"),
        ("2026-05-14T15:00", "5月14日(木) 15:00", "Thu 14 May 15:00"),
        (
            "2026-05-14T13:00/2026-05-14T15:00",
            "5月14日(木) 13:00〜15:00",
            "Thu 14 May 13:00 to 15:00",
        ),
        ("2026-05-14/2026-05-16", "5月14日(木)〜5月16日(土)", "Thu 14 May to Sat 16 May"),
        ("いつか", "いつか", "いつか"),
        ("", "", ""),
    ],
)
def test_times_are_spoken(value, japanese, english):
    assert spoken_time(value, "ja") == japanese
    assert spoken_time(value, "en") == english


def _schedule(**arguments):
    return FunctionCall("schedule_reminder", arguments)


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (
            _schedule(action="create", description="歯医者", datetime="2026-05-14T15:00"),
            "「歯医者」（5月14日(木) 15:00）を登録しますか？",
        ),
        (_schedule(action="delete", datetime="2026-05-14"), "5月14日(木)の予定を取り消しますか？"),
        (_schedule(action="delete"), "予定を取り消しますか？"),
        (_schedule(action="update", description="会議"), "「会議」を変更しますか？"),
        (
            _schedule(action="create", description="薬", recurrence="FREQ=DAILY"),
            "「薬」（繰り返し）を登録しますか？",
        ),
        (FunctionCall("weather_info", {"location": "京都"}), "京都の天気を調べましょうか？"),
        (
            FunctionCall("weather_info", {"location": "京都", "date": "2026-05-14"}),
            "京都の5月14日(木)の天気を調べましょうか？",
        ),
        (FunctionCall("translation_assist", {"text": "猫"}), "「猫」を翻訳しましょうか？"),
        (FunctionCall("lamp", {"room": "寝室"}), "lamp（room=寝室）を実行しますか？"),
        (FunctionCall("lamp"), "lampを実行しますか？"),
    ],
)
def test_offers(call, text):
    assert offer_of(call, "ja") == text


def test_calls_in_english():
    call = _schedule(action="delete", description="dentist", datetime="2026-05-14")
    assert spoken_call(call, "en") == "“dentist” (Thu 14 May)"
    assert offer_of(FunctionCall("lamp", {"room": "hall"}), "en") == "Shall I run lamp(room=hall)?"


@pytest.mark.parametrize("table", [SENTENCES, QUESTIONS, KINDS, OFFERS, LABELS])
def test_both_languages_take_the_same_values(table):
    import string

    def fields(text):
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    for japanese, english in table.values():
        assert fields(japanese) == fields(english)
