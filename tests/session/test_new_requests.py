"""Whether an utterance answers the open question, and what is too unsure to be done."""

import pytest

from funcgemma.records import Decision, FunctionCall, Mention
from funcgemma.session.merge import is_new_request
from funcgemma.session.policy import Manners, too_unsure
from funcgemma.session.state import Waiting

PERSON = FunctionCall("celebrity_info", {})
WEATHER = FunctionCall("weather_info", {"location": "京都"})
CREATE = FunctionCall("schedule_reminder", {"action": "create", "description": "猫"})


def waiting(call, argument):
    return Waiting("argument", Decision((call,), (f"0.{argument}",), 0.9), "？", argument)


@pytest.mark.parametrize(
    ("alone", "text", "new"),
    [
        (Decision((WEATHER,), (), 0.9), "京都", True),
        (Decision((WEATHER,), (), 0.5), "京都", False),
        (Decision((WEATHER,), (), 0.5), "明日の京都の天気を教えてくれませんか", True),
        (Decision((WEATHER,), ("0.location",), 0.9), "天気", False),
        (Decision((WEATHER, CREATE), (), 0.2), "weather and a reminder", True),
        (Decision((PERSON,), (), 0.9), "大谷翔平", False),
        (Decision(), "大谷翔平", False),
    ],
)
def test_what_is_no_answer(alone, text, new, definitions):
    asked = waiting(PERSON, "person_name")
    assert is_new_request(asked, text, alone, definitions["celebrity_info"]) is new


def test_a_text_to_translate_may_be_any_sentence(definitions):
    asked = waiting(FunctionCall("translation_assist", {}), "text")
    alone = Decision((WEATHER,), (), 0.5)
    text = "明日の京都の天気を教えてくれませんか"
    assert not is_new_request(asked, text, alone, definitions["translation_assist"])


def test_another_action_of_the_same_function(definitions):
    asked = waiting(FunctionCall("schedule_reminder", {"action": "delete"}), "description")
    schedule = definitions["schedule_reminder"]
    assert is_new_request(asked, "猫を登録して", Decision((CREATE,), (), 0.9), schedule)
    assert not is_new_request(asked, "猫", Decision((CREATE,), (), 0.3), schedule)


def test_the_bare_argument_is_no_request_whatever_it_would_mean_alone(definitions):
    asked = waiting(FunctionCall("schedule_reminder", {"action": "delete"}), "description")
    used = Mention("phrase", "猫", 0, 1, "猫", "0.description")
    alone = Decision((CREATE,), (), 0.9, mentions=(used,))
    for text, new in (("猫", False), ("猫で。", False), ("猫を登録しておいて", True)):
        assert is_new_request(asked, text, alone, definitions["schedule_reminder"]) is new


def test_unsure_reads(definitions):
    def unsure(confidence, *calls, **manners):
        return too_unsure(Decision(calls, (), confidence), definitions, Manners(**manners))

    assert unsure(0.2, WEATHER)
    assert not unsure(0.3, WEATHER)
    assert not unsure(0.2, WEATHER, ignore_below=0)
    assert not unsure(0.2, WEATHER, CREATE)


def test_an_unsure_read_is_neither_run_nor_asked_about(start, ran):
    session = start(ignore_below=1.0)
    turn = session.say("天気を教えて")
    assert (turn.how, turn.question, turn.decision.calls) == ("unsure", "", ())
    assert "合う関数" in turn.answer
    assert session.say("明日の京都の天気は？").how == "unsure"
    assert ran.calls == []


def test_an_answer_is_never_too_unsure(start, ran):
    session = start()
    session.say("天気を教えて")
    session.manners = Manners(ignore_below=1.0)
    session.say("京都です")
    assert len(ran.calls) == 1


@pytest.mark.parametrize("question", ["有名人のプロフィールを教えて", "天気を教えて"])
def test_a_request_for_two_things_is_no_name(start, ran, question):
    session = start()
    session.say(question)
    session.say("Translate 猫 to English and remind me to feed the cat at 6pm")
    assert {name for name, _ in ran.calls} <= {"translation_assist", "schedule_reminder"}
    assert not any("Translate" in str(arguments) for _, arguments in ran.calls)
