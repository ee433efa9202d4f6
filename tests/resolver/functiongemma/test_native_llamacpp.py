"""llama.cpp takes our grammars, and what it writes under them is read without problems."""

import pytest
from native import define
from test_native_grammar import ODD, PING

from funcgemma.backends.base import Options
from funcgemma.backends.catalogue import Place, open_backend
from funcgemma.errors import BackendError
from funcgemma.functions.builtin import builtin_registry
from funcgemma.records import Dialogue, Message
from funcgemma.resolver.functiongemma.gbnf import spelled
from funcgemma.resolver.functiongemma.grammar import grammar
from funcgemma.resolver.functiongemma.parse import parse
from funcgemma.resolver.functiongemma.prompt import render_prompt
from funcgemma.resolver.functiongemma.tokens import CALL, END_CALL, ESCAPE
from funcgemma.resolver.functiongemma.write import STOPS
from tiny import CLOCK, gguf_file

MANY = define({f"a{index}": {"type": "integer"} for index in range(60)}, "many")
SHORT = define(
    {
        "日付": {"type": "string", "format": "date"},
        "loud-er": {"type": "boolean"},
        "type": {"type": "string", "enum": ["山田", 'a"b\\c', "line\nbreak", "<escape>"]},
    },
    "short",
    required=["type"],
)


@pytest.fixture(scope="module", params=["CONTROL", "USER_DEFINED"])
def backend(request):
    backend = open_backend(f"llamacpp:{gguf_file(request.param)}", Place(threads=1))
    yield backend
    backend.close()


def answers(backend, definitions, now, **options):
    """What the model writes under a grammar, with three seeds."""
    prompt = render_prompt(
        Dialogue((Message("user", "大阪"),), now), definitions, compact=True
    ).text
    rules = grammar(definitions, **options)
    for seed in range(3):
        asked = Options(max_tokens=300, temperature=1.5, seed=seed, stop=STOPS, grammar=rules)
        yield backend.complete(prompt, asked)


@pytest.mark.parametrize("stripped", [False, True])
@pytest.mark.parametrize("missing", [False, True])
def test_calls_are_well_formed(backend, now, stripped, missing):
    options = {"choice": "required", "most": 2, "stripped": stripped, "missing": missing}
    for answer in answers(backend, [SHORT, PING], now, **options):
        assert answer.finish == "stop"
        parsed = parse(answer.text, [SHORT, PING])
        assert parsed.problems == ()
        assert 1 <= len(parsed.calls) <= 2
        assert missing or all("type" in c.arguments for c in parsed.calls if c.name == "short")


@pytest.mark.parametrize("choice", ["auto", "required", "none", "odd", "many"])
def test_odd_schemas_are_accepted(backend, now, choice):
    for answer in answers(backend, [ODD, MANY, PING], now, choice=choice):
        parsed = parse(answer.text, [ODD, MANY, PING])
        assert answer.finish == "length" or not parsed.problems
        assert choice not in ("auto", "none") or not (parsed.text and parsed.calls)


def test_the_builtin_functions_are_accepted(backend, now, registry):
    for answer in answers(backend, tuple(registry), now, choice="weather_info"):
        parsed = parse(answer.text, registry)
        assert {call.name for call in parsed.calls} <= {"weather_info"}


@pytest.mark.parametrize("prompt", ["京都", "x<b>y", "1 < 2 and 3 <", "a <escape"])
def test_control_tokens_are_written_as_tokens_wherever_the_model_is_led(backend, prompt, registry):
    """Where it would say something else, a grammar of letters has it spell them in pieces."""
    for choice in ("required", "celebrity_info"):
        rules = grammar(registry, choice=choice)
        asked = Options(max_tokens=60, stop=STOPS, grammar=rules, logprobs=True)
        answer = backend.complete(prompt, asked)
        tokens = [token.text for token in answer.tokens]
        assert tokens[0] == CALL
        assert not [t for t in tokens if "<" in t and t not in (CALL, END_CALL, ESCAPE)]
        assert answer.text.count(ESCAPE) == tokens.count(ESCAPE)


def test_a_string_may_hold_tags(backend):
    said = "「a<b>c</b>」を韓国語で言うと？"
    functions = builtin_registry()
    prompt = render_prompt(Dialogue((Message("user", said),), CLOCK), functions, compact=True).text
    rules = 'root ::= <escape> "a<b" chars <escape>\n' + grammar(functions).partition("\n")[2]
    answer = backend.complete(prompt, Options(max_tokens=30, grammar=rules))
    assert answer.text.startswith("<escape>a<b>")


def test_a_model_without_the_tokens_spells_them(backend, registry):
    """As an older llama.cpp does, which knows no tokens in grammars."""
    rules = grammar(registry, choice="weather_info")
    unknown = rules.replace(CALL, "<no_such_token>")
    with pytest.raises(BackendError) as caught:
        backend.complete("京都", Options(max_tokens=1, grammar=unknown))
    assert caught.value.reason == "unsupported"
    answer = backend.complete("京都", Options(max_tokens=60, grammar=spelled(rules)))
    assert answer.text.startswith(CALL)
