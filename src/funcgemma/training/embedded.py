"""Fit the parts of the embedded resolver."""

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

import numpy as np

from funcgemma.data.examples import CLOCK
from funcgemma.language.linear import BinaryLinear, MultiLinear
from funcgemma.resolver.embedded.carry import carry_features
from funcgemma.resolver.embedded.features import (
    Prior,
    dialogue_features,
    enum_features,
    utterance_vector,
)
from funcgemma.resolver.embedded.kinds import is_choice
from funcgemma.resolver.embedded.model import EmbeddedModel
from funcgemma.resolver.embedded.tagger import Tagger
from funcgemma.resolver.embedded.view import read
from funcgemma.training.examples import (
    Definitions,
    Example,
    carry_labels,
    enum_labels,
    tagged_views,
)
from funcgemma.training.linear import fit_binary, fit_multi
from funcgemma.training.tagger import fit_tagger

CHOOSER_C = 1.5
ENUM_C = 1.0
LEAST_USES = 2
"""A feature that only one text has says nothing about other writers, and costs look-ups."""

FEW = 100
"""With fewer texts every feature is kept."""

LEAST_DIALOGUES = 10
"""With fewer follow-ups on either side, arguments are always carried over."""


def fit_chooser(
    examples: Sequence[Example],
    features: Sequence[list[str]],
    seed: int,
    described: Mapping[str, str] = MappingProxyType({}),
) -> MultiLinear:
    """The function chooser, from features already computed for each example.

    Args:
        examples: What to learn from.
        features: What the chooser sees of each.
        seed: Of the solvers.
        described: Functions with few examples -> their description, which counts as one more.
    """
    views = [read(text, CLOCK) for text in described.values()]
    features = [*features, *(dialogue_features(view, Prior()) for view in views)]
    labels = [*(e.labels for e in examples), *((name,) for name in described)]
    vectors = np.stack([utterance_vector(view) for view in (*(e.view for e in examples), *views)])
    return fit_multi(
        features,
        labels,
        c=CHOOSER_C,
        seed=seed,
        min_df=least_uses(labels),
        vectors=vectors,
        few=described,
    )


def _vectors(examples: Sequence[Example]) -> np.ndarray:
    return np.stack([utterance_vector(e.view) for e in examples])


def least_uses(texts: Sequence[object]) -> int:
    """In how many texts a feature must stand to be kept."""
    return LEAST_USES if len(texts) >= FEW else 1


def chooser_features(examples: Sequence[Example]) -> list[list[str]]:
    """What the function chooser sees of each example."""
    return [dialogue_features(e.view, e.prior) for e in examples]


def fit_embedded(
    examples: Sequence[Example],
    features: Sequence[list[str]],
    definitions: Definitions,
    *,
    seed: int = 0,
    spans: bool = True,
    few: Collection[str] = (),
) -> EmbeddedModel:
    """Train everything but the thresholds, which need other writers' text.

    Args:
        examples: What to learn from.
        features: What the function chooser sees of each.
        definitions: The functions.
        seed: Of the solvers.
        spans: Whether taggers are trained, which takes most of the time; without them the
            model chooses functions and enums, but finds no other arguments.
        few: Functions with few examples, see few.py.
    """
    described = {name: definitions[name].description for name in sorted(few)}
    chooser = fit_chooser(examples, features, seed, described)
    known = [d for d in definitions.values() if d.name in chooser.labels]
    taggers: dict[str, Tagger] = {}
    enums: dict[str, MultiLinear] = {}
    for definition in known:
        if spans:
            taggers[definition.name] = fit_tagger(tagged_views(examples, definition))
        for name, schema in definition.properties.items():
            if is_choice(schema):
                labelled = enum_labels(examples, definition, name)
                if labelled:
                    enums[f"{definition.name}.{name}"] = fit_multi(
                        [
                            enum_features(e.view, e.prior, definition.name, name)
                            for e, _ in labelled
                        ],
                        [(label,) for _, label in labelled],
                        c=ENUM_C,
                        seed=seed,
                        min_df=least_uses(labelled),
                        vectors=_vectors([e for e, _ in labelled]),
                    )
    return EmbeddedModel(chooser, 0.4, 0.0, taggers, enums, fit_carry(examples, definitions, seed))


def fit_carry(
    examples: Sequence[Example], definitions: Definitions, seed: int
) -> BinaryLinear | None:
    """Whether the earlier call's arguments still hold; None with too few dialogues to tell."""
    labelled = carry_labels(examples, definitions)
    yes = sum(holds for _, holds in labelled)
    if min(yes, len(labelled) - yes) < LEAST_DIALOGUES:
        return None
    features = [carry_features(e.view, e.prior, e.label) for e, _ in labelled]
    return fit_binary(features, [holds for _, holds in labelled], c=0.5, seed=seed)
