"""Every example runs as its first lines say."""

import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = sorted((Path(__file__).parents[1] / "examples").glob("*.py"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_it_runs(path):
    done = subprocess.run([sys.executable, str(path)], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


def test_the_own_function_is_routed_to(corpus, say):
    from funcgemma.data.examples import example_cases
    from funcgemma.functions.plugins import known_functions
    from funcgemma.router import Router
    from funcgemma.training.build import build_model

    path = next(path for path in EXAMPLES if path.stem == "own_function")
    registry = known_functions(path)
    cases = [case for case in corpus if case.writer in ("w01", "w04", "w05", "w11")]
    model = build_model([*cases, *example_cases(registry)], registry)
    (call,) = Router(registry, model).route(say("12分のタイマーをかけて")).calls
    assert call.name == "timer"
    assert call.arguments == {"minutes": 12}
