"""How much the corpus repeats itself, and how far the held-out text is from it: counts only.

    .venv/bin/python benchmarks/duplicates.py

Writes benchmarks/results/duplicates.json. The held-out text is compared by the machine;
nothing of it is printed or kept.
"""

import json
from pathlib import Path

from funcgemma.data.duplicates import find_duplicates
from funcgemma.data.shipped import read_files, shipped_files
from funcgemma.data.similar import NEAR, SHORT
from funcgemma.functions.builtin import builtin_registry

HERE = Path(__file__).parent


def counts(found):
    """Pairs within and between writers, and short texts that are the same, apart."""
    return {
        "within_writers": _kinds(found, True),
        "between_writers": _kinds(found, False),
        "same_short_texts": len(found.short),
        "cases_with_them": sum(len(cases) for _, cases in found.short),
    }


def _kinds(found, within):
    return {
        "same": found.count(within=within, same=True),
        "near": found.count(within=within, same=False),
    }


def across(training, heldout):
    """Training and held-out text: how many pairs, and how many held-out cases they touch."""
    ours = {case.writer for case in training}
    found = find_duplicates((*training, *heldout))
    pairs = [p for p in found.pairs if (p.first.writer in ours) != (p.second.writer in ours)]
    touched = {(c.id, c.text) for p in pairs for c in (p.first, p.second) if c.writer not in ours}
    short = [[case.writer in ours for case in cases] for _, cases in found.short]
    mixed = [sides for sides in short if any(sides) and not all(sides)]
    return {
        "heldout_cases": len(heldout),
        "same": sum(p.similarity == 1.0 for p in pairs),
        "near": sum(p.similarity < 1.0 for p in pairs),
        "heldout_cases_touched": len(touched),
        "same_short_texts": len(mixed),
        "heldout_cases_with_them": sum(not side for sides in mixed for side in sides),
    }


def main():
    registry = builtin_registry()
    training = read_files(shipped_files(), registry.schemas)
    heldout = read_files(sorted((HERE / "heldout").glob("*/*.txt")), registry.schemas)
    result = {
        "method": f"normalised text; Jaccard of character 4-grams >= {NEAR}",
        "short": f"texts of fewer than {SHORT} characters, told apart",
        "training_cases": len(training),
        "training_writers": len({case.writer for case in training}),
        "training": counts(find_duplicates(training)),
        "training_and_heldout": across(training, heldout),
    }
    path = HERE / "results" / "duplicates.json"
    path.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n")
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
