"""Bits of GBNF, the grammar notation of llama.cpp."""

import re
from collections.abc import Mapping, Sequence

from funcgemma.resolver.functiongemma.tokens import CONTROL

_NEVER = (
    "bos>", "eos>", "pad>", "unk>", "mask>", "escape>", "start_", "end_", "image_", "unused",
)  # fmt: skip
"""What no string may hold behind a `<`: the names of control tokens, or how no other tag begins."""

_LITERAL_OR_TOKEN = re.compile(rf'("(?:[^"\\]|\\.)*"|\[(?:[^\]\\]|\\.)*\])|{CONTROL.pattern}')
_MONTH = '("0" [1-9] | "1" [0-2])'
_DAY = '("0" [1-9] | [12] [0-9] | "3" [01])'
_CLOCK = '([01] [0-9] | "2" [0-3]) ":" [0-5] [0-9]'


def _tag(begun: str = "") -> dict[str, str]:
    """The rules of what may follow `<` and these letters: anything that makes no control token."""
    nexts = sorted({word[len(begun)] for word in _NEVER if word.startswith(begun)})
    ways = [f"[^<{''.join(nexts)}] chars", '"<" lt']
    rules: dict[str, str] = {}
    for sign in nexts:
        if begun + sign not in _NEVER:
            ways.append(f'"{sign}" lt-{begun}{sign}')
            rules |= _tag(begun + sign)
    return {f"lt-{begun}" if begun else "lt": f"({' | '.join(ways)})?", **rules}


SHARED: Mapping[str, str] = {
    "chars": '[^<]* ("<" lt)?',
    # Without <escape> nothing may look like the next argument or the end of the call.
    "bare": "[^,<{}]* | [^:<{}]*",
    "item": "[^,<{}\\[\\] \u3000\\n] [^,<{}\\[\\]]*",
    # Plain text holds no brace, so that it is never taken for a call.
    "text": '([^<{] | "<" [^a-z<{])+',
    "key": "[A-Za-z_] [A-Za-z0-9_-]{0,31}",
    "integer": '"-"? natural',
    "natural": '"0" | [1-9] [0-9]{0,17}',
    "number": 'integer ("." [0-9]{1,15})?',
    "boolean": '"true" | "false"',
    "date": f'[0-9]{{4}} "-" {_MONTH} "-" {_DAY}',
    "time": f'{_CLOCK} (":" [0-5] [0-9])?',
    "moment": 'date ("T" time)?',
    "span": 'moment ("/" moment)?',
    "zoned": f'date "T" time ("Z" | [+-] {_CLOCK})?',
    **_tag(),
}
"""Rules that every grammar may use; only those that are used are written."""

TIMES = {"date": "date", "datetime": "span", "date-time": "zoned", "time": "time"}
"""x-kind or format -> rule."""


def literal(text: str) -> str:
    """A text as a GBNF literal, letter by letter."""
    return '"' + "".join(_escaped(sign) for sign in text) + '"'


def written(text: str) -> str:
    """A text of the format: each control token in it as that one token, not as its letters.

    A model that is led where it would not have gone otherwise spells it with tokens that it has
    never seen there, and goes astray.
    """
    parts = []
    last = 0
    for token in CONTROL.finditer(text):
        parts += [literal(text[last : token.start()]), token[0]]
        last = token.end()
    return " ".join(part for part in (*parts, literal(text[last:])) if part != '""') or '""'


def spelled(rules: str) -> str:
    """A grammar for runtimes, or models, without such tokens: they are spelled by letters."""
    return _LITERAL_OR_TOKEN.sub(lambda m: m[1] or literal(m[0]), rules)


def one_of(alternatives: Sequence[str]) -> str:
    """A choice, in parentheses if there is one."""
    unique = tuple(dict.fromkeys(alternatives))
    return unique[0] if len(unique) == 1 else f"({' | '.join(unique)})"


def listed(item: str) -> str:
    """None or more of them with commas between."""
    return f'({item} ("," {item})*)?'


def _escaped(sign: str) -> str:
    if sign in '"\\':
        return f"\\{sign}"
    return f"\\x{ord(sign):02x}" if sign < " " or sign == "\x7f" else sign
