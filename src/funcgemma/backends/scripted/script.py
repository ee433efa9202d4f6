"""The answers of a scripted backend, and the JSON file they may stand in."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from funcgemma.backends.base import Token
from funcgemma.errors import BackendError

Finish = Literal["stop", "length"]
FIELDS = ("when", "text", "tokens", "finish", "error", "fail_after")


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer.

    Attributes:
        text: What is said; left out, the tokens say it.
        when: A regular expression the request must match; None fits any request, once.
        tokens: The tokens of the text with their log-probabilities; None = not told.
        finish: Why it ends.
        error: The reason of a `BackendError` that comes instead, or in the middle.
        fail_after: Pieces that a stream says before the error.
    """

    text: str = ""
    when: str | None = None
    tokens: tuple[Token, ...] | None = None
    finish: Finish = "stop"
    error: str | None = None
    fail_after: int = 0

    def fits(self, text: str) -> bool:
        """Whether the request matches."""
        return self.when is None or re.search(self.when, text) is not None


def read_script(path: Path) -> list[Answer]:
    """The answers in a file.

    Raises:
        BackendError: The file is missing (`not_pulled`), or is no script (`garbage`).
    """
    try:
        rows = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise BackendError(
            f"the script {path} cannot be read: {error.strerror}", "not_pulled", "check the path"
        ) from error
    except ValueError as error:
        raise _wrong(path, f"it is not JSON: {error}") from error
    if not isinstance(rows, list):
        raise _wrong(path, "it is not a list of answers")
    return [_answer(path, number, row) for number, row in enumerate(rows, 1)]


def _answer(path: Path, number: int, row: Any) -> Answer:
    if isinstance(row, str):
        return Answer(row)
    if not isinstance(row, Mapping) or set(row) - set(FIELDS):
        raise _wrong(path, f"answer {number} is not an object of {', '.join(FIELDS)}")
    try:
        return _checked(row)
    except (TypeError, ValueError, re.error) as error:
        raise _wrong(path, f"answer {number}: {error}") from error


def _checked(row: Mapping[str, Any]) -> Answer:
    for key, kind in (("when", str), ("text", str), ("error", str), ("fail_after", int)):
        if row.get(key) is not None and not isinstance(row[key], kind):
            raise TypeError(f"{key} must be {kind.__name__}")
    if row.get("finish", "stop") not in get_args(Finish):
        raise ValueError(f"finish must be one of {', '.join(get_args(Finish))}")
    re.compile(row.get("when") or "")
    tokens = row.get("tokens")
    known = None if tokens is None else tuple(Token(str(t), float(p)) for t, p in tokens)
    return Answer(**{**row, "tokens": known})


def _wrong(path: Path, what: str) -> BackendError:
    hint = 'write it as [{"when": "weather", "text": "Sunny."}]'
    return BackendError(f"{path}: {what}", "garbage", hint)
