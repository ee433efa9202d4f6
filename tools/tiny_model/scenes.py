"""Training batches: prompts that share their developer turn, and what the model should write."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from random import Random

from funcgemma.functions.definition import FunctionDefinition
from funcgemma.records import Case, FunctionCall
from funcgemma.resolver.functiongemma.prompt import render_prompt
from funcgemma.resolver.functiongemma.wire import Wire
from funcgemma.resolver.functiongemma.write import render_calls
from tiny_model.source import Source, is_free

FIRST_DAY = datetime(2024, 1, 1, 9, 0, tzinfo=timezone(timedelta(hours=9)))
SILENT = 0.3
"""Share of cases without a call."""
SWAPPED = 0.6
"""Share of requests whose names and words are exchanged for others."""
NONSENSE = 0.3
"""Share of those exchanges that put a word in which nobody knows."""
LETTERS = (
    "あいうえおかきくけこさしすせそたちつてとなにのはひふへほまみむめもやゆよらりるれろわ",
    "アイウエオカキクケコサシスセソタチツテトナニノハヒフヘホマミムメモヤユヨラリルレロワン",
    "山川田中本村木石井上野原松島高橋小林佐藤東京大阪北海南西金水火土日月光美和子郎一二三",
    "abcdefghijklmnopqrstuvwxyz",
)


@dataclass(frozen=True, slots=True)
class Scene:
    """A batch.

    Attributes:
        head: The developer turn that all prompts begin with.
        pairs: The rest of each prompt, and its completion.
    """

    head: str
    pairs: tuple[tuple[str, str], ...]


def make_scene(source: Source, size: int, random: Random, wide: bool = True) -> Scene:
    """A batch of cases under the same functions and the same day.

    Args:
        source: Of cases and functions.
        size: Number of cases.
        random: Chooses.
        wide: Whether all functions may be declared at once; never more than three else.
    """
    definitions, compact = _declared(source, random, wide)
    now = FIRST_DAY + timedelta(days=random.randrange(1500))
    names = [definition.name for definition in definitions if definition.name in source.taught]
    pairs, head = [], ""
    for _ in range(size):
        silent = random.random() < SILENT
        case = random.choice(source.silence if silent else source.requests[random.choice(names)])
        if random.random() < SWAPPED:
            case = swap_values(case, source, random)
        head, *pair = render_pair(replace(case, now=now), definitions, compact)
        pairs.append(tuple(pair))
    return Scene(head, tuple(pairs))


def swap_values(case: Case, source: Source, random: Random) -> Case:
    """The case with other words for its arguments: what is copied must not be known by heart."""
    text, calls = case.text, []
    for call in case.calls:
        arguments = dict(call.arguments)
        for name, value in call.arguments.items():
            if is_free(source.named[call.name], name) and text.count(value) == 1:
                arguments[name] = _other(source.words[call.name, name], random)
                text = text.replace(value, arguments[name])
        calls.append(FunctionCall(call.name, arguments))
    if all(
        v in text for c in calls for k, v in c.arguments.items() if is_free(source.named[c.name], k)
    ):
        return replace(case, text=text, calls=tuple(calls))
    return case


def _other(words: Sequence[str], random: Random) -> str:
    if random.random() > NONSENSE:
        return random.choice(words)
    letters = random.choice(LETTERS)
    word = "".join(random.choice(letters) for _ in range(random.randint(2, 6)))
    return word.title() if random.random() < 0.5 else word


def render_pair(
    case: Case, definitions: tuple[FunctionDefinition, ...], compact: bool
) -> tuple[str, str, str]:
    """Developer turn, rest of the prompt, completion."""
    prompt = render_prompt(case.dialogue, definitions, compact=compact).text
    at = prompt.index("<start_of_turn>user\n")
    return prompt[:at], prompt[at:], render_calls(case.calls, Wire.of(definitions))


def _declared(
    source: Source, random: Random, wide: bool
) -> tuple[tuple[FunctionDefinition, ...], bool]:
    """Two or three functions in any order, or all: in short, or in their usual order in full."""
    die = random.random() if wide else 1.0
    if die < 0.15:
        return source.definitions, False
    chosen = list(source.definitions)
    random.shuffle(chosen)
    if die < 0.3:
        return tuple(chosen), True
    taught = [d for d in chosen if d.name in source.taught]
    return tuple(taught[: random.randint(2, 3)]), True
