from dataclasses import replace

from funcgemma.records import Decision, FunctionCall, Mention
from funcgemma.session.policy import Manners, asked_again, at_home, question_before

WEATHER = Decision((FunctionCall("weather_info", {}),), ("0.location",), 0.9)
ASK = Manners()


def test_home(definitions):
    weather = definitions["weather_info"]
    filled = at_home(WEATHER, 0, weather, "仙台")
    assert filled is not None
    assert filled.calls[0].arguments == {"location": "仙台"}
    assert at_home(WEATHER, 0, weather, "") is None
    assert at_home(filled, 0, weather, "大阪") is None


def test_home_is_not_taken_where_a_place_was_said(definitions):
    said = replace(WEATHER, mentions=(Mention("place", "京都", 0, 2, "京都"),))
    assert at_home(said, 0, definitions["weather_info"], "仙台") is None


def test_home_is_never_taken_for_another_kind_or_a_destination(definitions):
    for name in ("travel_guide", "celebrity_info", "translation_assist"):
        definition = definitions[name]
        missing = tuple(f"0.{n}" for n in definition.required)
        decision = Decision((FunctionCall(name, {}),), missing, 0.9)
        assert at_home(decision, 0, definition, "仙台") is None


def test_a_risk_that_cannot_be_told_is_asked_about(lamp):
    def risk(arguments):
        raise KeyError("action")

    decision = Decision((FunctionCall("lamp", {"room": "寝室"}),), (), 0.9)
    waiting = question_before(decision, replace(lamp, risk=risk), ASK, "ja", agreed=False)
    assert waiting is not None
    assert waiting.kind == "yes"


def test_risk_and_confidence(lamp):
    decision = Decision((FunctionCall("lamp", {"room": "寝室"}),), (), 0.9)

    def asks(risk, manners=ASK, agreed=False, unsure=True):
        given = replace(decision, unsure=unsure)
        definition = replace(lamp, risk=risk)
        return question_before(given, definition, manners, "ja", agreed=agreed) is not None

    assert asks("read")
    assert asks("write")
    assert not asks("read", unsure=False)
    assert not asks("write", unsure=False)
    assert not asks("write", agreed=True)
    assert not asks("write", Manners(ask=False))
    assert asks("irreversible", unsure=False)
    assert not asks("irreversible", Manners(confirm=False), unsure=False)
    assert asks("irreversible", Manners(confirm=False))


def test_asking_again_says_how_to_answer(lamp):
    decision = Decision((FunctionCall("lamp", {"room": "寝室"}),), (), 0.1, unsure=True)
    waiting = question_before(decision, lamp, ASK, "ja", agreed=False)
    assert waiting is not None
    again = asked_again(waiting, "ja")
    assert again.asked == 2
    assert again.question.startswith(waiting.question)
    assert "いいえ" in again.question
