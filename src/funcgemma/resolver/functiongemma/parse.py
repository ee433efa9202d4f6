"""Read what a model wrote: calls, plain text, and whatever is wrong with them.

Strict: a value is read as its schema says or reported, never guessed, dropped or converted. No
input raises, and the time is linear in its length.

Runtimes print control tokens or not. An escaped string is exact. Without `<escape>` a string ends
where the next declared argument begins; without `<end_function_call>` a call ends at its closing
brace. What can then be read in two ways is reported as `ambiguous`, but nothing gives away a value
that holds `,argument:` of its own function, `}call:name{`, or white space around it; and a list of
strings is split at every comma that no space follows.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from funcgemma.functions.definition import FunctionDefinition
from funcgemma.records import FunctionCall
from funcgemma.resolver.functiongemma import tokens
from funcgemma.resolver.functiongemma.problems import Problem, ProblemKind, listed, quoted
from funcgemma.resolver.functiongemma.read import Reader
from funcgemma.resolver.functiongemma.scan import Scan, scan
from funcgemma.resolver.functiongemma.tokens import CONTROL
from funcgemma.resolver.functiongemma.wire import Wire
from funcgemma.resolver.functiongemma.write import NO_FUNCTION

_START = re.compile(rf"(?:{tokens.CALL}\s*|(?<![A-Za-z]))call:\s*([\w.-]++)\s*\{{|{tokens.CALL}")
_CLOSED = re.compile(rf"\s*{tokens.END_CALL}")
_VISIBLE = re.compile(r"\S")
_RESULT = re.compile(r"\s*response:[\w.-]++\s*\{")
_STOP = re.compile(rf"{tokens.RESPONSE}|{tokens.END_TURN}|{tokens.TURN}|<eos>")


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a model wrote.

    Attributes:
        calls: Those that can be used, with their own argument names; an argument with a problem
            is left out of its call.
        text: Everything that is not a call, without control tokens.
        problems: What could not be read, in the order of the text.
    """

    calls: tuple[FunctionCall, ...] = ()
    text: str = ""
    problems: tuple[Problem, ...] = ()

    @property
    def declined(self) -> bool:
        """Whether the model said that no function is asked for, and nothing else."""
        return not self.calls and not self.problems and self.text == NO_FUNCTION


def parse(text: str, definitions: Iterable[FunctionDefinition] | Wire) -> Parsed:
    """Read a model's answer.

    Args:
        text: As generated, with or without control tokens, the prompt not included. What follows
            a stop sequence is no part of the answer and is not read.
        definitions: The functions that were declared, or their wire.
    """
    stop = _STOP.search(text)
    wire = definitions if isinstance(definitions, Wire) else Wire.of(definitions)
    answer = _Answer(scan(text[: stop.start()] if stop else text), wire)
    answer.read()
    plain = CONTROL.sub("", "".join(answer.plain)).strip()
    return Parsed(tuple(answer.calls), plain, tuple(answer.problems))


@dataclass(slots=True)
class _Answer:
    """The reading of one answer."""

    scan: Scan
    wire: Wire
    calls: list[FunctionCall] = field(default_factory=list)
    plain: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    count: int = 0

    def read(self) -> None:
        position = 0
        while start := _START.search(self.scan.bare, position):
            self.plain.append(self.scan.text[position : start.start()])
            position = start.end()
            if start[1] is None:
                self._report("malformed", f"no call follows {tokens.CALL}")
            else:
                position = self._call(start[1], start.end())
            self.count += 1
            if _RESULT.match(self.scan.bare, position):
                return  # the model goes on inventing results: its stop token was not printed
        self.plain.append(self.scan.text[position:])

    def _call(self, name: str, start: int) -> int:
        """Read the call whose arguments begin here; the position after it."""
        balanced = self.scan.closes.get(start - 1)
        last = self.scan.end_after(start)
        sealed = last is not None and _CLOSED.match(self.scan.bare, last + 1) is not None
        end = last if balanced is None and sealed else balanced
        if end is None:
            return self._unfinished(name, start)
        if name not in self.wire.shapes:
            known = listed(tuple(self.wire.shapes))
            self._report("unknown_function", f"there is no function {quoted(name)}; known: {known}")
            return self._after(end)
        reader = self._reader(name, start, end)
        if reader.bare and last is not None and last != end:  # a brace may belong to the value
            if not sealed:
                self._report("ambiguous", f"the call of {name} may end at more than one brace")
                return last + 1
            end, reader = last, self._reader(name, start, last)
        self._keep(reader, end)
        return self._after(end)

    def _reader(self, name: str, start: int, end: int) -> Reader:
        reader = Reader(self.scan, name, self.count)
        reader.call_arguments(self.wire.shapes[name], start, end)
        return reader

    def _keep(self, reader: Reader, end: int) -> None:
        self.problems += reader.problems
        if self._junk(end):
            self._report(
                "malformed", f"the call of {reader.function} goes on after its closing brace"
            )
        elif not reader.broken:
            self.calls.append(FunctionCall(reader.function, reader.arguments))

    def _junk(self, end: int) -> bool:
        """Whether something else than the closing token follows a call that has one."""
        token = self.scan.token_after(end + 1)
        if not self.scan.bare.startswith(tokens.END_CALL, token):
            return False
        if _START.search(self.scan.bare, end + 1, token):  # the token belongs to a later call
            return False
        return _VISIBLE.search(self.scan.bare, end + 1, token) is not None

    def _after(self, end: int) -> int:
        closed = _CLOSED.match(self.scan.bare, end + 1)
        return closed.end() if closed else end + 1

    def _unfinished(self, name: str, start: int) -> int:
        token = self.scan.token_after(start)
        if token == len(self.scan.text):
            self._report("unfinished", f"the call of {name} breaks off")
        else:
            self._report("malformed", f"the call of {name} has no closing brace")
        return token

    def _report(self, kind: ProblemKind, what: str) -> None:
        self.problems.append(Problem(kind, self.count, f"{what[0].upper()}{what[1:]}."))
