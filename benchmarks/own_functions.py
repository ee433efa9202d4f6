"""How well functions of a user's own work after one training, from ten examples each.

    .venv/bin/python benchmarks/own_functions.py [--errors FILE] [--unread FILE]

The ten functions and their examples (own_functions/functions.py) and the test utterances
(own_functions/test.txt) were written by different people; neither took part in development.
Writes benchmarks/results/own_functions.json: recall of each new function on the test
utterances, false actions on texts that only use its words, and what the built-in functions
lose on writers that are held out, with and without the ten: a third of the writers at a time,
so that every one is held out once.

The corpus knows seven functions: to it an alarm is a reminder. Whoever registers `set_alarm`
wants alarms to go there. So the change is given twice: as the corpus has it, and without
texts that belong to the function that took them, by the reading of two people who did not
know what any model makes of them (own_functions/readings.tsv; what they did not both give to
the function counts as lost). `--unread` lists what was taken and has no readings yet, for them.
"""

import argparse
import csv
import json
import statistics
from collections import defaultdict
from pathlib import Path

from accuracy import plain

from funcgemma.data.corpus import read_corpus
from funcgemma.data.examples import example_cases
from funcgemma.data.scoring import score_calls
from funcgemma.data.shipped import read_files, shipped_files
from funcgemma.functions.builtin import builtin_registry
from funcgemma.functions.plugins import known_functions
from funcgemma.router import Router
from funcgemma.training.build import build_model
from funcgemma.training.folds import writer_folds

HERE = Path(__file__).parent
PARTS = 3


def recalls(router, cases, schemas):
    """Function -> (share of its requests routed to it, share with every argument right)."""
    rows = defaultdict(list)
    for case in cases:
        decision = router.route(plain(case))
        score = score_calls(decision.calls, case.calls, schemas)
        name = case.calls[0].name if case.calls else "no_function"
        rows[name].append((score.function_right, score.call_right, case, decision))
    return rows


def read_readings(path):
    """Case -> the functions that both readers gave it to."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t")
        next(rows)
        return {case: functions(first) & functions(second) for case, first, second in rows}


def functions(reading):
    return {name for one in reading.split("|") for name in one.split("+")}


def change(before, after, rightful):
    """Share of right answers gained or lost, without texts that went where they belong."""
    changes = []
    for (was, _, case, _), (now, _, _, decision) in zip(before, after, strict=True):
        taken = {call.name for call in decision.calls} & rightful.get(case.id, set())
        changes.append(0 if taken else int(now) - int(was))
    return statistics.mean(changes)


def line_of(case):
    """A case as a reader gets it: its id, what was said before, and the utterance."""
    said = [f"{m.role}: {m.content}" for m in case.dialogue.messages[:-1][-4:]]
    columns = (case.id, " / ".join(said), case.text)
    return "\t".join(" ".join(column.split()) for column in columns) + "\n"


def rate(rows, column):
    return round(sum(row[column] for row in rows) / len(rows), 4)


def main():
    """Train with and without the ten functions and compare."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--errors", type=Path)
    parser.add_argument("--unread", type=Path)
    options = parser.parse_args()
    errors = options.errors
    folder = HERE / "own_functions"
    builtin = builtin_registry()
    registry = known_functions(folder / "functions.py")
    schemas = registry.schemas
    own = [name for name in registry.names if name not in builtin.names]
    corpus = read_files(shipped_files(), builtin.schemas)
    examples = example_cases(registry)
    test = read_corpus(folder / "test.txt", schemas)
    readings = read_readings(folder / "readings.tsv")
    rightful = {case: names & set(own) for case, names in readings.items()}
    found, lost, net, stolen = defaultdict(list), defaultdict(list), defaultdict(list), []
    unread = []
    for seed, held in enumerate(writer_folds(corpus, PARTS, seed=0)):
        inside = set(held)
        kept = [case for i, case in enumerate(corpus) if i not in inside]
        others = [corpus[i] for i in held]
        extended = Router(registry, build_model([*kept, *examples], registry, seed=seed))
        rows = recalls(extended, test, schemas)
        for name in (*own, "no_function"):
            found[name].append((rate(rows[name], 0), rate(rows[name], 1)))
        base = Router(builtin, build_model(kept, builtin, seed=seed))
        before, after = recalls(base, others, schemas), recalls(extended, others, schemas)
        for name in (*builtin.names, "no_function"):
            lost[name].append(change(before[name], after[name], {}))
            net[name].append(change(before[name], after[name], rightful))
        taken = [
            case
            for rows in after.values()
            for _, _, case, decision in rows
            if any(call.name in own for call in decision.calls)
        ]
        stolen.append(len(taken) / len(others))
        unread += [case for case in taken if case.id not in readings]
        if errors and not seed:
            wrong = [row for name in rows for row in rows[name] if not row[1]]
            errors.write_text(
                "".join(
                    f"{c.text}\n   gold {[(x.name, x.arguments) for x in c.calls]}\n"
                    f"   got  {[(x.name, x.arguments) for x in d.calls]} {d.confidence:.2f}\n"
                    for _, _, c, d in wrong
                )
            )
    if options.unread:
        options.unread.write_text("".join(map(line_of, unread)), encoding="utf-8")
    result = {
        "examples_each": 10,
        "test_requests": sum(bool(case.calls) for case in test),
        "test_negatives": sum(not case.calls for case in test),
        "parts": PARTS,
        "recall": {n: round(statistics.mean(r for r, _ in v), 4) for n, v in found.items()},
        "whole_call": {n: round(statistics.mean(c for _, c in v), 4) for n, v in found.items()},
        "other_text_taken": round(statistics.mean(stolen), 4),
        "builtin_change": {n: round(statistics.mean(v), 4) for n, v in net.items()},
        "builtin_change_as_the_corpus_has_it": {
            n: round(statistics.mean(v), 4) for n, v in lost.items()
        },
    }
    result["mean_recall"] = round(statistics.mean(result["recall"][n] for n in own), 4)
    (HERE / "results" / "own_functions.json").write_text(
        json.dumps(result, indent=1, ensure_ascii=False) + "\n"
    )
    print(json.dumps(result, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
