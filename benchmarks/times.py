"""Dates and times: how many of `times/expressions.tsv` the normaliser reads exactly.

    .venv/bin/python benchmarks/times.py [--errors FILE]

The expressions were written by somebody who had not seen the normaliser, and are not used to
develop it. Writes benchmarks/results/times.json.
"""

import argparse
import json
from collections import defaultdict
from datetime import datetime
from pathlib import Path

from funcgemma.language.values.times import find_times

HERE = Path(__file__).parent


def readings(text, now):
    """Every value that the expressions of a text can stand for."""
    found = set()
    for whole in find_times(text, now):
        for time in (whole, *whole.parts):
            found |= {time.value, time.first_day}
            if time.recurrence:
                found.add(f"{time.recurrence} @ {time.value}")
    return found


def main():
    """Compare each line and write shares by kind and language."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--errors", type=Path)
    errors = parser.parse_args().errors
    rows = defaultdict(list)
    wrong = []
    for line in (HERE / "times/expressions.tsv").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        number, now, kind, said, gold = line.split("\t")
        if number == "id":
            continue
        found = readings(said, datetime.fromisoformat(now))
        right = not found.isdisjoint(gold.split(" | "))
        for key in ("all", kind, number.split("-")[0]):
            rows[key].append(right)
        if not right:
            wrong.append(f"{line}\t{sorted(map(str, found))}")
    result = {
        key: {"expressions": len(hits), "exact": round(sum(hits) / len(hits), 4)}
        for key, hits in rows.items()
    }
    (HERE / "results" / "times.json").write_text(json.dumps(result, indent=1) + "\n")
    print(json.dumps(result, indent=1))
    if errors:
        errors.write_text("\n".join(wrong) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
