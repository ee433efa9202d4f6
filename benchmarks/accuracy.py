"""Accuracy on the held-out writers: mean and spread over 5 seeds.

    .venv/bin/python benchmarks/accuracy.py --why "reason for opening the held-out text"

A seed decides how writers are parted for thresholds and calibration, the order in
which the linear models see the text, and which tenth of the training cases is
left out, so that the spread says something about the corpus as well. Each run
is logged in benchmarks/heldout/OPENINGS.md.
"""

import argparse
import json
import random
import statistics
import subprocess
from datetime import date
from pathlib import Path

from funcgemma.data.shipped import read_files, shipped_files
from funcgemma.evaluation.metrics import judge
from funcgemma.evaluation.report import build_report
from funcgemma.functions.builtin import builtin_registry
from funcgemma.router import Router
from funcgemma.training.build import build_model

HERE = Path(__file__).parent
SEEDS = 5
LEFT_OUT = 0.1


def spread(values):
    """Mean and standard deviation of numbers, None left out."""
    known = [v for v in values if v is not None]
    if not known:
        return None
    return {"mean": round(statistics.mean(known), 4), "sd": round(statistics.pstdev(known), 4)}


def one_seed(seed, cases, heldout, registry):
    """Train with a seed and judge the held-out cases; earlier turns are text only."""
    kept = [c for c in cases if random.Random(f"{seed}-{c.id}").random() >= LEFT_OUT]
    model = build_model(kept, registry, seed=seed)
    router = Router(registry, model)
    decisions = [router.route(plain(case)) for case in heldout]
    judged = judge(heldout, decisions, registry.schemas)
    gate = [model.gate.needs_function(c.text) == bool(c.calls) for c in heldout]
    result = build_report(judged, registry.names, table=False)
    result["summary"]["stage1_gate_accuracy"] = round(sum(gate) / len(gate), 4)
    return result


def plain(case):
    """The dialogue as outsiders see it: earlier calls are not given."""
    from funcgemma.records import Dialogue, Message

    history = tuple(Message(m.role, m.content) for m in case.history)
    return Dialogue((*history, Message("user", case.text)), case.now)


def main():
    """Run all seeds, write benchmarks/results/accuracy.json and log the opening."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--why", required=True)
    why = parser.parse_args().why
    registry = builtin_registry()
    cases = read_files(shipped_files(), registry.schemas)
    heldout = read_files(sorted((HERE / "heldout").glob("*/*.txt")), registry.schemas)
    runs = [one_seed(seed, cases, heldout, registry) for seed in range(SEEDS)]
    summaries = [run["summary"] for run in runs]
    result = {
        "training_cases": len(cases),
        "training_writers": len({c.writer for c in cases}),
        "heldout_cases": len(heldout),
        "heldout_writers": len({c.writer for c in heldout}),
        "seeds": SEEDS,
        "summary": {name: spread([s[name] for s in summaries]) for name in summaries[0]},
        "brier": spread([run["brier"] for run in runs]),
        "functions": {
            name: {
                rate: spread([run["functions"][name][rate] for run in runs])
                for rate in ("precision", "recall", "f1")
            }
            for name in runs[0]["functions"]
        },
        "writers": {
            name: spread([run["writers"][name]["call_accuracy"] for run in runs])
            for name in runs[0]["writers"]
        },
    }
    (HERE / "results" / "accuracy.json").write_text(
        json.dumps(result, indent=1, ensure_ascii=False) + "\n"
    )
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, cwd=HERE
    )
    with (HERE / "heldout" / "OPENINGS.md").open("a") as log:
        log.write(f"| {date.today()} | {why} | {commit.stdout.strip() or '-'} |\n")
    print(json.dumps(result["summary"], indent=1))


if __name__ == "__main__":
    main()
