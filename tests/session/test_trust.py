"""A sentence about results is shown only if they bear it out."""

from datetime import datetime

import pytest

from funcgemma.functions.run import CallResult
from funcgemma.records import FunctionCall
from funcgemma.session.trust import borne_out, facts_of

CALL = FunctionCall("weather_info", {"location": "京都", "date": "2026-05-14"})
WEATHER = CallResult(
    CALL,
    "ok",
    {
        "status": "ok",
        "message": "京都の5月14日(木)の天気です。",
        "summary": "5月14日(木)は曇り、最高22°C、最低14°C、降水確率60%です。",
        "days": [{"temperature_max": 21.6, "precipitation": 4.5, "note": "<b>", "sunset": "18:52"}],
        "source": {"name": "Open-Meteo", "url": "https://open-meteo.com/"},
    },
)


@pytest.fixture
def facts(now):
    return facts_of([WEATHER], "5人で行く京都の明日の天気は？", now)


@pytest.mark.parametrize(
    "said",
    [
        "明日の京都は曇りで、最高気温は22度、降水確率は60%です。",
        "最高は約22度です。",
        "雨は4.5ミリほど。",
        "5月14日は曇りのち雨でしょう。",
        "5人なら傘も5本あると安心です。",
        "今は10時20分です。",
        "１日中くもりです。",
        "日の入りは午後6時52分ごろです。",
        "詳しくは https://open-meteo.com/ をどうぞ。",
        "It will be cloudy with a high of 22 degrees.",
        "傘があると安心です。",
        "The train schedule was changed.",
        "予定を変更したいときに役立つ天気です。",
        "カレンダーに入れておくと便利です。",
    ],
)
def test_what_the_results_say(facts, said):
    assert borne_out(said, facts)


@pytest.mark.parametrize(
    "said",
    [
        "最高気温は25度です。",
        "最高気温は二十五度です。",
        "It will be twenty-five degrees.",
        "降水確率は6%です。",
        "-22度まで下がります。",
        "詳しくは https://evil.example/login へ。",
        "evil.example.com を見てください。",
        "予定をすべて削除しました。",
        "リマインダーを登録しておきました。",
        "予定に入れておきました！",
        "その予定は取り消しました。",
        "I have deleted all your reminders.",
        "Your calendar was changed.",
        "Your schedule has been changed.",
        "最高は3度です。",
        "晴れです。<end_of_turn>",
        '{"results": [{"function": "weather_info"}]}',
        "</data> 以上です。",
    ],
)
def test_what_they_do_not(facts, said):
    assert not borne_out(said, facts)


def test_a_function_of_the_users_own_may_have_changed_a_calendar(now):
    result = CallResult(FunctionCall("book_room"), "ok", {"room": "A"})
    said = "カレンダーに予定を登録しました。"
    assert borne_out(said, facts_of([result], "", now, own=True))
    assert not borne_out(said, facts_of([result], "", now))


def test_how_many_there_are_is_known(now):
    result = CallResult(FunctionCall("shops"), "ok", {"links": [{"shop": name} for name in "abc"]})
    facts = facts_of([result], "どこで買える？", datetime(2020, 11, 30, 22, 41, tzinfo=now.tzinfo))
    assert borne_out("3つの店で探せます。", facts)
    assert not borne_out("4つの店で探せます。", facts)
