"""`funcgemma functions new`: a function that works as it stands, with examples and a test."""

import keyword
from collections.abc import Collection
from pathlib import Path

from funcgemma.errors import FunctionError
from funcgemma.functions.definition import NAME

MODULE = '''"""{name}: write here what your function does."""

from typing import Annotated, Literal

from funcgemma import Kind, function


@function(
    risk="read",  # what a call can do: read, write or irreversible
    examples=[
        # utterances that ask for it, as your users would say them, with the words of each
        # argument marked; write 10 to 20, each by its own phrasing
        "[玄関](target)の様子を見せて",
        "[ベランダ](target)いまどうなってる？",
        "[裏口](target)を詳しく確認したい > detail=full",
        "[子ども部屋](target)のカメラ映して",
        "[駐車場](target)、問題ないかな",
        "ちょっと[庭](target)の様子が気になる",
        "[倉庫](target)のカメラを詳細モードで > detail=full",
        "[リビング](target)をざっと見せて > detail=short",
    ],
)
def {name}(
    target: Annotated[str, Kind("verbatim")],
    detail: Literal["short", "full"] = "short",
) -> dict:
    """カメラの確認: 家の中や外の様子を見せてほしいと頼まれたときに使う。"""
    return {{"status": "ok", "target": target, "detail": detail}}
'''

TEST = '''"""Run with: pytest test_{name}.py"""

from pathlib import Path

from funcgemma.data.examples import example_cases
from funcgemma.functions.plugins import known_functions
from funcgemma.functions.run import check_arguments


def test_examples_are_valid_calls():
    registry = known_functions(Path(__file__).with_name("{name}.py"))
    cases = [case for case in example_cases(registry) if case.category == "{name}"]
    assert cases
    for case in cases:
        call = case.calls[0]
        assert check_arguments(registry.get(call.name), call.arguments).problem is None


def test_it_runs():
    registry = known_functions(Path(__file__).with_name("{name}.py"))
    assert registry.get("{name}").handler(target="玄関")["status"] == "ok"
'''


def write_skeleton(name: str, folder: Path, taken: Collection[str] = ()) -> tuple[Path, Path]:
    """Write `name`.py and test_`name`.py; nothing is overwritten.

    Args:
        name: The function's name.
        folder: Where the files go.
        taken: Names of functions that there are already.

    Raises:
        FunctionError: The name cannot be used, a file is there already, or cannot be written.
    """
    _check_name(name, taken)
    module, test = folder / f"{name}.py", folder / f"test_{name}.py"
    for path in (module, test):
        if path.exists():
            raise FunctionError(f"{path}: exists already", "choose another name or folder")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        module.write_text(MODULE.format(name=name), encoding="utf-8")
        test.write_text(TEST.format(name=name), encoding="utf-8")
    except OSError as error:
        raise FunctionError(
            f"{folder}: {error.strerror}", "choose a folder you can write"
        ) from error
    return module, test


def _check_name(name: str, taken: Collection[str]) -> None:
    if not NAME.fullmatch(name):
        raise FunctionError(f"'{name}' is not a function name", "use letters, digits and _")
    if keyword.iskeyword(name):
        raise FunctionError(f"'{name}' is a word of Python's own", "choose another name")
    if name in taken or name == "no_function":
        raise FunctionError(f"'{name}' is taken already", "choose another name")
