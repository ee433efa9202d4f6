from dataclasses import replace

import pytest

from funcgemma.backends.scripted.backend import ScriptedBackend
from funcgemma.data.cases import case_to_json, parse_case, to_line
from funcgemma.errors import DataError
from funcgemma.records import Case, FunctionCall, Message
from funcgemma.resolver.functiongemma.resolver import FunctionGemma
from funcgemma.resolver.functiongemma.wire import Wire
from funcgemma.resolver.functiongemma.write import NO_FUNCTION, render_call
from funcgemma.resolver.language_stage import LanguageStage
from funcgemma.router import Router
from funcgemma.training.teacher import (
    ask_all,
    judge,
    kept,
    key_of,
    new_texts,
    part_of,
    read_answer,
    refusal,
)
from funcgemma.training.trust import Threshold, Thresholds

KYOTO = FunctionCall("weather_info", {"location": "京都"})
EASY = Thresholds(Threshold(0.4), Threshold(0.4))


@pytest.fixture
def text(now):
    return lambda said, *history: Case("x", said, now, tuple(history))


@pytest.fixture
def answered(definitions, text):
    """The answer of a teacher that says this."""

    def ask(said, *written, part="train"):
        wire = Wire.of(definitions.values())
        words = "".join(w if isinstance(w, str) else render_call(w, wire) for w in written)
        stage = LanguageStage(
            FunctionGemma(ScriptedBackend((words, words)), definitions), "always", strict=True
        )
        router = Router(definitions.values(), None, llm=stage)
        case = text(said) if isinstance(said, str) else said
        (answer,) = ask_all(router, "scripted", "f1", [(case, part)])
        return answer

    return ask


def test_an_answer_is_a_case_that_tells_where_it_comes_from(answered):
    answer = answered("京都の天気は？", KYOTO)
    assert answer.case.calls == (KYOTO,)
    assert answer.case.spans == {"0.location": (0, 2)}
    assert answer.case.tags == ("distilled",)
    assert answer.case.category == "weather_info"
    assert answer.case.extra["teacher"] == {
        "name": "scripted", "functions": "f1", "part": "train", "confidence": 0.5, "stage": "llm",
    }  # fmt: skip
    assert refusal(answer, EASY) == ""
    read = read_answer(parse_case(to_line(case_to_json(answer.case))))
    assert read.case == answer.case
    assert (read.part, read.teacher, read.decision.confidence) == ("train", "scripted", 0.5)


def test_the_gold_is_not_shown_to_the_teacher(answered, text):
    gold = replace(text("こんにちは"), calls=(KYOTO,))
    answer = answered(gold, NO_FUNCTION, part="gold")
    assert answer.case.calls == ()
    assert answer.case.category == "other"


@pytest.mark.parametrize(
    ("said", "written", "reason"),
    [
        ("京都の天気は？", ("<start_function_call>call:nothing{}<end_function_call>",), "problem"),
        ("天気は？", (FunctionCall("weather_info", {"location": "大阪"}),), "problem"),
        ("天気は？", (FunctionCall("weather_info", {"forecast_type": "daily"}),), "incomplete"),
        ("京都の天気は？", (KYOTO, KYOTO), "repeated"),
        ("京都の天気は？", (KYOTO,), "not_sure"),
        ("こんにちは", (NO_FUNCTION,), ""),
    ],
)
def test_what_is_not_learned_from(answered, said, written, reason):
    strict = Thresholds(Threshold(0.6), Threshold(0.5))
    answer = answered(said, *written)
    assert refusal(answer, strict) == reason
    good, refused = kept([answer], strict)
    assert (len(good), dict(refused)) == ((0, {reason: 1}) if reason else (1, {}))
    read = read_answer(parse_case(to_line(case_to_json(answer.case))))
    assert refusal(read, strict) == reason


def test_an_answer_is_right_where_all_its_calls_are(answered, text, registry):
    answer = answered("京都の天気は？", KYOTO)
    unknown = FunctionCall("other", {})
    right = judge(answer, replace(text("京都の天気は？"), calls=(KYOTO, unknown)), registry.schemas)
    assert (right.acts, right.right, right.confidence) == (True, True, 0.5)
    assert not judge(answer, text("京都の天気は？"), registry.schemas).right


def test_only_new_text_is_asked_about(text):
    turn = Message("assistant", "はい")
    texts = [
        text("京都の天気は"), text("京都の天気は？"), text(" "), text("奈良"), text("奈良", turn),
    ]  # fmt: skip
    left, skipped = new_texts(texts, [text("奈良。")])
    assert [case.text for case in left] == ["京都の天気は", "奈良"]
    assert left[1].history == (turn,)
    assert dict(skipped) == {"twice": 1, "empty": 1, "known": 1}


def test_a_fifth_is_held_out_whatever_else_there_is(text):
    parts = [part_of(key_of(text(f"{n}番"))) for n in range(500)]
    assert 70 < parts.count("held") < 130
    assert parts == [part_of(key_of(text(f"{n}番"))) for n in range(500)]


@pytest.mark.parametrize("extra", [{}, {"teacher": 3}, {"teacher": {"part": "some"}}])
def test_other_rows_are_no_answers(text, extra):
    with pytest.raises(DataError, match="no answer of a teacher"):
        read_answer(replace(text("京都"), extra=extra))
