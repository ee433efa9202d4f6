"""Several examples as one row, and the loss of their completions. Imports torch.

The examples of a batch share their developer turn, which is most of a prompt: it stands in the
row once, and the rest of every example behind it. Each of these sees the developer turn and
itself, at the positions it has alone, so that the row gives what the examples one by one would
give, at a fraction of the price. Nothing is padded, and logits are computed for the tokens of the
completions alone: the vocabulary of the full model has 262,144 entries.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import torch

from funcgemma.finetune.encode import Encoded


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """Tensors of some examples with the same developer turn.

    Attributes:
        inputs: What the model's forward takes.
        labels: The tokens of the completions, one example after the other.
        sizes: How many there are of each.
    """

    inputs: dict[str, Any]
    labels: Any
    sizes: tuple[int, ...]


def in_rows(examples: Iterable[Encoded], most: int) -> Iterator[tuple[Encoded, ...]]:
    """The examples by developer turn, at most so many together."""
    groups: dict[tuple[int, ...], list[Encoded]] = {}
    for example in examples:
        groups.setdefault(example.head, []).append(example)
    for group in groups.values():
        rest = iter(group)
        while part := tuple(islice(rest, most)):
            yield part


def make_row(examples: Sequence[Encoded], window: int, device: Any) -> Row:
    """The tensors of examples that have the same developer turn.

    Args:
        examples: At least one.
        window: How far back the model's local layers see.
        device: Where the tensors go.
    """
    head = examples[0].head
    ids, places, owners = list(head), list(range(len(head))), [0] * len(head)
    kept: list[int] = []
    for number, example in enumerate(examples, start=1):
        own = example.tail + example.completion
        end = len(ids) + len(own)
        # The last token predicts nothing; the one before a completion its first token.
        kept += range(end - len(example.completion) - 1, end - 1)
        ids += own
        places += range(len(head), len(head) + len(own))
        owners += [number] * len(own)
    position = torch.tensor([places], device=device)
    inputs = {
        "input_ids": torch.tensor([ids], device=device),
        "attention_mask": _masks(position[0], torch.tensor(owners, device=device), window),
        "position_ids": position,
        "logits_to_keep": torch.tensor(kept, device=device),
        "use_cache": False,
    }
    labels = torch.tensor([t for e in examples for t in e.completion], device=device)
    return Row(inputs, labels, tuple(len(example.completion) for example in examples))


def _masks(position: Any, owner: Any, window: int) -> dict[str, Any]:
    """Which token sees which, in layers of either kind: earlier ones, of the head or its own."""
    distance = position[:, None] - position[None, :]
    own = (owner[:, None] == owner[None, :]) | (owner[None, :] == 0)
    whole = (distance >= 0) & own
    local = whole & (distance < window)
    return {"full_attention": whole[None, None], "sliding_attention": local[None, None]}


def completion_logits(model: Any, row: Row) -> Any:
    """The logits for each token of the completions, in full precision."""
    return model(**row.inputs).logits[0].float()


def summed_loss(logits: Any, row: Row) -> Any:
    """The sum over the tokens of the completions."""
    return torch.nn.functional.cross_entropy(logits, row.labels, reduction="sum")


def exact_count(logits: Any, row: Row) -> int:
    """How many completions greedy decoding would give, token for token."""
    right = logits.argmax(-1) == row.labels
    return sum(bool(part.all()) for part in right.split(row.sizes))
