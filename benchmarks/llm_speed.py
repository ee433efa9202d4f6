"""How long a call of FunctionGemma takes on llama.cpp, cold and warm, beside the embedded resolver.

    .venv/bin/python benchmarks/llm_speed.py       (needs the packages xllamacpp and gguf)

Writes benchmarks/results/llm_speed.json. The model has FunctionGemma's exact shape and random
weights (see llm_model.py): what it says is nonsense, how long it takes is not. Every call
continues the prompt of the seven declarations and one utterance by 30 tokens, greedily. The
made-up vocabulary has Gemma's size and splits the prompt into `prompt_tokens` tokens (in the
result); the real one needs about 725. The grammar is shown at its worst: random weights prefer a
forbidden token at every step, and llama.cpp then sifts the whole vocabulary; of a model that
writes calls by itself it only checks the first choice. The latter is measured with a grammar that
allows, beside all calls, just what the random model says by itself.

Ways are measured in turn, round by round, so that what else the machine does hits all alike.
llama.cpp's threads wait for each other: on cores that others use, times grow by far more than
their share. `load_before` in the result says whether the machine was free.
"""

import argparse
import json
import os
import platform
import statistics
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from llm_model import Shape, write_random

from funcgemma import Dialogue, Message
from funcgemma.backends.base import Options
from funcgemma.backends.catalogue import Place, open_backend
from funcgemma.cli.bootstrap import make_router
from funcgemma.cli.settings import load_settings
from funcgemma.data.shipped import shipped_files
from funcgemma.functions.builtin import builtin_registry
from funcgemma.resolver.functiongemma.gbnf import literal
from funcgemma.resolver.functiongemma.grammar import grammar
from funcgemma.resolver.functiongemma.prompt import render_prompt

HERE = Path(__file__).parent
NOW = datetime(2026, 5, 13, 1, 20, tzinfo=UTC)
TOKENS = 30
THREADS = 2
ROUNDS = 7
ALLOWED = "prefix cached, grammar, every first choice allowed"
SAID = (
    "明日の東京の天気は？",
    "京都でおすすめの宿ある？",
    "大谷翔平の今年の成績教えて",
    "明日9時に歯医者の予約入れて",
    "「駅はどこですか」を英語にして",
    "一人暮らし用の冷蔵庫のおすすめは？",
    "「最高の一日だった」はポジティブ？",
)


def dialogue(text):
    """A conversation of one utterance."""
    return Dialogue((Message("user", text),), NOW)


def ways(definitions):
    """How the model is asked: name -> (whether the prefix is new, options)."""
    rules = grammar(definitions, choice="required")
    plain = Options(max_tokens=TOKENS)
    return {
        "cold": (True, plain),
        "cold, one token": (True, Options(max_tokens=1)),
        "prefix cached": (False, plain),
        "prefix cached, one token": (False, Options(max_tokens=1)),
        "prefix cached, grammar": (False, Options(max_tokens=TOKENS, grammar=rules)),
        "prefix cached, log-probabilities": (False, Options(max_tokens=TOKENS, logprobs=True)),
        "prefix cached, grammar and log-probabilities (as the resolver asks)": (
            False,
            Options(max_tokens=TOKENS, grammar=rules, logprobs=True),
        ),
    }


def with_text(rules, text):
    """A grammar that allows this text, and longer ones that begin with it, as well."""
    return f"{rules.replace('::= ', '::= own | ', 1)}own ::= {literal(text)} [^\\x00]*\n"


def one_call(backend, prompt, options):
    """Milliseconds of one call, and what it says of itself."""
    started = perf_counter()
    answer = backend.complete(prompt, options)
    took = 1000 * (perf_counter() - started)
    if answer.completion_tokens != options.max_tokens:
        raise SystemExit(f"{answer.completion_tokens} tokens instead of {options.max_tokens}")
    return took, answer


def measure(backend, definitions):
    """Each way's times, cached tokens and prompt tokens."""
    found = {name: [] for name in (*ways(definitions), ALLOWED)}
    for round_number in range(ROUNDS):
        prompt = render_prompt(dialogue(SAID[round_number % len(SAID)]), definitions).text
        other = render_prompt(dialogue(SAID[(round_number + 1) % len(SAID)]), definitions).text
        for name, (cold, options) in ways(definitions).items():
            if cold:  # another first token: nothing that was read before fits
                found[name].append(one_call(backend, f"{round_number} {name}\n{prompt}", options))
            else:
                backend.complete(other, Options(max_tokens=1))
                found[name].append(one_call(backend, prompt, options))
        own = found["prefix cached"][-1][1].text
        rules = with_text(grammar(definitions, choice="required"), own)
        backend.complete(other, Options(max_tokens=1))
        allowed = Options(max_tokens=TOKENS, grammar=rules)
        found[ALLOWED].append(one_call(backend, prompt, allowed))
    return found


def summary(calls):
    """Median and range of the times, medians of the tokens."""
    times = [took for took, _ in calls]
    return {
        "ms": round(statistics.median(times), 1),
        "ms_min": round(min(times), 1),
        "ms_max": round(max(times), 1),
        "prompt_tokens": statistics.median(a.prompt_tokens for _, a in calls),
        "cached_tokens": statistics.median(a.cached_tokens for _, a in calls),
        "calls": len(calls),
    }


def embedded():
    """Milliseconds of the embedded resolver on the same utterances, each new to it."""
    router = make_router(load_settings(), resolver="embedded")
    for text in SAID:
        router.route(dialogue(text))
    times = []
    for round_number in range(ROUNDS):
        for text in SAID:
            fresh = dialogue(text + "　" * (round_number + 1))
            started = perf_counter()
            router.route(fresh)
            times.append(1000 * (perf_counter() - started))
    return {"ms": round(statistics.median(times), 3), "calls": len(times)}


def declared_text(definitions):
    """The text that the made-up vocabulary is made of."""
    corpus = [path.read_text(encoding="utf-8") for path in shipped_files()]
    return [*corpus, render_prompt(dialogue(SAID[0]), definitions).text]


def main():
    """Measure everything and write the result."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--output", type=Path, default=HERE / "results" / "llm_speed.json")
    target = parser.parse_args().output
    load_before = os.getloadavg()[0]
    if load_before > 1:
        print(f"Other programs are busy (load {load_before:.1f}): times will be too long.")
    definitions = tuple(builtin_registry())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "functiongemma-random-q8_0.gguf"
        write_random(path, declared_text(definitions))
        backend = open_backend(f"llamacpp:{path}", Place(threads=THREADS))
        started = perf_counter()
        backend.complete("a", Options(max_tokens=1))
        loading = perf_counter() - started
        calls = measure(backend, definitions)
        backend.close()
        size = path.stat().st_size
    result = {
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python "
        f"{platform.python_version()}",
        "load_before": round(load_before, 1),
        "model": f"FunctionGemma's shape, {Shape().parameters:,} random weights, Q8_0, "
        f"{size / 2**20:.0f} MiB",
        "threads": THREADS,
        "new_tokens": TOKENS,
        "load_seconds": round(loading, 2),
        "calls": {name: summary(some) for name, some in calls.items()},
        "embedded": embedded(),
    }
    times = {name: some["ms"] for name, some in result["calls"].items()}
    result["saved_by_the_cached_prefix"] = round(1 - times["prefix cached"] / times["cold"], 3)
    result["times_the_embedded_resolver"] = {
        name: round(ms / result["embedded"]["ms"]) for name, ms in times.items()
    }
    target.write_text(json.dumps(result, indent=1) + "\n")
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
