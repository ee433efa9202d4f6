"""A trained model: gate and embedded resolver in one folder."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from funcgemma.artefacts.store import Artefact, Part, load_artefact, save_artefact
from funcgemma.errors import ArtefactError
from funcgemma.gate.gate import Gate
from funcgemma.language.morphemes import dictionary_version
from funcgemma.resolver.embedded.model import EmbeddedModel
from funcgemma.resolver.embedded.store import (
    binary_from_part,
    binary_to_part,
    embedded_from_parts,
    embedded_to_parts,
)


@dataclass(frozen=True, slots=True)
class Model:
    """What a router serves with; `manifest` tells where it comes from."""

    gate: Gate
    embedded: EmbeddedModel
    manifest: Mapping[str, Any] = field(default_factory=dict)


def gate_alone(model: Model) -> Model:
    """The model with a gate whose yes or no is final: no resolver looks at what it turns away."""
    return replace(model, gate=replace(model.gate, reject=model.gate.threshold))


def save_model(model: Model, folder: Path, card: str = "") -> Model:
    """Write a model folder; returns the model with its complete manifest."""
    gate = binary_to_part(model.gate.linear)
    settings = {
        "threshold": model.gate.threshold,
        "reject": model.gate.reject,
        "calibration": list(model.gate.calibration),
    }
    parts = {"gate": Part(gate.arrays, {**gate.values, **settings})}
    parts |= embedded_to_parts(model.embedded)
    manifest = {
        **model.manifest,
        "labels": list(model.embedded.chooser.labels),
        "dictionary": dictionary_version(),
    }
    saved = save_artefact(Artefact(manifest, parts, card), folder)
    return Model(model.gate, model.embedded, saved.manifest)


def load_model(folder: Path) -> Model:
    """Read a model folder.

    Raises:
        ArtefactError: It is missing, damaged, too new, or made with another dictionary.
    """
    artefact = load_artefact(folder)
    made_with = artefact.manifest.get("dictionary")
    if made_with != dictionary_version():
        raise ArtefactError(
            f"{folder}: made with {made_with}, but {dictionary_version()} is installed",
            "train again",
        )
    try:
        part = artefact.parts["gate"]
        gate = Gate(
            binary_from_part(part),
            part.values["threshold"],
            part.values["reject"],
            (part.values["calibration"][0], part.values["calibration"][1]),
        )
        return Model(gate, embedded_from_parts(artefact.parts), artefact.manifest)
    except (KeyError, ValueError, IndexError) as error:
        raise ArtefactError(f"{folder}: damaged: {error!r} is missing", "train again") from error
