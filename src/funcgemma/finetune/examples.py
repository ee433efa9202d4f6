"""Cases as what the model is shown and what it should write.

The prompt is made by the function that serving uses, with the same room kept free for the answer,
so that both are the same to the byte.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from funcgemma.functions.definition import FunctionDefinition
from funcgemma.records import Case
from funcgemma.resolver.functiongemma.prompt import Clock, render_prompt
from funcgemma.resolver.functiongemma.resolver import answer_room
from funcgemma.resolver.functiongemma.wire import Wire
from funcgemma.resolver.functiongemma.write import render_calls

UNKNOWN = "calls a function that is not known here"
TOO_LONG = "is too long for the context window"

CLOCK: Clock = "day"
"""How exactly prompts tell the time when FunctionGemma is asked."""


@dataclass(frozen=True, slots=True)
class PromptOptions:
    """What decides how a prompt is rendered, beside the functions.

    Attributes:
        compact: Whether functions are declared in short.
        num_ctx: The context window that serving keeps to.
    """

    compact: bool = False
    num_ctx: int = 4096

    def to_json(self) -> dict[str, Any]:
        """The options as plain values, with the clock."""
        return {"compact": self.compact, "num_ctx": self.num_ctx, "clock": CLOCK}


@dataclass(frozen=True, slots=True)
class Example:
    """A case for training: the model is to continue `prompt` with `completion`."""

    id: str
    prompt: str
    completion: str


@dataclass(frozen=True, slots=True)
class Examples:
    """Examples, and the cases that gave none: id -> why."""

    examples: tuple[Example, ...]
    left_out: Mapping[str, str]


def make_examples(
    cases: Iterable[Case],
    definitions: Sequence[FunctionDefinition],
    options: PromptOptions = PromptOptions(),
) -> Examples:
    """An example of every case that the functions and the context window allow.

    Args:
        cases: With their gold calls; of alternatives, the first is taught.
        definitions: The functions to declare, in this order.
        options: How prompts are rendered.
    """
    wire = Wire.of(definitions)
    examples: list[Example] = []
    left_out: dict[str, str] = {}
    for case in cases:
        if any(call.name not in wire.shapes for call in case.calls):
            left_out[case.id] = UNKNOWN
            continue
        prompt = render_prompt(
            case.dialogue,
            definitions,
            compact=options.compact,
            budget=options.num_ctx - answer_room(case.dialogue),
            clock=CLOCK,
        )
        if prompt.over:
            left_out[case.id] = TOO_LONG
        else:
            examples.append(Example(case.id, prompt.text, render_calls(case.calls, wire)))
    return Examples(tuple(examples), left_out)
