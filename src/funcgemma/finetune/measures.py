"""The sizes of a model out of its `config.json`, without loading it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from funcgemma.errors import ArtefactError

KIND = "gemma3_text"
NEEDED = (
    "vocab_size",
    "hidden_size",
    "intermediate_size",
    "num_hidden_layers",
    "num_attention_heads",
    "num_key_value_heads",
    "head_dim",
)


@dataclass(frozen=True, slots=True)
class Measures:
    """Sizes of a Gemma-3 text model; the names are those of transformers."""

    vocab_size: int
    hidden_size: int
    intermediate_size: int
    num_hidden_layers: int
    num_attention_heads: int
    num_key_value_heads: int
    head_dim: int

    @property
    def linear(self) -> tuple[tuple[int, int], ...]:
        """Inputs and outputs of the seven linear modules of a layer."""
        width, wide = self.hidden_size, self.intermediate_size
        heads = self.num_attention_heads * self.head_dim
        shared = self.num_key_value_heads * self.head_dim
        attention = ((width, heads), (width, shared), (width, shared), (heads, width))
        return (*attention, (width, wide), (width, wide), (wide, width))

    @property
    def parameters(self) -> int:
        """How many weights it has; input and output share the embeddings."""
        norms = 4 * self.hidden_size + 2 * self.head_dim
        layer = sum(inside * outside for inside, outside in self.linear) + norms
        return (
            self.vocab_size * self.hidden_size + self.num_hidden_layers * layer + self.hidden_size
        )

    def adapter(self, rank: int) -> int:
        """How many weights adapters of that rank have."""
        return self.num_hidden_layers * sum(rank * (a + b) for a, b in self.linear)


def read_measures(folder: Path) -> Measures:
    """The sizes of the model in a folder.

    Raises:
        ArtefactError: They cannot be read.
    """
    path = folder / "config.json"
    try:
        config: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if config.get("model_type") != KIND:
            raise KeyError(f"model_type {KIND}")
        return Measures(**{name: int(config[name]) for name in NEEDED})
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise ArtefactError(
            f"{path} cannot be read: {error}", "check the model's folder"
        ) from error
    except KeyError as error:
        raise ArtefactError(
            f"{path}: {error} is missing", "tune a Gemma-3 text model, such as FunctionGemma"
        ) from error
