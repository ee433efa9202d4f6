r"""How English patterns are compiled: `\b` also holds before Japanese (Fridayの15時)."""

import re
from collections.abc import Callable
from typing import NamedTuple

from funcgemma.language.values.times.model import Slots


class Rule(NamedTuple):
    """A pattern, the words it can begin with (`#` = digits), and what a match means."""

    heads: str
    pattern: re.Pattern[str]
    slots: Callable[[re.Match[str]], Slots | None]
    weak: bool = False


def compile_ascii(pattern: str) -> re.Pattern[str]:
    """Compile a pattern in which only ASCII letters and digits belong to words."""
    return re.compile(pattern, re.ASCII)


def compile_spaced(pattern: str) -> re.Pattern[str]:
    r"""The same, with spaces for any white space; a look-behind writes `\ ` for exactly one."""
    return compile_ascii(re.sub(r"(?<!\\) ", r"\\s+", pattern))
