"""Development score: every training writer is held out in turn (in parts), mistakes may be read.

    .venv/bin/python benchmarks/crosswriter.py [--errors FILE] [--language ja]

Writes benchmarks/results/crosswriter.json. Thresholds are chosen inside each
training part, so the numbers are honest; they are used for development, so
they flatter a little. The held-out writers (accuracy.py) are the report.
"""

import argparse
import json
from pathlib import Path

from accuracy import plain

from funcgemma.data.shipped import read_files, shipped_files
from funcgemma.evaluation.metrics import judge
from funcgemma.evaluation.report import build_report
from funcgemma.functions.builtin import builtin_registry
from funcgemma.router import Router
from funcgemma.training.build import build_model
from funcgemma.training.folds import writer_folds

HERE = Path(__file__).parent


def main():
    """Judge every case with a model that has not seen its writer."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--errors", type=Path)
    parser.add_argument("--folds", type=int, default=5)
    options = parser.parse_args()
    registry = builtin_registry()
    cases = read_files(shipped_files(), registry.schemas)
    judged = []
    for test in writer_folds(cases, options.folds, seed=1):
        inside = set(test)
        model = build_model([c for i, c in enumerate(cases) if i not in inside], registry)
        router = Router(registry, model)
        held = [cases[i] for i in test]
        judged += judge(held, [router.route(plain(c)) for c in held], registry.schemas)
    result = build_report(judged, registry.names, table=False)
    if options.errors:
        with options.errors.open("w") as file:
            for j in judged:
                if not j.score.call_right:
                    sure = f"{j.decision.stage} {j.decision.confidence:.2f}"
                    file.write(
                        f"{j.case.id} [{sure}] {j.case.text}\n"
                        f"   gold {[(c.name, c.arguments) for c in j.case.calls]}\n"
                        f"   got  {[(c.name, c.arguments) for c in j.decision.calls]}\n"
                    )
    (HERE / "results" / "crosswriter.json").write_text(
        json.dumps(result, indent=1, ensure_ascii=False) + "\n"
    )
    print(json.dumps(result["summary"], indent=1))
    for name, rates in result["functions"].items():
        print(name, rates)
    for name, rates in result["writers"].items():
        print(
            name,
            rates["cases"],
            rates["function_accuracy"],
            rates["call_accuracy"],
            rates["no_function_recall"],
        )


if __name__ == "__main__":
    main()
