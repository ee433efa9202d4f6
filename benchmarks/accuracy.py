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
from funcgemma.evaluation.metrics import by_key, judge, summary
from funcgemma.evaluation.report import build_report
from funcgemma.functions.builtin import builtin_registry
from funcgemma.router import Router
from funcgemma.training.build import build_model

HERE = Path(__file__).parent
SEEDS = 5
LEFT_OUT = 0.1
EVERYDAY = ("h31", "h32")
PHENOMENA = frozenset(("multi", "missing", "negation", "quoted", "speech", "dialect", "followup"))
RATES = ("function_accuracy", "call_accuracy", "no_function_recall", "request_recall")


def spread(values):
    """Mean and standard deviation of numbers, None left out."""
    known = [v for v in values if v is not None]
    if not known:
        return None
    return {"mean": round(statistics.mean(known), 4), "sd": round(statistics.pstdev(known), 4)}


def group_of(case):
    """Which part of the held-out text a case belongs to."""
    if case.language == "en":
        return "english"
    return "japanese_everyday" if case.writer in EVERYDAY else "japanese_registers"


def subjects_of(case):
    """The phenomena that a case shows; `plain` are requests without any."""
    marks = set(case.tags) & PHENOMENA
    if case.history:
        marks.add("dialogue")
    if not marks and case.calls:
        marks.add("plain_request")
    return sorted(marks)


def one_seed(seed, cases, heldout, registry):
    """Train with a seed and judge the held-out cases; earlier turns are text only."""
    kept = [c for c in cases if random.Random(f"{seed}-{c.id}").random() >= LEFT_OUT]
    model = build_model(kept, registry, seed=seed)
    router = Router(registry, model)
    decisions = [router.route(plain(case)) for case in heldout]
    judged = judge(heldout, decisions, registry.schemas)
    gate = [model.gate.needs_function(c.text) == bool(c.calls) for c in heldout]
    result = dict(build_report(judged, registry.names, table=False))
    result["summary"]["stage1_gate_accuracy"] = round(sum(gate) / len(gate), 4)
    unasked = [j for j in judged if not j.case.calls]
    requests = [j for j in judged if j.case.calls]
    result["summary"]["acts_unasked_without_asking_first"] = share(unasked, surely_acts)
    result["summary"]["requests_acted_on_without_asking_first"] = share(requests, surely_acts)
    result["groups"] = by_key(judged, lambda case: [group_of(case)], summary)
    result["subjects"] = by_key(judged, subjects_of, summary)
    return result


def surely_acts(judged):
    """Whether calls were decided that the router is sure enough of to run them unasked."""
    return bool(judged.decision.calls) and not judged.decision.unsure


def share(judged, holds):
    """The share of cases for which something holds."""
    return round(sum(map(holds, judged)) / len(judged), 4)


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
        "ece_debiased": spread([run["calibration"]["ece_debiased"] for run in runs]),
        "functions": {
            name: {
                rate: spread([run["functions"][name][rate] for run in runs])
                for rate in ("precision", "recall", "f1")
            }
            for name in runs[0]["functions"]
        },
        **{
            key: {
                name: {
                    "cases": runs[0][key][name]["cases"],
                    **{rate: spread([run[key][name][rate] for run in runs]) for rate in RATES},
                }
                for name in runs[0][key]
            }
            for key in ("groups", "subjects", "writers")
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
