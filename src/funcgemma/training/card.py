"""CARD.md: what a model is, made of, and how well it did on other writers' text."""

from collections.abc import Mapping
from typing import Any

from funcgemma.model import Model

WIDTH = 40
"""Characters of a full bar of the reliability diagram."""


def model_card(model: Model) -> str:
    """The card of a model, as Markdown."""
    manifest = model.manifest
    names = ", ".join(f["name"] for f in manifest["functions"])
    rows = "\n".join(f"| {name} | {value} |" for name, value in manifest["metrics"].items())
    return (
        "# A FuncGemma router\n\n"
        "Decides which function an utterance asks for, and with which arguments. "
        "A TF-IDF + LinearSVC gate, a linear function chooser over n-grams, words and word "
        "vectors, CRF argument taggers.\n\n"
        f"Functions: {names}\n\n"
        f"Trained on {manifest['cases']} cases by {manifest['writers']} writers "
        f"and {manifest['corrections']} corrections of its user, "
        f"seed {manifest['seed']}, data `{manifest['data'][:16]}`.\n\n"
        "Measured on the same cases, each writer held out in turn "
        "(thresholds were chosen on these scores, so they are slightly flattering):\n\n"
        f"| measure | value |\n|---|---|\n{rows}\n\n"
        + _confidence(manifest["calibration"])
        + _false_actions(manifest["false_actions"])
    )


def _confidence(measured: Mapping[str, Any]) -> str:
    """The reliability diagram: `#` is the share that is right, `|` the confidence."""
    lines = []
    for one in measured["bins"]:
        bar = list("#" * round(WIDTH * one["accuracy"]) + " " * WIDTH)[: WIDTH + 1]
        bar[round(WIDTH * one["confidence"])] = "|"
        lines.append(
            f"{one['low']:.1f}-{one['high']:.1f} {''.join(bar).rstrip():<{WIDTH + 2}}"
            f"{100 * one['accuracy']:5.1f} % of {one['count']}"
        )
    return (
        "## Confidence\n\n"
        "How many decisions of a confidence are right as a whole (`#`), beside the confidence "
        "(`|`), by writers that neither the models nor the calibration have seen:\n\n"
        "```\n" + "\n".join(lines) + "\n```\n\n"
        f"Brier score {measured['brier']}, ECE {measured['ece']}, "
        f"debiased {measured['ece_debiased']}.\n\n"
    )


def _false_actions(held: Mapping[str, Any]) -> str:
    rows = "\n".join(
        f"| {100 * float(rate):g} % | " + " | ".join(_percent(x) for x in bounds.values()) + " |"
        for rate, bounds in held["allowed"].items()
    )
    return (
        "## False actions\n\n"
        f"On {held['negatives']} everyday texts that ask for nothing, by writers not seen, the "
        "rate of calls made without asking first stays below these bounds with 95 % confidence "
        "(exact, one-sided; a call that cannot be taken back is held to none at all on every "
        "text that asks for nothing):\n\n"
        "| `max_false_action` | read | write | irreversible |\n|---|---|---|---|\n"
        f"{rows}\n"
    )


def _percent(rate: float) -> str:
    return f"{100 * rate:.2f} %"
