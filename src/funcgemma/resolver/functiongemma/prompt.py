"""The prompt: a developer turn with the functions, then the conversation.

*The clock.* The published format puts date and time in front of the declarations. A clock with
seconds there changes with every call, and a runtime that keeps the prompt's prefix would compute
the declarations anew each time: they are most of the prompt. So the clock is cut to the day
(`…T00:00:00`), and the prefix stays the same from one midnight to the next. The price: the model
cannot know the hour. Times that depend on it (30分後, 今夜) are read by the program's own
normaliser, which has the exact clock; a model that is to compute them itself needs
`clock="second"`, and pays with the cache.

*Earlier turns.* A user turn whose calls are known is followed by the model's calls and empty
results, since the conversation keeps what was said and not what the functions returned; the
assistant's words stand where the format has the model's answer.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from funcgemma.functions.definition import FunctionDefinition
from funcgemma.records import Dialogue, FunctionCall
from funcgemma.resolver.functiongemma import tokens
from funcgemma.resolver.functiongemma.declare import declaration
from funcgemma.resolver.functiongemma.tokens import CONTROL, neutral
from funcgemma.resolver.functiongemma.wire import Wire
from funcgemma.resolver.functiongemma.write import render_call

Clock = Literal["day", "hour", "second"]

ACTIVATION = "You are a model that can do function calling with the following functions"
_CLOCKS = {"day": "%Y-%m-%dT00:00:00", "hour": "%Y-%m-%dT%H:00:00", "second": "%Y-%m-%dT%H:%M:%S"}
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_RARE = "\U00010000-\U0010ffff"
_PIECE = re.compile(rf"[A-Za-z]{{1,6}}|[^\w\s{_RARE}]{{1,2}}|\w|\s{{2,}}|\n|[{_RARE}]")
_RARE_SIGN = re.compile(f"[{_RARE}]")


@dataclass(frozen=True, slots=True)
class Prompt:
    """A rendered prompt.

    Attributes:
        text: Without `<bos>`: backends add it.
        dropped: How many of the oldest messages had to be left out.
        tokens: Its length as counted.
        over: By how many tokens it exceeds the budget although only the newest message is left;
            0 = it fits. It is not cut: ask the model for less, or not at all.
    """

    text: str
    dropped: int = 0
    tokens: int = 0
    over: int = 0


def estimate_tokens(text: str) -> int:
    """A cautious guess at the length in tokens, where no tokenizer is at hand.

    A control token is one, as are six Latin letters, two signs, a run of white space, and any
    other character (a digit, a kana); an emoji or a rare kanji may be spelled in bytes and counts
    as four. Of the built-in declarations it counts about a quarter
    more than there are.
    """
    pieces = CONTROL.split(text)
    plain = sum(1 for piece in pieces for _ in _PIECE.finditer(piece))
    return len(pieces) - 1 + plain + 3 * len(_RARE_SIGN.findall(text))


def render_prompt(
    dialogue: Dialogue,
    definitions: Iterable[FunctionDefinition],
    *,
    compact: bool = False,
    budget: int | None = None,
    count: Callable[[str], int] = estimate_tokens,
    clock: Clock = "day",
) -> Prompt:
    """The prompt for the newest message of a conversation.

    Args:
        dialogue: The conversation.
        definitions: The functions to declare, in this order.
        compact: Short declarations, see `declaration`.
        budget: Most tokens it may have; the oldest messages are dropped to keep to it, whole.
        count: Counts the tokens of a text; a sum over parts is taken for the whole.
        clock: How exactly the date context tells the time.
    """
    declared = tuple(definitions)
    wire = Wire.of(declared)
    head = developer_turn(dialogue.now, declared, wire, compact=compact, clock=clock)
    turns = _turns(dialogue, wire)
    tail = f"{tokens.TURN}model\n"
    lengths = [count(turn) for turn in turns]
    total = count(head) + sum(lengths) + count(tail)
    dropped = 0
    while budget is not None and total > budget and dropped < len(turns) - 1:
        total -= lengths[dropped]
        dropped += 1
    over = 0 if budget is None else max(0, total - budget)
    return Prompt("".join((head, *turns[dropped:], tail)), dropped, total, over)


def developer_turn(
    now: datetime,
    definitions: Iterable[FunctionDefinition],
    wire: Wire,
    *,
    compact: bool = False,
    clock: Clock = "day",
) -> str:
    """The first turn: the part of the prompt that stays the same through a conversation."""
    context = (
        "Current date and time given in YYYY-MM-DDTHH:MM:SS format: "
        f"{now.strftime(_CLOCKS[clock])}. Day of week is {_DAYS[now.weekday()]}. "
    )
    functions = "".join(declaration(d, wire, compact=compact) for d in definitions)
    return _turn("developer", f"{context}{ACTIVATION}{functions}")


def _turns(dialogue: Dialogue, wire: Wire) -> list[str]:
    """One text for each message, with the calls that are known of it."""
    turns: list[str] = []
    pending = ""  # calls of a user message, which belong to the answer
    for index, message in enumerate(dialogue.messages):
        text = neutral(message.content.strip())
        if message.role == "user":
            if pending:
                turns[-1] += _turn("model", pending)
            turns.append(_turn("user", text))
            pending = _calls(_known(dialogue, index), wire)
        else:
            made = _calls(message.calls or (), wire) or pending
            turns.append(_turn("model", made + text))
            pending = ""
    return turns


def _known(dialogue: Dialogue, index: int) -> tuple[FunctionCall, ...]:
    """The calls of an earlier user message: those it carries, else those decided."""
    if index == len(dialogue.messages) - 1:
        return ()
    message, decision = dialogue.messages[index], dialogue.decisions.get(index)
    if message.calls is not None:
        return message.calls
    return decision.calls if decision else ()


def _calls(calls: Iterable[FunctionCall], wire: Wire) -> str:
    """The calls of an earlier turn and their results, of which nothing is known."""
    known = [call for call in calls if call.name in wire.shapes]
    results = "".join(
        f"{tokens.RESPONSE}response:{call.name}{{}}{tokens.END_RESPONSE}" for call in known
    )
    return "".join(render_call(call, wire) for call in known) + results


def _turn(role: str, text: str) -> str:
    return f"{tokens.TURN}{role}\n{text}{tokens.END_TURN}\n"
