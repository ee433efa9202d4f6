"""From cases to a model: fit, choose thresholds on other writers' text, calibrate.

Every writer is held out once; what the models say about text by writers they
have not seen sets the thresholds and the calibration. The model that is kept
is then fitted on everything. With much text only the first part gets taggers,
and confidence is calibrated on that part alone. Corrections are in what every
model learns from and are never measured: the numbers stay those of the text.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from funcgemma.data.scoring import score_calls
from funcgemma.errors import TrainingError
from funcgemma.functions.definition import Risk
from funcgemma.gate.gate import Gate
from funcgemma.language.features import char_ngrams
from funcgemma.language.normalise import gate_text
from funcgemma.records import Case
from funcgemma.resolver.embedded import clauses
from funcgemma.resolver.embedded.bound import SHARES, Bounds
from funcgemma.resolver.embedded.calls import Resolution
from funcgemma.resolver.embedded.choose import choose
from funcgemma.resolver.embedded.confidence import confidence_features
from funcgemma.resolver.embedded.features import NONE, utterance_vector
from funcgemma.resolver.embedded.model import EmbeddedModel
from funcgemma.resolver.embedded.resolve import EmbeddedResolver
from funcgemma.training import thresholds
from funcgemma.training.corrections import CORRECTION
from funcgemma.training.embedded import chooser_features, fit_embedded, least_uses
from funcgemma.training.examples import Definitions, Example, read_examples
from funcgemma.training.folds import LARGE, writer_folds
from funcgemma.training.linear import fit_binary

Progress = Callable[[float, str], None]

GATE_C = 1.0
EVERYDAY = "everyday"
"""Tag of text that people write on an ordinary day without setting traps."""

LEAST_EVERYDAY = 300
REPEATS = 10
"""How often a correction is learned from, so that it holds against text that says otherwise."""

LEAST_CUTS = 8
"""With fewer utterances that ask for several functions, nothing is cut."""


@dataclass(frozen=True, slots=True)
class Trained:
    """A gate and an embedded model with what was measured on other writers' text."""

    gate: Gate
    embedded: EmbeddedModel
    metrics: dict[str, Any]


@dataclass(slots=True)
class _Held:
    """What models said about examples by writers they had not seen."""

    gate_scores: np.ndarray
    function_scores: np.ndarray
    models: list[tuple[list[int], EmbeddedModel]]


def train(
    cases: Sequence[Case],
    definitions: Definitions,
    *,
    seed: int = 0,
    folds: int = 5,
    progress: Progress = lambda share, text: None,
) -> Trained:
    """Train gate and embedded resolver.

    Args:
        cases: Text by several writers, and corrections (known by their tag).
        definitions: The functions.
        seed: Of the solvers and of the parting into folds.
        folds: Parts in which writers are held out.
        progress: Called with the share that is done and what is being done.

    Raises:
        TrainingError: There are no cases, or only one label.
    """
    progress(0.0, "reading")
    measured = [case for case in cases if CORRECTION not in case.tags]
    examples = read_examples(measured, definitions)
    _check(examples)
    corrections = [case for case in cases if CORRECTION in case.tags]
    learned = examples + REPEATS * read_examples(corrections, definitions)
    features = chooser_features(learned)
    grams = [char_ngrams(gate_text(e.case.text)) for e in learned]
    labels = tuple(sorted({e.label for e in learned}))
    parts = writer_folds(measured, folds, seed)
    held = _hold_out(learned, parts, features, grams, labels, definitions, seed, progress)
    progress(0.85, "fitting on everything")
    gate = _fit_gate(learned, grams, list(range(len(learned))), seed)
    embedded = fit_embedded(learned, features, definitions, seed=seed)
    progress(0.95, "calibrating")
    return _settle(gate, embedded, held, examples, labels, definitions)


def _check(examples: Sequence[Example]) -> None:
    if not examples:
        raise TrainingError("there are no cases to train on", "give --cases FILE or a corpus")
    if len({e.label for e in examples}) < 2:
        raise TrainingError(
            f"all {len(examples)} cases have the label '{examples[0].label}'",
            "add cases of another function, or some that ask for nothing",
        )


def _fit_gate(
    examples: Sequence[Example], grams: Sequence[list[str]], rows: Sequence[int], seed: int
) -> Gate | None:
    needs = [examples[i].label != NONE for i in rows]
    if len(set(needs)) < 2:
        return None
    return Gate(
        fit_binary([grams[i] for i in rows], needs, c=GATE_C, seed=seed, min_df=least_uses(needs))
    )


def _hold_out(
    examples: Sequence[Example],
    parts: Sequence[list[int]],
    features: Sequence[list[str]],
    grams: Sequence[list[str]],
    labels: tuple[str, ...],
    definitions: Definitions,
    seed: int,
    progress: Progress,
) -> _Held:
    """Measure the examples in `parts`; those in none of them are only learned from."""
    measured = sum(map(len, parts))
    held = _Held(np.zeros(measured), np.full((measured, len(labels)), -2.0), [])
    for number, test in enumerate(parts):
        progress(
            0.05 + 0.8 * number / len(parts), f"other writers, part {number + 1} of {len(parts)}"
        )
        inside = set(test)
        rows = [i for i in range(len(examples)) if i not in inside]
        gate = _fit_gate(examples, grams, rows, seed)
        model = fit_embedded(
            [examples[i] for i in rows],
            [features[i] for i in rows],
            definitions,
            seed=seed,
            spans=number == 0 or len(examples) <= LARGE,
        )
        columns = [labels.index(label) for label in model.chooser.labels]
        for i in test:
            held.gate_scores[i] = gate.linear.score(grams[i]) if gate else 1.0
            vector = utterance_vector(examples[i].view)
            held.function_scores[i, columns] = model.chooser.scores(features[i], vector)
        held.models.append((test, model))
    return held


def _settle(
    gate: Gate | None,
    embedded: EmbeddedModel,
    held: _Held,
    examples: Sequence[Example],
    labels: tuple[str, ...],
    definitions: Definitions,
) -> Trained:
    """Choose thresholds and calibrate on what was held out."""
    gold = np.array([labels.index(e.label) for e in examples])
    none = labels.index(NONE) if NONE in labels else -1
    temperature = thresholds.temperature(held.function_scores, gold)
    bias = thresholds.none_bias(held.function_scores, gold, none) if none >= 0 else 0.0
    settled = replace(embedded, temperature=temperature, none_bias=bias)
    settled = replace(settled, cut=_fit_cut(held, examples, settled, definitions))
    resolutions = _resolve_held(held, examples, settled, definitions)
    schemas = {name: d.parameters for name, d in definitions.items()}
    scores = [
        score_calls(r.calls, [c for c in e.case.calls if c.name in definitions], schemas)
        for r, e in zip(resolutions, examples, strict=True)
    ]
    whole = [i for rows, model in held.models if model.taggers for i in rows]
    right = np.array([scores[i].call_right for i in whole])
    width = [confidence_features(resolutions[i], examples[i].prior) for i in whole]
    settled = replace(settled, calibration=thresholds.logistic(np.array(width), right))
    needs = gold != none
    settled = replace(settled, bounds=_bounds(resolutions, examples, definitions))
    gate = thresholds.set_gate(gate, held.gate_scores, needs) if gate else _open_gate()
    acts = np.array([bool(r.calls) for r in resolutions])
    metrics = {
        "cases": len(examples),
        "gate_accuracy": float(((held.gate_scores >= gate.threshold) == needs).mean()),
        "function_accuracy": float(np.mean([s.function_right for s in scores])),
        "call_accuracy": float(right.mean()),
        "no_function_recall": float(1 - acts[~needs].mean()) if (~needs).any() else None,
        "request_recall": float(acts[needs].mean()) if needs.any() else None,
    }
    return Trained(gate, settled, {k: v if v is None else round(v, 4) for k, v in metrics.items()})


def _bounds(
    resolutions: Sequence[Resolution], examples: Sequence[Example], definitions: Definitions
) -> Bounds:
    """How strongly calls were asked for on everyday text that asks for nothing.

    Without enough text that is marked as such, all text that asks for nothing counts.
    """
    nothing = [i for i, e in enumerate(examples) if e.label == NONE]
    everyday = [i for i in nothing if EVERYDAY in examples[i].case.tags]
    rows = everyday if len(everyday) >= LEAST_EVERYDAY else nothing
    scores: dict[Risk, list[float]] = {risk: [] for risk in SHARES}
    for i in nothing:
        found = resolutions[i]
        for risk in {definitions[c.name].worst_risk(c.arguments) for c in found.calls}:
            # what cannot be taken back must not happen on hard text either
            if i in rows or risk == "irreversible":
                scores[risk].append(round(found.demand, 6))
    top = {risk: tuple(sorted(s, reverse=True)) for risk, s in scores.items()}
    return Bounds(len(rows), top)


def _open_gate() -> Gate:
    """A gate that lets everything through: the cases hold nothing that asks for no function."""
    from funcgemma.language.linear import BinaryLinear

    return Gate(BinaryLinear({}, 1.0), 0.0, -1e9)


def _resolve_held(
    held: _Held, examples: Sequence[Example], settled: EmbeddedModel, definitions: Definitions
) -> list[Resolution]:
    """Resolve every example with the model that has not seen its writer."""
    found: dict[int, Resolution] = {}
    for rows, model in held.models:
        tuned = _tuned(model, settled)
        resolver = EmbeddedResolver(tuned, definitions)
        for i in rows:
            found[i] = resolver.resolve(examples[i].case.dialogue, examples[i].prior)
    return [found[i] for i in range(len(examples))]


def _tuned(model: EmbeddedModel, settled: EmbeddedModel) -> EmbeddedModel:
    """A held-out model with the numbers chosen over all of them."""
    return replace(
        model, temperature=settled.temperature, none_bias=settled.none_bias, cut=settled.cut
    )


def _fit_cut(
    held: _Held, examples: Sequence[Example], settled: EmbeddedModel, definitions: Definitions
) -> tuple[float, ...]:
    """When stretches that ask for different functions are requests of their own."""
    features, several = [], []
    for rows, model in held.models:
        tuned = _tuned(model, settled)
        allowed = frozenset(definitions) & frozenset(model.chooser.labels)
        for i in rows:
            example = examples[i]
            pieces = clauses.asking(tuned, example.view, allowed)
            if clauses.different(pieces):
                scores = choose(tuned, example.view, example.prior, allowed)
                features.append(clauses.cut_features(example.view, pieces, scores))
                several.append(len({call.name for call in example.case.calls}) > 1)
    if not features or min(sum(several), len(several) - sum(several)) < LEAST_CUTS:
        return ()
    return thresholds.logistic(np.array(features), np.array(several))
