import pytest

from finetune.tuning import call, case, some_cases, two_functions
from funcgemma.backends.scripted.backend import ScriptedBackend
from funcgemma.finetune.examples import TOO_LONG, UNKNOWN, PromptOptions, make_examples
from funcgemma.resolver.functiongemma.resolver import FunctionGemma
from funcgemma.resolver.language_stage import LanguageStage
from funcgemma.router import Router


def sent(case, registry, **options):
    """The prompt that serving sends."""
    backend = ScriptedBackend(["no_function"])
    functions = {definition.name: definition for definition in registry}
    FunctionGemma(backend, functions, **options).resolve(case.dialogue)
    return backend.heard[0].prompt


@pytest.mark.parametrize(
    "options", [PromptOptions(), PromptOptions(True), PromptOptions(True, 900)]
)
def test_the_prompt_is_that_of_serving_byte_for_byte(options):
    registry = two_functions()
    long = case(9, "「" + "とても長い文。" * 40 + "」を英語にして")
    cases = (*some_cases(), long)
    made = make_examples(cases, tuple(registry), options)
    by_id = {example.id: example.prompt for example in made.examples}
    assert len(by_id) + len(made.left_out) == len(cases)
    for one in cases:
        if one.id in by_id:
            served = sent(one, registry, compact=options.compact, num_ctx=options.num_ctx)
            assert by_id[one.id].encode() == served.encode()


def test_the_built_in_functions_and_the_corpus(corpus, registry):
    cases = corpus[::977]
    made = make_examples(cases, tuple(registry))
    assert len(made.examples) == len(cases)
    for one, example in zip(cases, made.examples, strict=True):
        assert example.prompt == sent(one, registry)


def test_the_whole_router_sends_the_prompt_of_training(small_model, registry):
    """Calls that a history names are shown as they are, whatever would be decided there now."""
    followup = next(case for case in some_cases() if case.history)
    backend = ScriptedBackend(["no_function"])
    resolver = FunctionGemma(backend, {definition.name: definition for definition in registry})
    for when in ("always", "passed"):
        Router(registry, small_model, llm=LanguageStage(resolver, when)).route(followup.dialogue)
    (example,) = make_examples([followup], tuple(registry)).examples
    assert [heard.prompt for heard in backend.heard] == [example.prompt, example.prompt]


def test_what_the_model_should_write():
    examples = make_examples(some_cases(), tuple(two_functions())).examples
    written = {example.id: example.completion for example in examples}
    assert written["1"] == (
        "<start_function_call>call:weather_info{forecast_type:<escape>daily<escape>,"
        "location:<escape>京都<escape>}<end_function_call><start_function_response>"
    )
    assert written["3"] == "no_function<end_of_turn>"
    assert "<escape>奈良<escape>" in written["5"]
    assert "奈良市" not in written["5"]
    assert written["6"].count("<start_function_call>") == 2
    assert written["6"].count("<start_function_response>") == 1


def test_earlier_calls_are_in_the_prompt():
    prompt = next(
        e for e in make_examples(some_cases(), tuple(two_functions())).examples if e.id == "4"
    ).prompt
    assert "call:weather_info{location:<escape>東京<escape>}" in prompt
    assert prompt.endswith("じゃあ大阪は？<end_of_turn>\n<start_of_turn>model\n")
    assert "<bos>" not in prompt


def test_cases_that_give_no_example_are_named():
    unknown = case("u", "英語にして", call("translation_assist", text="猫"))
    long = case("l", "あ" * 5000)
    made = make_examples((unknown, *some_cases(), long), tuple(two_functions()))
    assert made.left_out == {"u": UNKNOWN, "l": TOO_LONG}
    assert len(made.examples) == len(some_cases())
