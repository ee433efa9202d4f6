"""Examples as tokens, and how long they are."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from funcgemma.finetune.examples import Example
from funcgemma.resolver.functiongemma.tokens import BOS, TURN

Tokenise = Callable[[str], Sequence[int]]


@dataclass(frozen=True, slots=True)
class Encoded:
    """An example in tokens; the developer turn is shared between examples that have the same.

    Attributes:
        id: Of its case.
        head: The beginning-of-sequence token and the developer turn.
        tail: The rest of the prompt.
        completion: What the model should write.
    """

    id: str
    head: tuple[int, ...]
    tail: tuple[int, ...]
    completion: tuple[int, ...]

    @property
    def tokens(self) -> tuple[int, ...]:
        """All of it."""
        return self.head + self.tail + self.completion

    def __len__(self) -> int:
        return len(self.head) + len(self.tail) + len(self.completion)


class Encoder:
    """Splits examples into tokens, each developer turn once.

    A text may be cut before a `<start_of_turn>`: tokenizers look for control tokens first, and
    nothing joins over one.

    Args:
        tokenise: The tokens of a text, control tokens read as such, none added.
        bos: The beginning-of-sequence token; None = the model has none.
    """

    def __init__(self, tokenise: Tokenise, bos: int | None) -> None:
        self._tokenise = tokenise
        self._bos = () if bos is None else (bos,)
        self._head = lru_cache(maxsize=4096)(self._encode_head)

    def __call__(self, example: Example) -> Encoded:
        """One example."""
        prompt = plain(example.prompt)
        at = prompt.find(TURN, 1)
        at = len(prompt) if at < 0 else at
        return Encoded(
            example.id,
            self._head(prompt[:at]),
            tuple(self._tokenise(prompt[at:])),
            tuple(self._tokenise(plain(example.completion))),
        )

    def _encode_head(self, text: str) -> tuple[int, ...]:
        return (*self._bos, *self._tokenise(text))


def encoder_of(tokenizer: Any) -> Encoder:
    """An encoder that uses a tokenizer of transformers."""
    return Encoder(
        lambda text: tokenizer(text, add_special_tokens=False)["input_ids"],
        tokenizer.bos_token_id,
    )


def plain(text: str) -> str:
    """A text that can be tokenised: no `<bos>` of its own, half a character has no UTF-8."""
    return text.encode("utf-8", "replace").decode().removeprefix(BOS)


@dataclass(frozen=True, slots=True)
class Lengths:
    """Lengths in tokens: of a half, of 19 in 20, and of all examples."""

    p50: int
    p95: int
    longest: int


def lengths_of(numbers: Iterable[int]) -> Lengths:
    """The lengths of at least one example."""
    ordered = sorted(numbers)
    last = len(ordered) - 1
    return Lengths(ordered[last // 2], ordered[-(-last * 19 // 20)], ordered[-1])


def measure(encoded: Sequence[Encoded]) -> Mapping[str, Lengths]:
    """What takes how many tokens: functions, conversation, completion, and all together."""
    return {
        "functions": lengths_of(len(e.head) for e in encoded),
        "conversation": lengths_of(len(e.tail) for e in encoded),
        "completion": lengths_of(len(e.completion) for e in encoded),
        "together": lengths_of(len(e) for e in encoded),
    }


def within(encoded: Iterable[Encoded], most: int) -> tuple[tuple[Encoded, ...], tuple[str, ...]]:
    """The examples of at most so many tokens, and the ids of the others."""
    kept, over = [], []
    for example in encoded:
        if len(example) <= most:
            kept.append(example)
        else:
            over.append(example.id)
    return tuple(kept), tuple(over)
