"""The sentiment model at run time: a look-up per n-gram and a few cues, no scikit-learn.

One linear model scores the labels of all three granularities at once; a softmax
over the labels of one granularity gives their probabilities.
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save

from funcgemma.errors import ArtefactError
from funcgemma.functions.sentiment.cues import CUES
from funcgemma.functions.sentiment.features import read
from funcgemma.functions.sentiment.labels import LABELS
from funcgemma.language.linear import Floats, MultiLinear, softmax

FORMAT = 2
FILE = "model.safetensors"
_HINT = "install the package again, or run tools/train_sentiment.py"
COLUMNS = tuple(f"{granularity}:{label}" for granularity in LABELS for label in LABELS[granularity])


@dataclass(frozen=True, slots=True)
class SentimentModel:
    """Weights for `COLUMNS`.

    Attributes:
        text: Scores the n-grams; holds the bias.
        cue_weights: [cues, columns].
    """

    text: MultiLinear
    cue_weights: Floats

    def probabilities(self, text: str) -> dict[str, dict[str, float]]:
        """Granularity -> label -> probability."""
        reading = read(text)
        cues = np.array(reading.cues, dtype=np.float32)
        scores = self.text.scores(reading.ngrams) + cues @ self.cue_weights
        found: dict[str, dict[str, float]] = {}
        start = 0
        for granularity, labels in LABELS.items():
            shares = softmax(scores[start : start + len(labels)]).tolist()
            found[granularity] = dict(zip(labels, shares, strict=True))
            start += len(labels)
        return found

    def save(self, path: Path) -> None:
        """Write everything to one file; the same model gives the same bytes."""
        about = {
            "format": FORMAT,
            "columns": COLUMNS,
            "cues": CUES,
            "features": list(self.text.index),
        }
        tensors = {
            "weights": self.text.weights,
            "bias": self.text.bias,
            "cue_weights": self.cue_weights,
        }
        # A single metadata key: with more of them their order in the file would vary.
        data = save(
            {name: np.ascontiguousarray(tensor) for name, tensor in tensors.items()},
            metadata={"about": json.dumps(about, ensure_ascii=False)},
        )
        path.write_bytes(data)

    @staticmethod
    def load(path: Path) -> "SentimentModel":
        """Read a model.

        Raises:
            ArtefactError: The file cannot be read, or was written for other cues or labels.
        """
        try:
            with safe_open(path, framework="numpy") as file:
                about = json.loads((file.metadata() or {}).get("about", "{}"))
                tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
        except (OSError, SafetensorError, ValueError) as error:
            raise ArtefactError(f"{path} cannot be read: {error}", _HINT) from error
        made_for = about.get("format"), about.get("columns"), about.get("cues")
        if made_for != (FORMAT, list(COLUMNS), list(CUES)):
            raise ArtefactError(f"{path} does not fit this program", _HINT)
        index = {feature: row for row, feature in enumerate(about["features"])}
        text = MultiLinear(COLUMNS, index, tensors["weights"], tensors["bias"])
        return SentimentModel(text, tensors["cue_weights"])


@lru_cache(maxsize=1)
def shipped_model() -> SentimentModel:
    """The model that comes with the package."""
    with as_file(files("funcgemma.functions.sentiment") / FILE) as path:
        return SentimentModel.load(path)
