"""The embedded resolver's trained parts, as one immutable value."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from funcgemma.language.linear import BinaryLinear, MultiLinear
from funcgemma.resolver.embedded.bound import Bounds
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
        carry: Whether arguments of the earlier call still hold; None = they do.
        span_bonus: Function -> what is added to the start of a span, so that an argument that
            is there is found even if some that are not there are found too, see tagger.py.
        scarce: Functions with few examples; hushed where they do not win, see choose.py.
        cut: Weights and bias of each decision about cutting an utterance in two, see
            cutting.py; empty = nothing is cut.
        bounds: How strongly calls were asked for where nothing was, see bound.py.
        calibration: (slope, bias) of the confidence over its features, see confidence.py.
    """

    chooser: MultiLinear
    temperature: float
    none_bias: float
    taggers: Mapping[str, Tagger]
    enums: Mapping[str, MultiLinear]
    carry: BinaryLinear | None
    scarce: frozenset[str] = frozenset()
    cut: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    span_bonus: Mapping[str, float] = field(default_factory=dict)
    bounds: Bounds = field(default_factory=Bounds)
    calibration: tuple[float, ...] = field(default=())
