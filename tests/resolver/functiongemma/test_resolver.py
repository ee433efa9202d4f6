import math
import socket

import pytest

from funcgemma.backends.base import Abilities, Token
from funcgemma.backends.catalogue import Place
from funcgemma.backends.openai.backend import OpenAIBackend
from funcgemma.backends.scripted.backend import ScriptedBackend
from funcgemma.backends.scripted.script import Answer
from funcgemma.errors import BackendError, FunctionError
from funcgemma.functions.builtin import builtin_registry
from funcgemma.records import Dialogue, FunctionCall, Message
from funcgemma.resolver.functiongemma.gbnf import spelled
from funcgemma.resolver.functiongemma.prompt import estimate_tokens
from funcgemma.resolver.functiongemma.resolver import FunctionGemma
from funcgemma.resolver.functiongemma.wire import Wire
from funcgemma.resolver.functiongemma.write import NO_FUNCTION, render_call
from servers.engines import FixedEngine
from servers.openai_server import OpenAI, handler_of
from servers.plumbing import running

FUNCTIONS = {d.name: d for d in builtin_registry()}
WIRE = Wire.of(FUNCTIONS.values())
KYOTO = FunctionCall("weather_info", {"location": "京都"})


def written(*calls):
    return "".join(render_call(call, WIRE) for call in calls)


def asked(*answers, **options):
    backend = ScriptedBackend(answers)
    return FunctionGemma(backend, FUNCTIONS, **options), backend


def test_a_call_is_read_and_its_words_are_found(say):
    model, backend = asked(Answer(written(KYOTO), tokens=(Token("x", -0.1), Token("y", -0.2))))
    decision = model.resolve(say("京都の天気は？"))
    assert decision.calls == (KYOTO,)
    assert decision.stage == "llm"
    assert decision.problem is None
    assert not decision.unsure
    assert decision.confidence == pytest.approx(math.exp(-0.3))
    assert [(m.text, m.argument) for m in decision.mentions] == [("京都", "0.location")]
    heard = backend.heard[0]
    assert heard.kind == "complete"
    assert heard.options.logprobs
    assert heard.options.temperature == 0.0
    assert heard.options.grammar
    assert heard.prompt.endswith("京都の天気は？<end_of_turn>\n<start_of_turn>model\n")


@pytest.mark.parametrize("text", [NO_FUNCTION, "こんにちは！", ""])
def test_plain_text_is_no_call(say, text):
    model, _ = asked(Answer(text, tokens=(Token("no", -0.5), Token("x", -9.0))))
    decision = model.resolve(say("こんにちは"))
    assert decision.calls == ()
    assert decision.problem is None
    assert decision.confidence == pytest.approx(math.exp(-0.5))


def test_a_required_argument_that_nobody_gave_is_missing(say):
    model, _ = asked(written(FunctionCall("weather_info", {"forecast_type": "daily"})))
    assert model.resolve(say("天気は？")).missing == ("0.location",)


def test_the_declarations_can_be_read_before_anything_is_said(say, now):
    model, backend = asked("x", written(KYOTO))
    model.warm(now)
    model.resolve(say("京都の天気は？"))
    first, second = backend.heard
    assert second.prompt.startswith(first.prompt)
    assert first.options.max_tokens == 1


def test_several_calls(say):
    both = (KYOTO, FunctionCall("travel_guide", {"destination": "奈良"}))
    model, _ = asked(written(*both))
    assert model.resolve(say("京都の天気と奈良の観光")).calls == both


def test_an_answer_with_a_problem_is_mended_once(say):
    wrong = written(FunctionCall("weather_info", {"location": "大阪"}))
    model, backend = asked(wrong, written(KYOTO))
    decision = model.resolve(say("京都の天気は？"))
    assert decision.calls == (KYOTO,)
    assert decision.problem is None
    first, second = backend.heard
    assert second.prompt.startswith(first.prompt + wrong)
    assert "location must be in the words of the conversation" in second.prompt
    assert second.prompt.endswith("<start_of_turn>model\n")


def test_what_cannot_be_mended_is_left_out_and_said(say):
    wrong = written(FunctionCall("weather_info", {"location": "大阪"}))
    model, backend = asked(wrong, wrong)
    decision = model.resolve(say("京都の天気は？"))
    assert decision.calls == (FunctionCall("weather_info", {}),)
    assert decision.missing == ("0.location",)
    assert decision.unsure
    assert "'大阪'" in decision.problem
    assert len(backend.heard) == 2


@pytest.mark.parametrize(
    "text",
    [
        "<start_function_call>call:delete_everything{}<end_function_call>",
        "<start_function_call>call:weather_info{location:<escape>京都",
        "<start_function_call>call:weather_info{forecast_type:<escape>yearly<escape>}",
    ],
)
def test_nothing_wrong_is_dropped_in_silence(say, text):
    model, _ = asked(text, text)
    decision = model.resolve(say("京都の天気は？"))
    assert decision.problem
    assert decision.unsure


def test_the_first_answer_stays_if_the_second_is_no_better(say):
    wrong = written(FunctionCall("weather_info", {"location": "大阪", "forecast_type": "weekly"}))
    model, _ = asked(wrong, "<start_function_call>call:nothing{}<end_function_call>")
    assert model.resolve(say("京都の天気は？")).calls[0].arguments == {"forecast_type": "weekly"}


def test_choices_are_enforced_whatever_the_model_says(say):
    other = FunctionCall("travel_guide", {"destination": "京都"})
    heard = say("京都の天気と観光")
    model, backend = asked()
    assert model.resolve(heard, "none").calls == ()
    assert backend.heard == ()
    model, _ = asked(written(other, KYOTO), written(other, KYOTO))
    decision = model.resolve(heard, "weather_info")
    assert decision.calls == (KYOTO,)
    assert decision.mentions[0].argument == "0.location"
    model, _ = asked(NO_FUNCTION, NO_FUNCTION)
    assert model.resolve(heard, "required").problem == "no function was called"
    with pytest.raises(FunctionError, match="no function 'x'"):
        model.resolve(heard, "x")


def test_a_backend_that_cannot_continue_a_prompt_is_refused():
    backend = ScriptedBackend((), abilities=Abilities(complete=False))
    with pytest.raises(BackendError, match="cannot continue a prompt"):
        FunctionGemma(backend, FUNCTIONS)


def test_without_logprobs_and_grammar_neither_is_asked_for(say):
    backend = ScriptedBackend((written(KYOTO),), abilities=Abilities())
    decision = FunctionGemma(backend, FUNCTIONS).resolve(say("京都の天気は？"))
    assert decision.confidence == 0.5
    assert backend.heard[0].options.grammar is None
    assert not backend.heard[0].options.logprobs


def test_the_oldest_messages_give_way(now):
    turns = [Message(("user", "assistant")[i % 2], f"{i}番目の話" * 40) for i in range(40)]
    heard = Dialogue((*turns, Message("user", "京都の天気は？")), now)
    model, backend = asked(written(KYOTO))
    assert model.resolve(heard).calls == (KYOTO,)
    prompt = backend.heard[0].prompt
    assert "39番目の話" in prompt
    assert "\n0番目の話" not in prompt


def test_a_message_that_does_not_fit_is_not_cut(say):
    model, backend = asked()
    decision = model.resolve(say("これを英語に: " + "長" * 9000))
    assert decision.calls == ()
    assert "too long" in decision.problem
    assert backend.heard == ()


def test_a_runtime_that_knows_no_tokens_in_grammars_is_asked_with_letters(say):
    refusal = Answer(error="unsupported")
    model, backend = asked(refusal, written(KYOTO), written(KYOTO))
    assert model.resolve(say("京都の天気は？")).calls == (KYOTO,)
    assert model.resolve(say("京都の天気")).calls == (KYOTO,)
    first, second, third = (heard.options.grammar for heard in backend.heard)
    assert " <escape> " in first
    assert second == third == spelled(first)


@pytest.mark.parametrize("reason", ["unsupported", "not_running"])
def test_a_runtime_that_fails_is_not_asked_for_ever(say, reason):
    model, _ = asked(Answer(error=reason), Answer(error="unsupported"))
    with pytest.raises(BackendError) as caught:
        model.resolve(say("京都の天気は？"))
    assert caught.value.reason == reason


def test_a_server_that_starts_later_is_asked_what_it_can_do(say):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    backend = OpenAIBackend("tiny", Place(openai_url=f"http://127.0.0.1:{port}/v1"))
    model = FunctionGemma(backend, FUNCTIONS)
    with pytest.raises(BackendError):
        model.resolve(say("京都の天気は？"))
    server = OpenAI(FixedEngine(NO_FUNCTION), manner="llamacpp")
    with running(handler_of(server), port):
        assert model.resolve(say("京都の天気は？")).problem is None
        backend.close()
    assert server.asked[-1][1]["grammar"].startswith(
        "root ::= call{1,4} <start_function_response>?"
    )


def test_the_second_attempt_keeps_to_the_window(now):
    """In a long conversation older messages give way to the answer that is to be mended."""
    turns = [Message(("user", "assistant")[i % 2], f"{i}番目の話" * 40) for i in range(40)]
    heard = Dialogue((*turns, Message("user", "京都の天気は？")), now)
    unfinished = "<start_function_call>call:weather_info{location:<escape>" + "京都" * 110
    model, backend = asked(unfinished, written(KYOTO), num_ctx=3000)
    assert model.resolve(heard).calls == (KYOTO,)
    first, second = (heard.prompt for heard in backend.heard)
    assert "39番目の話" in second
    assert len(second) - len(unfinished) < len(first)
    assert estimate_tokens(second) + 256 <= 3000


def test_without_room_there_is_no_second_attempt(say):
    unfinished = "<start_function_call>call:weather_info{location:<escape>" + "京都" * 110
    probe, backend = asked(NO_FUNCTION)
    probe.resolve(say("京都の天気は？"))
    window = estimate_tokens(backend.heard[0].prompt) + 256 + 10
    model, backend = asked(unfinished, written(KYOTO), num_ctx=window)
    decision = model.resolve(say("京都の天気は？"))
    assert "breaks off" in decision.problem
    assert len(backend.heard) == 1
