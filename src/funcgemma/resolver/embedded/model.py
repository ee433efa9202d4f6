"""The embedded resolver's trained parts, as one immutable value."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from funcgemma.language.linear import BinaryLinear, MultiLinear
from funcgemma.resolver.embedded.tagger import Tagger


@dataclass(frozen=True, slots=True)
class EmbeddedModel:
    """What training learned.

    Attributes:
        chooser: Scores of every function and of `no_function`.
        temperature: Divides the chooser's scores before they become probabilities.
        none_bias: Added to the score of `no_function`; chosen on other writers' text.
        taggers: Function -> the tagger of its span arguments.
        enums: `function.argument` -> chooser between its values.
        carry: Whether arguments of the earlier call still hold; None without dialogues.
        clause: Least probability at which a clause counts as a request of its own.
        calibration: (slope, bias) of the confidence over its features, see confidence.py.
    """

    chooser: MultiLinear
    temperature: float
    none_bias: float
    taggers: Mapping[str, Tagger]
    enums: Mapping[str, MultiLinear]
    carry: BinaryLinear | None
    clause: float = 0.5
    calibration: tuple[float, ...] = field(default=())
