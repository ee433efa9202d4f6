import json
import subprocess
import sys

import pytest

import funcgemma

HEAVY = (
    "sklearn",
    "torch",
    "transformers",
    "pycrfsuite",
    "scipy",
    "pandas",
    "rich",
    "httpx",
    "jsonschema",
)


def _loaded_after(code):
    script = f"{code}\nimport sys, json; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    return {name.split(".")[0] for name in json.loads(done.stdout.splitlines()[-1])}


def test_public_names_are_sorted_and_there():
    assert funcgemma.__all__ == sorted(funcgemma.__all__)
    for name in funcgemma.__all__:
        assert getattr(funcgemma, name) is not None


@pytest.mark.parametrize(
    "code", ["import funcgemma", "from funcgemma import Router", "import funcgemma.cli.app"]
)
def test_nothing_heavy_is_imported(code):
    assert not _loaded_after(code) & set(HEAVY)


def test_routing_never_loads_a_training_library(small_model, tmp_path):
    from funcgemma.model import save_model

    save_model(small_model, tmp_path / "m")
    code = (
        "from pathlib import Path; from datetime import datetime, timezone\n"
        "from funcgemma import Dialogue, Message, Router\n"
        "from funcgemma.functions.builtin import builtin_registry\n"
        f"router = Router.load(Path({str(tmp_path / 'm')!r}), builtin_registry())\n"
        "router.route(Dialogue((Message('user', '明日の京都の天気は？'),), datetime.now(timezone.utc)))"
    )
    assert not _loaded_after(code) & {"sklearn", "torch", "transformers", "pycrfsuite", "scipy"}


def test_all_errors_have_one_base():
    import inspect

    from funcgemma import errors

    for _, error in inspect.getmembers(errors, inspect.isclass):
        assert issubclass(error, errors.FuncGemmaError)
