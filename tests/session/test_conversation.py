"""Whole conversations: the real router, and handlers that note what they were called with."""

import json

import pytest

from funcgemma.errors import DataError, WorldError
from funcgemma.session import Session, SessionState


class Talker:
    """A chat model that says what it was given."""

    def __init__(self, error=None):
        self.heard = []
        self.error = error

    def reply(self, messages, *, system=""):
        if self.error:
            raise self.error
        self.heard = [(m.role, m.content) for m in messages]
        return f"({messages[-1].content})"


def test_a_request_is_run(start, ran):
    turn = start().say("明日の京都の天気は？")
    assert ran.calls == [
        ("weather_info", {"location": "京都", "forecast_type": "daily", "date": "2026-05-14"})
    ]
    assert turn.reply == "晴れです。"
    assert turn.results[0].status == "ok"
    assert turn.decision.stage == "embedded"
    assert any(m.text == "明日" for m in ran.mentions[0])


def test_a_following_question_keeps_the_subject(start, ran):
    session = start()
    session.say("明日の京都の天気は？")
    session.say("奈良は？")
    assert [arguments["location"] for _, arguments in ran.calls] == ["京都", "奈良"]


@pytest.mark.parametrize("keywords", [False, True])
def test_what_is_missing_is_asked_for(start, ran, keywords):
    session = start(keywords=keywords)
    turn = session.say("天気を教えて")
    assert turn.question == turn.reply == "どこの天気ですか？"
    assert turn.decision.missing == ("0.location",)
    assert ran.calls == []
    turn = session.say("京都です")
    assert turn.how == "answered"
    assert turn.decision.missing == ()
    assert ran.calls[0][1]["location"] == "京都"
    assert session.state.waiting is None


def test_the_answer_may_hold_more(start, ran):
    session = start()
    session.say("天気を教えて")
    session.say("明日の京都")
    assert ran.calls[0][1] | {"forecast_type": ""} == {
        "location": "京都",
        "forecast_type": "",
        "date": "2026-05-14",
    }


def test_two_arguments_are_asked_for_one_after_the_other(start, ran):
    session = start()
    assert session.say("翻訳して").question == "何を訳しますか？"
    assert session.say("おはようございます").question == "何語に訳しますか？"
    session.say("フランス語で")
    name, arguments = ran.calls[0]
    assert name == "translation_assist"
    assert arguments["text"] == "おはようございます"
    assert arguments["target_language"] == "fr"


def test_an_answer_that_is_none_is_asked_about_once(start):
    session = start()
    session.say("天気を教えて")
    assert session.say("うーん").how == "asked_again"
    assert session.say("うーん").question != "どこの天気ですか？"


def test_a_question_can_be_dropped(start, ran):
    session = start()
    session.say("天気を教えて")
    assert session.say("キャンセル").how == "declined"
    assert session.state.waiting is None
    assert ran.calls == []


def test_another_request_instead_of_an_answer(start, ran):
    session = start(replies={"celebrity_info": {"message": "野球選手です。"}})
    session.say("天気を教えて")
    turn = session.say("大谷翔平ってどんな人？")
    assert [name for name, _ in ran.calls] == ["celebrity_info"]
    assert turn.notices[0] == "（天気の質問は取りやめました）"


@pytest.mark.parametrize("yes", ["はい", "お願いします", "うん、お願い", "取り消して"])
def test_what_cannot_be_taken_back_is_confirmed(start, ran, yes):
    session = start()
    turn = session.say("明日の歯医者の予定を消して")
    assert turn.question.endswith("取り消しますか？")
    assert "歯医者" in turn.question
    assert ran.calls == []
    turn = session.say(yes)
    assert turn.how == "confirmed"
    assert turn.decision.confidence == 1.0
    assert ran.calls[0][1]["action"] == "delete"


def test_a_no_runs_nothing(start, ran):
    session = start()
    session.say("明日の歯医者の予定を消して")
    turn = session.say("いいえ")
    assert turn.decision.calls == ()
    assert ran.calls == []
    assert turn.reply == "わかりました。取りやめます。"


def test_neither_yes_nor_no(start, ran):
    session = start()
    session.say("明日の歯医者の予定を消して")
    assert "はい" in session.say("えーっと").question
    session.say("はい")
    assert len(ran.calls) == 1


def test_confirmation_can_be_switched_off(start, ran):
    start(confirm=False, ask=False).say("明日の歯医者の予定を消して")
    assert len(ran.calls) == 1


def test_an_unsure_write_is_asked_about(start, ran):
    session = start(max_false_action=0.0)
    turn = session.say("明日15時に歯医者の予定を入れて")
    assert turn.question.endswith("登録しますか？")
    assert ran.calls == []
    session.say("はい")
    assert len(ran.calls) == 1


def test_an_unsure_read_too(start, ran):
    session = start(max_false_action=0.0, ignore_below=0.0)
    assert "京都" in session.say("明日の京都の天気は？").question
    assert ran.calls == []
    session.say("うん")
    assert len(ran.calls) == 1


def test_asking_can_be_switched_off(start, ran):
    start(max_false_action=0.0, ask=False).say("明日の京都の天気は？")
    assert len(ran.calls) == 1


def test_home_is_taken_where_no_place_was_said(start, ran):
    turn = start(home="仙台").say("明日の天気は？")
    assert ran.calls[0][1]["location"] == "仙台"
    assert "仙台" in turn.notices[0]
    assert turn.decision.missing == ()


def test_home_is_not_a_destination(start, ran):
    session = start(home="仙台")
    turn = session.say("旅行のモデルコースを教えて")
    assert ran.calls == [] or ran.calls[0][1].get("destination") != "仙台"
    assert "仙台" not in turn.reply


def test_several_calls_in_order(start, ran):
    turn = start().say("東京と大阪の明日の天気は？")
    assert [arguments["location"] for _, arguments in ran.calls] == ["東京", "大阪"]
    assert turn.reply == "晴れです。\n晴れです。"
    assert [[m.text for m in mentions if m.kind == "place"] for mentions in ran.mentions] == [
        ["東京"],
        ["大阪"],
    ]


def test_one_failure_does_not_stop_the_others(start):
    def weather(arguments):
        if arguments["location"] == "東京":
            raise RuntimeError("no sky")
        return {"message": "雨です。"}

    turn = start(replies={"weather_info": weather}).say("東京と大阪の明日の天気は？")
    assert [result.status for result in turn.results] == ["failed", "ok"]
    assert "no sky" in turn.reply
    assert "雨です。" in turn.reply


def test_choosing_between_meanings(start, ran):
    def person(arguments):
        if arguments["person_name"] == "大谷":
            return {
                "status": "ambiguous",
                "message": "候補が2件あります。",
                "candidates": [{"title": "大谷翔平"}, {"title": "大谷吉継"}],
            }
        return {"status": "ok", "message": arguments["person_name"]}

    session = start(replies={"celebrity_info": person})
    turn = session.say("大谷さんってどんな人ですか")
    assert "2. 大谷吉継" in turn.reply
    turn = session.say("2番")
    assert turn.how == "chosen"
    assert turn.reply == "大谷吉継"


def test_without_a_chat_model_it_says_so_once_in_full(start):
    session = start()
    first, second = session.say("こんにちは"), session.say("おはよう")
    assert "チャットモデル" in first.answer
    assert second.answer == "合う関数はありません。"
    session.reset()
    assert session.say("こんにちは").answer == second.answer


def test_the_chat_model_answers_the_rest(start, ran):
    talker = Talker()
    session = start(chat=talker)
    session.say("明日の京都の天気は？")
    assert session.say("おはようございます").answer == "(おはようございます)"
    assert talker.heard[0] == ("user", "明日の京都の天気は？")
    assert talker.heard[1] == ("assistant", "晴れです。")
    assert len(ran.calls) == 1


def test_a_chat_model_that_is_down(start):
    turn = start(chat=Talker(WorldError("no server", "start it"))).say("こんにちは")
    assert "no server" in turn.answer


def test_english(start):
    turn = start(language="en").say("what's the weather like?")
    assert turn.question == "The weather of which place?"


def test_a_session_goes_on_elsewhere(start, ran):
    first = start()
    first.say("明日の京都の天気は？")
    first.say("「猫」を翻訳して")
    kept = json.loads(json.dumps(first.state.to_json()))
    state = SessionState.from_json(kept)
    assert state.waiting == first.state.waiting
    assert state.to_json() == kept
    second = Session(first.router, first.context(), state=state)
    second.say("英語")
    assert ran.calls[-1][1]["target_language"] == "en"


@pytest.mark.parametrize("data", [{}, {"format": 2}, {"format": 1, "messages": 3}])
def test_what_is_no_session(data):
    with pytest.raises(DataError):
        SessionState.from_json(data)


def test_a_question_about_a_function_that_is_gone(start, router):
    from funcgemma.router import Router

    first = start()
    first.say("天気を教えて")
    others = [d for d in first.router.definitions.values() if d.name != "weather_info"]
    second = Session(Router(others, router.model), first.context(), state=first.state)
    assert second.state.waiting is None
    assert second.say("京都").how == "routed"


def test_long_conversations_are_cut_at_the_front(start):
    session = start(keywords=True)
    for _ in range(30):
        session.say("明日の京都の天気は？")
    assert len(session.state.messages) == 40
    assert session.state.messages[0].role == "user"
    assert set(session.state.decisions) == set(range(0, 40, 2))


def test_reset(start):
    session = start()
    session.say("天気を教えて")
    session.reset()
    assert session.state == SessionState()
    assert session.explain() is None


def test_the_trace_is_made_on_demand(start):
    session = start()
    made = session.say("明日の京都の天気は？").decision
    assert made.trace is None
    explained = session.explain()
    assert explained is not None
    assert explained.trace is not None
    assert explained.calls == made.calls
