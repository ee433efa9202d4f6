"""Make a complete model: train, and write down what it was made of."""

from collections.abc import Sequence

from funcgemma.data.cases import cases_hash
from funcgemma.functions.registry import FunctionRegistry
from funcgemma.model import Model
from funcgemma.records import Case
from funcgemma.training.bounds import bounds_summary
from funcgemma.training.corrections import CORRECTION
from funcgemma.training.distilled import DISTILLED, is_measured
from funcgemma.training.held import Progress
from funcgemma.training.train import train


def build_model(
    cases: Sequence[Case],
    registry: FunctionRegistry,
    *,
    seed: int = 0,
    progress: Progress = lambda share, text: None,
) -> Model:
    """Train on cases and describe the result in the manifest.

    Args:
        cases: Text by several writers, corrections and distilled cases (known by their tags).
        registry: The functions.
        seed: Of everything that is drawn.
        progress: Called with the share that is done and what is being done.

    Raises:
        TrainingError: There is too little to learn from.
    """
    trained = train(cases, {d.name: d for d in registry}, seed=seed, progress=progress)
    corrections = sum(CORRECTION in case.tags for case in cases)
    distilled = sum(DISTILLED in case.tags for case in cases)
    manifest = {
        "kind": "funcgemma-router",
        "seed": seed,
        "registry": registry.fingerprint(),
        "functions": [d.schema for d in registry],
        "data": cases_hash(cases),
        "cases": len(cases) - corrections - distilled,
        "corrections": corrections,
        **({"distilled": distilled} if distilled else {}),
        "writers": len({case.writer for case in cases if is_measured(case)}),
        "metrics": trained.metrics,
        "calibration": trained.reliability,
        "false_actions": bounds_summary(trained.embedded.bounds),
        "thresholds": {
            "gate": trained.gate.threshold,
            "gate_reject": trained.gate.reject,
            "none_bias": trained.embedded.none_bias,
            "temperature": trained.embedded.temperature,
        },
    }
    return Model(trained.gate, trained.embedded, manifest)
