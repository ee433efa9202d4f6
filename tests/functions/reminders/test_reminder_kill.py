"""What was acknowledged is there after the process was killed at any moment."""

import random

from funcgemma.functions.reminders.store import ReminderStore

ROUNDS = 6
WRITER = """
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from funcgemma.functions.reminders.entries import Draft
from funcgemma.functions.reminders.store import ReminderStore

now = datetime.fromisoformat("2026-05-13T10:20+09:00")
with ReminderStore(Path(sys.argv[1])) as store:
    while True:
        entry = store.create(Draft(description="x" * 200), now=now)
        print("created", entry.id, flush=True)
        if entry.id % 3 == 0:
            store.update(replace(entry, description="changed"), now=now)
            print("changed", entry.id, flush=True)
        if entry.id % 5 == 0:
            store.delete(entry.id, now=now)
            print("deleted", entry.id, flush=True)
"""


def test_killed_at_random_moments(path, start_process):
    rng = random.Random(5)
    acknowledged = []
    cut_off = set()  # what a killed process was at: done perhaps, but not said any more
    for _ in range(ROUNDS):
        process = start_process(WRITER, path)
        for _ in range(rng.randrange(1, 120)):
            acknowledged.append(process.stdout.readline().split())
        process.kill()
        acknowledged += [
            line.split() for line in process.communicate()[0].splitlines(True) if line[-1] == "\n"
        ]
        cut_off.add(int(acknowledged[-1][1]))
        check(path, acknowledged, cut_off)


def check(path, acknowledged, cut_off):
    """Each entry is as it was acknowledged last; those in `cut_off` may be one step further."""
    last = {int(number): word for word, number in acknowledged}
    with ReminderStore(path) as store:
        assert store.warning is None
        found = {entry.id: entry.description for entry in store.entries()}
    newest = max(last)
    for number, word in last.items():
        if word == "deleted":
            assert number not in found
        elif number not in cut_off:
            assert found[number] == ("changed" if word == "changed" else "x" * 200)
        elif number in found:
            assert word == "created" or found[number] == "changed"
        else:
            assert number % 5 == 0
    assert not [number for number in found if number > newest + 1]
