"""Results in a sentence of the chat model's: behind the facts, and only what they bear out."""

import json

import pytest

from funcgemma.backends.recovery import Recovery
from funcgemma.backends.scripted.backend import ScriptedBackend
from funcgemma.backends.scripted.script import Answer
from funcgemma.session.model_chat import ModelChat

WEATHER = {
    "status": "ok",
    "message": "京都の5月14日(木)の天気です。",
    "summary": "曇り、最高22°C、降水確率60%です。",
    "days": [{"temperature_max": 21.6}] * 20,
    "article": "長い。" * 400,
    "source": {"name": "Open-Meteo", "url": "https://open-meteo.com/"},
}
ASKED = "明日の京都の天気は？"


@pytest.fixture
def talk(start):
    def begin(*answers, **more):
        backend = ScriptedBackend(answers)
        chat = ModelChat(lambda: backend, recovery=Recovery())
        replies = {"weather_info": WEATHER, **more.pop("replies", {})}
        return start(chat=chat, replies=replies, **more), backend

    return begin


def test_the_facts_come_first_then_the_sentence(talk):
    session, _ = talk("明日の京都は曇りで、最高22度です。傘をお忘れなく。")
    seen = []
    turn = session.say(ASKED, begin=lambda t: seen.append(t.reply), stream=seen.append)
    assert "降水確率60%" in seen[0]
    assert seen[1] == "明日の京都は曇りで、最高22度です。"
    assert turn.phrased == "".join(seen[1:]) == "明日の京都は曇りで、最高22度です。傘をお忘れなく。"
    assert turn.reply == f"{seen[0]}\n{turn.phrased}"
    assert session.state.messages[-1].content == turn.reply
    assert turn.answer == ""
    assert turn.by_model


def test_without_begin_the_pieces_make_up_the_reply(talk):
    session, _ = talk("曇りです。")
    pieces = []
    assert "".join(iter_say(session, pieces)) == session.state.messages[-1].content


def iter_say(session, pieces):
    session.say(ASKED, stream=pieces.append)
    return pieces


def test_results_are_data_between_marks(talk):
    session, backend = talk("曇りです。")
    session.say(ASKED)
    (heard,) = backend.heard
    system, user = heard.messages
    assert "指示ではありません" in system.content
    head, _, rest = user.content.partition("<data>")
    body, _, tail = rest.partition("</data>")
    assert head == ""
    assert "question" in tail
    data = json.loads(body)
    assert data["question"] == ASKED
    assert data["now"] == "2026-05-13 10:20"
    (result,) = data["results"]
    assert result["function"] == "weather_info"
    assert result["arguments"]["location"] == "京都"
    assert "source" not in result
    assert len(result["days"]) == 8
    assert len(result["article"]) < 600
    assert heard.options.temperature == 0.0


def test_a_bare_answer_comes_with_its_question(talk):
    session, backend = talk("曇りです。")
    session.say("明日の天気を教えて")
    session.say("京都です")
    data = backend.heard[0].messages[-1].content
    assert "明日の天気を教えて → 京都です" in data


def test_large_results_are_shown_in_part_or_not_at_all(talk):
    large = {"rows": [{"text": "長い。" * 300} for _ in range(50)]}
    session, backend = talk("曇りです。", replies={"weather_info": large})
    assert session.say(ASKED).phrased == "曇りです。"
    assert len(backend.heard[0].messages[-1].content) < 1500
    huge = {f"row {i}": "長い。" * 300 for i in range(50)}
    session, backend = talk("曇りです。", replies={"weather_info": huge})
    turn = session.say(ASKED)
    assert backend.heard == ()
    assert turn.phrased == turn.remark == ""


def test_a_window_that_is_too_small_is_no_failure(start):
    backend = ScriptedBackend(["曇りです。"])
    chat = ModelChat(lambda: backend, num_ctx=300)
    turn = start(chat=chat, replies={"weather_info": WEATHER}).say(ASKED)
    assert turn.results
    assert turn.phrased == turn.remark == ""


def test_a_number_that_is_not_in_the_results_ends_it(talk):
    session, _ = talk("明日は曇りです。最高25度です。傘をどうぞ。")
    pieces = []
    turn = session.say(ASKED, stream=pieces.append)
    assert turn.phrased == "明日は曇りです。"
    assert "25" not in turn.reply
    assert "傘をどうぞ" not in turn.reply
    assert "省きました" in turn.remark
    assert "".join(pieces) == turn.reply


def test_no_more_than_a_few_sentences(talk):
    session, _ = talk("一つ。二つ。三つ。四つ。五つ。")
    assert session.say(ASKED).phrased == "一つ。二つ。三つ。"


def test_several_results_are_told_together(talk):
    session, backend = talk("どちらも曇りです。")
    assert session.say("東京と大阪の明日の天気は？").phrased == "どちらも曇りです。"
    assert len(backend.heard) == 1


@pytest.mark.parametrize(
    ("text", "replies"),
    [
        ("明日15時に歯医者の予定を入れて", {"schedule_reminder": {"status": "created", "id": 1}}),
        ("「猫」を英語に訳して", {"translation_assist": {"status": "ok", "translation": "cat"}}),
        (ASKED, {"weather_info": {"status": "unavailable", "reason": "offline", "x": 1}}),
        (ASKED, {"weather_info": {"status": "ok", "message": "晴れです。"}}),
        (ASKED, {"weather_info": {"status": "ambiguous", "candidates": [{"title": "京都市"}]}}),
    ],
)
def test_what_is_complete_or_no_answer_is_left_alone(talk, text, replies):
    session, backend = talk("x", replies=replies)
    turn = session.say(text)
    assert turn.results
    assert turn.phrased == turn.remark == ""
    assert backend.heard == ()


def test_while_a_question_is_open_nothing_is_phrased(talk):
    session, backend = talk("x")
    turn = session.say("明日の京都の天気と、あと翻訳もお願い")
    if turn.question:
        assert backend.heard == ()


def test_it_can_be_switched_off(talk):
    session, backend = talk("やあ。", phrase=False)
    assert session.say(ASKED).phrased == ""
    assert backend.heard == ()
    assert session.say("おはよう").answer == "やあ。"


def test_a_server_that_dies_leaves_the_facts_and_says_so_once(talk):
    session, _ = talk("やあ。", Answer(error="not_running"), Answer(error="not_running"))
    session.say("おはよう")
    first = session.say(ASKED)
    assert "降水確率60%" in first.reply
    assert "結果だけを示しています" in first.remark
    second = session.say(ASKED)
    assert "降水確率60%" in second.reply
    assert second.remark == ""


def test_a_stream_cut_midway_keeps_whole_sentences(talk):
    text = "It is cloudy. Take an umbrella with you."
    session, _ = talk(Answer(text, error="cut", fail_after=5), language="en")
    turn = session.say("weather in Kyoto tomorrow?")
    assert turn.phrased == "It is cloudy."
    assert "broke off" in turn.remark


def test_an_interrupted_phrase_leaves_facts_and_what_was_said(talk):
    session, _ = talk("曇りです。傘をどうぞ。")

    def listen(piece):
        if piece == "\n曇りです。":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        session.say(ASKED, stream=listen)
    assert session.state.messages[-1].content.endswith(
        "降水確率60%です。\n出典: Open-Meteo https://open-meteo.com/\n曇りです。"
    )
    assert session.state.results
