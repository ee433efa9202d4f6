"""The embedded resolver's model as parts of an artefact, and back."""

from collections.abc import Mapping

import numpy as np

from funcgemma.artefacts.store import Part
from funcgemma.language.linear import BinaryLinear, MultiLinear
from funcgemma.resolver.embedded.bound import Bounds
from funcgemma.resolver.embedded.model import EmbeddedModel
from funcgemma.resolver.embedded.tagger import Tagger


def embedded_to_parts(model: EmbeddedModel) -> dict[str, Part]:
    """Part name -> part."""
    parts = {"chooser": _multi_to_part(model.chooser)}
    parts |= {f"tagger.{name}": _tagger_to_part(t) for name, t in model.taggers.items()}
    parts |= {f"enum.{name}": _multi_to_part(m) for name, m in model.enums.items()}
    if model.carry is not None:
        parts["carry"] = binary_to_part(model.carry)
    settings = {
        "temperature": model.temperature,
        "none_bias": model.none_bias,
        "scarce": sorted(model.scarce),
        "cut": {name: list(weights) for name, weights in model.cut.items()},
        "span_bonus": dict(model.span_bonus),
        "negatives": model.bounds.negatives,
        "false_scores": {risk: list(s) for risk, s in model.bounds.scores.items()},
        "calibration": list(model.calibration),
    }
    return parts | {"embedded": Part({}, settings)}


def embedded_from_parts(parts: Mapping[str, Part]) -> EmbeddedModel:
    """The model that `embedded_to_parts` stored."""
    settings = parts["embedded"].values
    taggers = _named(parts, "tagger.")
    enums = _named(parts, "enum.")
    return EmbeddedModel(
        chooser=_multi_from_part(parts["chooser"]),
        temperature=settings["temperature"],
        none_bias=settings["none_bias"],
        taggers={name: _tagger_from_part(part) for name, part in taggers.items()},
        enums={name: _multi_from_part(part) for name, part in enums.items()},
        carry=binary_from_part(parts["carry"]) if "carry" in parts else None,
        scarce=frozenset(settings["scarce"]),
        cut={name: tuple(weights) for name, weights in settings["cut"].items()},
        span_bonus=settings["span_bonus"],
        bounds=Bounds(
            settings["negatives"],
            {risk: tuple(scores) for risk, scores in settings["false_scores"].items()},
        ),
        calibration=tuple(settings["calibration"]),
    )


def _named(parts: Mapping[str, Part], prefix: str) -> dict[str, Part]:
    return {name[len(prefix) :]: part for name, part in parts.items() if name.startswith(prefix)}


def binary_to_part(linear: BinaryLinear) -> Part:
    """A yes/no model as arrays `pairs` [features, 2] and its feature list."""
    features = sorted(linear.table)
    pairs = [(linear.table[f].real, linear.table[f].imag) for f in features]
    array = np.array(pairs, np.float64).reshape(-1, 2)
    return Part({"pairs": array}, {"features": features, "bias": linear.bias})


def binary_from_part(part: Part) -> BinaryLinear:
    """The model that `binary_to_part` stored."""
    pairs = [complex(a, b) for a, b in part.arrays["pairs"].tolist()]
    return BinaryLinear(dict(zip(part.values["features"], pairs, strict=True)), part.values["bias"])


def _multi_to_part(model: MultiLinear) -> Part:
    features = sorted(model.index, key=lambda f: model.index[f])
    arrays = {"weights": model.weights, "bias": model.bias, "dense": model.dense}
    return Part(arrays, {"labels": list(model.labels), "features": features})


def _multi_from_part(part: Part) -> MultiLinear:
    index = {feature: row for row, feature in enumerate(part.values["features"])}
    a = part.arrays
    return MultiLinear(tuple(part.values["labels"]), index, a["weights"], a["bias"], a["dense"])


def _tagger_to_part(tagger: Tagger) -> Part:
    attributes = sorted(tagger.index, key=lambda name: tagger.index[name])
    arrays = {"weights": tagger.weights, "transitions": tagger.transitions}
    return Part(arrays, {"labels": list(tagger.labels), "attributes": attributes})


def _tagger_from_part(part: Part) -> Tagger:
    index = {name: row for row, name in enumerate(part.values["attributes"], start=1)}
    a = part.arrays
    return Tagger(tuple(part.values["labels"]), index, a["weights"], a["transitions"])
