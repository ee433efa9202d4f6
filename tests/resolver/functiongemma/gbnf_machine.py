"""A small GBNF machine for tests: writes texts that follow a grammar, and checks texts.

A rule is a list of alternatives, an alternative a list of (element, fewest, most); an element is
a literal, a character class, a rule's name or a group. A control token is read as its letters.
"""

import random
import re

TOKEN = re.compile(
    r'"((?:[^"\\]|\\.)*)"|(<[a-z_]+>)|(\[(?:[^\]\\]|\\.)*\])|([a-z][a-z0-9-]*)|([()|])|([?*+]|\{[0-9,]+\})|\s+'
)
ESCAPED = re.compile(r"\\(?:x(..)|.)")
SIGNS = "abczAZ0123456789_-+ ,:;.<>{}[]\\\"'\n\t東、。é"


class Machine:
    """One grammar."""

    def __init__(self, text: str) -> None:
        self.rules = {}
        for line in text.strip("\n").split("\n"):
            name, rule = line.split(" ::= ", 1)
            tokens = [match.groups() for match in TOKEN.finditer(rule) if match[0].strip()]
            self.rules[name] = _alternatives(tokens)
            assert not tokens, rule

    def write(self, seed: int) -> str:
        """A text that follows the grammar."""
        return self._written(self.rules["root"], random.Random(seed))

    def follows(self, text: str) -> bool:
        """Whether a text does."""
        return len(text) in self._ends(self.rules["root"], text, {0})

    def _written(self, alternatives, chance) -> str:
        parts = []
        for (kind, value), fewest, most in chance.choice(alternatives):
            for _ in range(chance.randint(fewest, min(most, fewest + 3))):
                if kind == "literal":
                    parts.append(value)
                elif kind == "class":
                    parts.append(chance.choice([sign for sign in SIGNS if value.fullmatch(sign)]))
                else:
                    inner = self.rules[value] if kind == "rule" else value
                    parts.append(self._written(inner, chance))
        return "".join(parts)

    def _ends(self, alternatives, text, starts) -> set[int]:
        found = set()
        for alternative in alternatives:
            ends = starts
            for element, fewest, most in alternative:
                ends = self._repeated(element, fewest, most, text, ends)
            found |= ends
        return found

    def _repeated(self, element, fewest, most, text, starts) -> set[int]:
        reached = set(starts) if not fewest else set()
        count = 0
        while starts and count < most:
            starts = self._once(element, text, starts) - reached
            count += 1
            reached |= starts if count >= fewest else set()
        return reached

    def _once(self, element, text, starts) -> set[int]:
        kind, value = element
        if kind == "literal":
            return {at + len(value) for at in starts if text.startswith(value, at)}
        if kind == "class":
            return {at + 1 for at in starts if value.fullmatch(text, at, at + 1)}
        return self._ends(self.rules[value] if kind == "rule" else value, text, starts)


def _alternatives(tokens):
    """Take alternatives from the front of the tokens, up to a closing parenthesis."""
    found = [[]]
    while tokens:
        literal, token, characters, name, sign, often = tokens.pop(0)
        if sign == ")":
            break
        if sign == "|":
            found.append([])
        elif often:
            element, _, _ = found[-1].pop()
            found[-1].append((element, *_times(often)))
        else:
            found[-1].append(
                (_element(literal if token is None else token, characters, name, tokens), 1, 1)
            )
    return found


def _element(literal, characters, name, tokens):
    if literal is not None:
        return "literal", ESCAPED.sub(lambda m: chr(int(m[1], 16)) if m[1] else m[0][1], literal)
    if characters:
        return "class", re.compile(characters)
    return ("rule", name) if name else ("group", _alternatives(tokens))


def _times(often: str) -> tuple[int, int]:
    if often[0] != "{":
        return {"?": (0, 1), "*": (0, 10**9), "+": (1, 10**9)}[often]
    fewest, _, most = often[1:-1].partition(",")
    return int(fewest), int(most or fewest)
