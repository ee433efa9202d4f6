"""From cases to a model: fit, choose thresholds on other writers' text, calibrate.

Every writer is held out once; what the models say about text by writers they
have not seen sets the thresholds and the calibration. The model that is kept
is then fitted on everything. With much text only the first part gets taggers,
and confidence is calibrated on that part alone. Corrections, and cases that a
language model has labelled, are in what every model learns from and are never
measured: the numbers stay those of the text.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from funcgemma.data.scoring import score_calls
from funcgemma.errors import TrainingError
from funcgemma.gate.gate import Gate
from funcgemma.language.features import char_ngrams
from funcgemma.language.linear import BinaryLinear
from funcgemma.language.normalise import gate_text
from funcgemma.records import Case
from funcgemma.resolver.embedded.confidence import confidence_features
from funcgemma.resolver.embedded.features import NONE
from funcgemma.resolver.embedded.model import EmbeddedModel
from funcgemma.statistics.calibration import calibration
from funcgemma.training import few, thresholds
from funcgemma.training.bonuses import choose_bonuses
from funcgemma.training.bounds import bounds_of
from funcgemma.training.corrections import CORRECTION
from funcgemma.training.cuts import fit_cut
from funcgemma.training.distilled import DISTILLED, is_measured
from funcgemma.training.embedded import chooser_features
from funcgemma.training.examples import Definitions, Example, read_examples
from funcgemma.training.folds import writer_folds
from funcgemma.training.held import (
    Held,
    Learned,
    Progress,
    fit_gate,
    fit_rows,
    hold_out,
    resolve_held,
)

REPEATS = 10
"""How often a correction is learned from, so that it holds against text that says otherwise."""


@dataclass(frozen=True, slots=True)
class Trained:
    """A gate and an embedded model with what was measured on other writers' text."""

    gate: Gate
    embedded: EmbeddedModel
    metrics: dict[str, Any]
    reliability: dict[str, Any]


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
        cases: Text by several writers, corrections and distilled cases (known by their tags).
        definitions: The functions.
        seed: Of the solvers and of the parting into folds.
        folds: Parts in which writers are held out.
        progress: Called with the share that is done and what is being done.

    Raises:
        TrainingError: There are no cases, or only one label.
    """
    progress(0.0, "reading")
    measured = [case for case in cases if is_measured(case)]
    examples = read_examples(measured, definitions)
    _check(examples)
    corrections = [case for case in cases if CORRECTION in case.tags]
    distilled = [case for case in cases if DISTILLED in case.tags]
    every = examples + read_examples(distilled, definitions)
    every += REPEATS * read_examples(corrections, definitions)
    learned = Learned(
        every,
        chooser_features(every),
        [char_ngrams(gate_text(e.case.text)) for e in every],
        tuple(sorted({name for e in every for name in e.labels})),
        few.few_labels([e.labels for e in examples]),
    )
    held = hold_out(learned, writer_folds(measured, folds, seed), definitions, seed, progress)
    progress(0.85, "fitting on everything")
    rows = range(len(every))
    gate, embedded = fit_gate(learned, rows, seed), fit_rows(learned, rows, definitions, seed)
    progress(0.95, "calibrating")
    return _settle(gate, embedded, held, examples, learned, definitions)


def _check(examples: Sequence[Example]) -> None:
    if not examples:
        raise TrainingError("there are no cases to train on", "give --cases FILE or a corpus")
    if len({e.label for e in examples}) < 2:
        raise TrainingError(
            f"all {len(examples)} cases have the label '{examples[0].label}'",
            "add cases of another function, or some that ask for nothing",
        )


def _settle(
    gate: Gate | None,
    embedded: EmbeddedModel,
    held: Held,
    examples: Sequence[Example],
    learned: Learned,
    definitions: Definitions,
) -> Trained:
    """Choose thresholds and calibrate on what was held out."""
    settled, held = _balance(embedded, held, examples, learned)
    bonuses = choose_bonuses(held.tuned(settled), examples, definitions)
    settled = replace(settled, span_bonus=bonuses)
    settled = replace(settled, cut=fit_cut(held.tuned(settled), examples, definitions))
    resolutions = resolve_held(held.tuned(settled), examples, definitions)
    schemas = {name: d.parameters for name, d in definitions.items()}
    scores = [
        score_calls(r.calls, [c for c in e.case.calls if c.name in definitions], schemas)
        for r, e in zip(resolutions, examples, strict=True)
    ]
    whole = [i for rows, model in held.models if model.taggers for i in rows]
    right = np.array([scores[i].call_right for i in whole])
    width = [confidence_features(resolutions[i], examples[i].prior) for i in whole]
    settled = replace(
        settled,
        calibration=thresholds.logistic(np.array(width), right),
        bounds=bounds_of(resolutions, examples, definitions),
    )
    needs = np.array([e.label != NONE for e in examples])
    scarce = np.array([not learned.few.isdisjoint(e.labels) for e in examples])
    gate = thresholds.set_gate(gate, held.gate_scores, needs, scarce) if gate else _open_gate()
    acts = np.array([bool(r.calls) for r in resolutions])
    metrics = {
        "cases": len(examples),
        "stage1_gate_accuracy": float(((held.gate_scores >= gate.threshold) == needs).mean()),
        "gate_accuracy": float((acts == needs).mean()),
        "function_accuracy": float(np.mean([s.function_right for s in scores])),
        "call_accuracy": float(right.mean()),
        "no_function_recall": float(1 - acts[~needs].mean()) if (~needs).any() else None,
        "request_recall": float(acts[needs].mean()) if needs.any() else None,
    }
    rounded = {name: v if v is None else round(v, 4) for name, v in metrics.items()}
    return Trained(gate, settled, rounded, _reliability(np.array(width), right))


def _balance(
    embedded: EmbeddedModel, held: Held, examples: Sequence[Example], learned: Learned
) -> tuple[EmbeddedModel, Held]:
    """The numbers with which labels compete; functions with few examples have no say in them."""
    labels, gold = learned.labels, [e.labels for e in examples]
    plenty = np.array([learned.few.isdisjoint(names) for names in gold])
    first = np.array([labels.index(names[0]) for names in gold])[plenty]
    common = held.function_scores[plenty].copy()
    common[:, [labels.index(name) for name in learned.few]] = -np.inf
    none = labels.index(NONE) if NONE in labels else -1
    bias = thresholds.none_bias(common, first, none) if none >= 0 else 0.0
    lines = few.lines(held.function_scores, gold, labels, learned.few, bias)
    balanced = replace(
        embedded,
        chooser=few.with_lines(embedded.chooser, lines),
        temperature=thresholds.temperature(common, first),
        none_bias=bias,
        scarce=learned.few,
    )
    return balanced, held.with_lines(lines)


def _reliability(width: np.ndarray, right: np.ndarray) -> dict[str, Any]:
    """Brier score, ECE and bins of the confidence, on text by writers not seen.

    Half of the cases calibrate and the other half is measured, and the other way round, so
    that the calibration is not judged on what it was fitted to.
    """
    halves = np.arange(len(right)) % 2 == 0
    sure = np.zeros(len(right))
    for half in (halves, ~halves):
        weights = np.array(thresholds.logistic(width[~half], right[~half]))
        sure[half] = 1 / (1 + np.exp(-(width[half] @ weights[:-1] + weights[-1])))
    return calibration(sure.tolist(), right.tolist())


def _open_gate() -> Gate:
    """A gate that lets everything through: the cases hold nothing that asks for no function."""
    return Gate(BinaryLinear({}, 1.0), 0.0, -1e9)
