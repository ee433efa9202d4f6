"""Bits of GBNF, the grammar notation of llama.cpp."""

from collections.abc import Sequence

from funcgemma.resolver.functiongemma.tokens import ESCAPE

_MONTH = '("0" [1-9] | "1" [0-2])'
_DAY = '("0" [1-9] | [12] [0-9] | "3" [01])'
_CLOCK = '([01] [0-9] | "2" [0-3]) ":" [0-5] [0-9]'

SHARED = {
    # "<" only before what cannot be the name of a control token.
    "char": '[^<] | "<" [^a-z<]',
    "string": f'"{ESCAPE}" char* "{ESCAPE}"',
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
}
"""Rules that every grammar may use; only those that are used are written."""

TIMES = {"date": "date", "datetime": "span", "date-time": "zoned", "time": "time"}
"""x-kind or format -> rule."""


def literal(text: str) -> str:
    """A text as a GBNF literal."""
    return '"' + "".join(_escaped(sign) for sign in text) + '"'


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
