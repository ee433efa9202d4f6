"""The native format as a GBNF grammar: with it llama.cpp writes nothing but well-formed calls.

It makes the structure right, not the meaning: function and values stay the model's choice.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from funcgemma.errors import FunctionError
from funcgemma.functions.definition import FunctionDefinition
from funcgemma.resolver.functiongemma import tokens
from funcgemma.resolver.functiongemma.gbnf import SHARED, TIMES, listed, literal, one_of, written
from funcgemma.resolver.functiongemma.shape import ANY, Shape
from funcgemma.resolver.functiongemma.tokens import ESCAPE, neutral
from funcgemma.resolver.functiongemma.wire import Wire, wire_names
from funcgemma.resolver.functiongemma.write import dictsort, render_value

CHOICES = ("auto", "required", "none")
_WORD = re.compile(r'<[^>]+>|"(?:[^"\\]|\\.)*"|\[(?:[^\]\\]|\\.)*\]|([a-z][a-z0-9-]*)')


def grammar(
    definitions: Iterable[FunctionDefinition],
    *,
    choice: str = "auto",
    most: int = 4,
    missing: bool = True,
    stripped: bool = False,
) -> str:
    """The grammar of an answer; plain text if there is no function to call.

    Control tokens stand in it as tokens: see `gbnf.spelled` for runtimes that know none.

    Args:
        definitions: The functions that may be called.
        choice: `auto` = calls or plain text; `required` = calls; `none` = plain text; or the
            name of the only function that may be called.
        most: So many calls at most.
        missing: Whether required arguments may be left out: what nobody said is not given.
        stripped: Without control tokens, for a runtime that has none. Strings then hold no
            braces, and not both commas and colons.

    Raises:
        FunctionError: The choice names no function.
    """
    wire = Wire.of(definitions)
    if choice not in CHOICES and choice not in wire.shapes:
        raise FunctionError(f"no function '{choice}'", f"known: {', '.join(wire.shapes)}")
    rules = _Rules(missing, stripped)
    names = [name for name in wire.shapes if choice in (*CHOICES, name)]
    if choice == "none" or not names:
        return rules.text("text")
    calls = one_of([rules.call(name, wire.shapes[name]) for name in names])
    rules.added["call"] = calls
    stop = "" if stripped else f" {tokens.RESPONSE}?"
    several = f"call{{1,{max(1, most)}}}{stop}"
    return rules.text(f"{several} | text" if choice == "auto" else several)


@dataclass(slots=True)
class _Rules:
    """The rules of one grammar as they are found."""

    missing: bool
    stripped: bool
    added: dict[str, str] = field(default_factory=dict)

    def text(self, root: str) -> str:
        """The grammar, with those of the shared rules that it needs."""
        rules = {"root": root, **self.added}
        todo = list(rules.values())
        while todo:
            for name in (match[1] for match in _WORD.finditer(todo.pop()) if match[1]):
                if name in SHARED and name not in rules:
                    rules[name] = SHARED[name]
                    todo.append(SHARED[name])
        return "".join(f"{name} ::= {rule}\n" for name, rule in rules.items())

    def call(self, name: str, shape: Shape) -> str:
        """One call of a function."""
        start = "" if self.stripped else tokens.CALL
        end = "" if self.stripped else tokens.END_CALL
        members = self._members(shape)
        return f"{written(f'{start}call:{name}{{')} {members} {written(f'}}{end}')}"

    def _new(self, rule: str) -> str:
        """A rule of its own."""
        name = f"r{len(self.added)}"
        self.added[name] = rule
        return name

    def _members(self, shape: Shape) -> str:
        """The declared members in the template's order, those that may be absent optional."""
        names = wire_names(shape.properties)
        own = {names[name]: name for name in shape.properties}
        members = [
            (f"{literal(f'{alias}:')} {self._value(inner)}", self._is_needed(shape, own[alias]))
            for alias, inner in dictsort({names[n]: s for n, s in shape.properties.items()})
        ]
        tail, heads = '""', ['""']
        for member, needed in reversed(members):
            head = self._new(f"{member} {tail}")
            heads = [head] if needed else [head, *heads]
            tail = self._new(f'"," {head}' if needed else f'("," {head} | {tail})')
        return one_of(heads)

    def _is_needed(self, shape: Shape, name: str) -> bool:
        return name in shape.required and not self.missing

    def _value(self, shape: Shape, string: str = "bare") -> str:
        """A value of this shape.

        Args:
            shape: What is declared.
            string: The rule of a free string without `<escape>`.
        """
        if shape.enum:
            words = [self._constant(choice) for choice in shape.enum]
        else:
            types = shape.types or ("string", "number", "boolean")
            words = [self._typed(kind, shape, string) for kind in types]
        return one_of([*words, '"null"'] if shape.nullable else words)

    def _constant(self, choice: object) -> str:
        plain = self.stripped and isinstance(choice, str)
        return written(neutral(str(choice)) if plain else render_value(choice, keys=False))

    def _typed(self, kind: str, shape: Shape, string: str) -> str:
        if kind == "string":
            shaped = TIMES.get(shape.kind, "")
            free = string if self.stripped else self._escaped("chars")
            return self._escaped(shaped) if shaped else free
        if kind == "array":
            return f'"[" {listed(self._value(shape.items or ANY, "item"))} "]"'
        if kind == "object":
            return f'"{{" {self._object(shape)} "}}"'
        return "natural" if kind == "integer" and _is_natural(shape) else kind

    def _object(self, shape: Shape) -> str:
        if shape.properties or shape.rest is None:
            return self._members(shape)
        return listed(f'key ":" {self._value(shape.rest)}')

    def _escaped(self, rule: str) -> str:
        return rule if self.stripped else f"{ESCAPE} {rule} {ESCAPE}"


def _is_natural(shape: Shape) -> bool:
    least = shape.schema.get("minimum")
    return isinstance(least, int | float) and least >= 0
