"""Make a complete model: train, and write down what it was made of."""

import hashlib
import json
from collections.abc import Sequence

from funcgemma.data.cases import case_to_json
from funcgemma.functions.registry import FunctionRegistry
from funcgemma.model import Model
from funcgemma.records import Case
from funcgemma.training.train import Progress, train


def build_model(
    cases: Sequence[Case],
    registry: FunctionRegistry,
    *,
    seed: int = 0,
    progress: Progress = lambda share, text: None,
) -> Model:
    """Train on cases and describe the result in the manifest.

    Raises:
        TrainingError: There is too little to learn from.
    """
    trained = train(cases, {d.name: d for d in registry}, seed=seed, progress=progress)
    manifest = {
        "kind": "funcgemma-router",
        "seed": seed,
        "registry": registry.fingerprint(),
        "functions": [d.schema for d in registry],
        "data": cases_hash(cases),
        "cases": len(cases),
        "writers": len({case.writer for case in cases}),
        "metrics": trained.metrics,
        "thresholds": {
            "gate": trained.gate.threshold,
            "gate_reject": trained.gate.reject,
            "none_bias": trained.embedded.none_bias,
            "temperature": trained.embedded.temperature,
        },
    }
    return Model(trained.gate, trained.embedded, manifest)


def cases_hash(cases: Sequence[Case]) -> str:
    """SHA-256 over the cases as they would stand in a file."""
    digest = hashlib.sha256()
    for case in cases:
        digest.update(json.dumps(case_to_json(case), ensure_ascii=True, sort_keys=True).encode())
    return digest.hexdigest()


def model_card(model: Model) -> str:
    """CARD.md: what the model is, made of, and how well it did on other writers' text."""
    manifest = model.manifest
    names = ", ".join(f["name"] for f in manifest["functions"])
    rows = "\n".join(f"| {name} | {value} |" for name, value in manifest["metrics"].items())
    return (
        "# A FuncGemma router\n\n"
        "Decides which function an utterance asks for, and with which arguments. "
        "A TF-IDF + LinearSVC gate, a linear function chooser, CRF argument taggers.\n\n"
        f"Functions: {names}\n\n"
        f"Trained on {manifest['cases']} cases by {manifest['writers']} writers, "
        f"seed {manifest['seed']}, data `{manifest['data'][:16]}`.\n\n"
        "Measured on the same cases, each writer held out in turn "
        "(thresholds were chosen on these scores, so they are slightly flattering):\n\n"
        f"| measure | value |\n|---|---|\n{rows}\n"
    )
