"""Damaged files: put aside, recovered as far as possible, and never in silence."""

import random
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import datetime

import pytest

from funcgemma.errors import StoreError
from funcgemma.functions.reminders.entries import Draft
from funcgemma.functions.reminders.store import ReminderStore

COUNT = 200
PAGE = 4096


@pytest.fixture
def kept(path, now):
    """Entries in a closed file, one of them changed and one deleted."""
    with ReminderStore(path) as store:
        for number in range(COUNT):
            start = datetime(2026, 5, 14, number % 24)
            store.create(Draft(description=f"予定 {number}", start=start), now=now)
        store.update(replace(store.get(3), description="変更"), now=now)
        store.delete(5, now=now)
        return store.entries()


def reopen(path, now):
    with ReminderStore(path, clock=lambda: now) as store:
        return store.warning, store.repair, store.entries()


def break_file(path, change):
    data = bytearray(path.read_bytes())
    change(data)
    path.write_bytes(data)
    return bytes(data)


def test_nothing_is_said_about_a_good_file(path, kept, now):
    assert reopen(path, now) == (None, None, kept)


@pytest.mark.parametrize("size", [16, 100, PAGE])
@pytest.mark.parametrize("filling", ["random", "zero"])
def test_a_destroyed_beginning_costs_nothing(path, kept, now, size, filling):
    junk = random.Random(1).randbytes(size) if filling == "random" else bytes(size)
    damaged = break_file(path, lambda data: data.__setitem__(slice(0, size), junk))
    warning, repair, entries = reopen(path, now)
    assert entries == kept
    assert str(repair.backup) in warning
    assert repair.backup.name == "reminders.corrupt-20260513-102000.db"
    assert repair.backup.read_bytes() == damaged


def test_a_destroyed_page_costs_little(path, kept, now):
    pages = path.stat().st_size // PAGE
    original = path.read_bytes()
    for page in range(1, pages, 5):
        path.write_bytes(original)
        junk = random.Random(page).randbytes(PAGE)
        start = page * PAGE
        break_file(path, lambda data: data.__setitem__(slice(start, start + PAGE), junk))  # noqa: B023
        warning, _, entries = reopen(path, now)
        assert warning
        assert set(entries) <= set(kept)
        assert len(entries) >= len(kept) - 60  # the log holds what the table has lost


def test_swapped_pages(path, kept, now):
    def swap(data):
        data[3 * PAGE : 4 * PAGE], data[7 * PAGE : 8 * PAGE] = (
            data[7 * PAGE : 8 * PAGE],
            data[3 * PAGE : 4 * PAGE],
        )

    break_file(path, swap)
    warning, _, entries = reopen(path, now)
    assert warning
    assert len(entries) >= len(kept) // 2


@pytest.mark.parametrize("share", [0.9, 0.5, 0.2])
def test_a_cut_off_file(path, kept, now, share):
    size = int(path.stat().st_size * share)
    damaged = break_file(path, lambda data: data.__delitem__(slice(size, None)))
    warning, repair, entries = reopen(path, now)
    assert warning
    assert repair.backup.read_bytes() == damaged
    assert len(entries) >= len(kept) * (share - 0.2)
    assert {entry.id for entry in entries} <= set(range(1, COUNT + 1))


@pytest.mark.parametrize(
    "content", [b"x", b"x" * 600, b"not a database, but a letter" * 500, bytes(PAGE * 3)]
)
def test_something_else_entirely(path, now, content):
    path.write_bytes(content)
    warning, repair, entries = reopen(path, now)
    assert entries == ()
    assert repair.backup.read_bytes() == content
    assert str(repair.backup) in warning


def test_an_empty_file_is_mentioned(path, kept, now):
    path.write_bytes(b"")
    warning, repair, entries = reopen(path, now)
    assert "empty" in warning
    assert repair.backup is None
    assert entries == ()
    assert reopen(path, now)[0] is None


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE entries SET created = 'yesterday' WHERE id = 7",
        "UPDATE entries SET \"start\" = '2026-99-99' WHERE id = 7",
        "UPDATE entries SET recurrence = 'FREQ=SECONDLY' WHERE id = 7",
        "UPDATE entries SET description = CAST(x'ff41' AS TEXT) WHERE id = 7",
        "UPDATE entries SET zone = x'00' WHERE id = 7",
        "DROP TABLE entries",
        "PRAGMA user_version = 0",
    ],
)
def test_values_that_cannot_be_read(path, kept, now, damage):
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(damage)
    warning, _, entries = reopen(path, now)
    assert warning
    assert entries == kept


def test_the_repaired_file_is_a_good_one(path, kept, now):
    break_file(path, lambda data: data.__setitem__(slice(0, 100), bytes(100)))
    assert reopen(path, now)[0]
    assert reopen(path, now) == (None, None, kept)
    with ReminderStore(path) as store:
        assert store.undo(now=now) == ()
        made = store.create(Draft(description="新しい"), now=now)
        assert made.id == COUNT + 1
        store.undo(now=now)
        assert store.entries() == kept
    leftover = {file.name for file in path.parent.iterdir()}
    assert leftover == {"reminders.db", "reminders.corrupt-20260513-102000.db"}


def test_what_was_not_yet_moved_into_the_file_is_read_too(path, kept, now, tmp_path):
    """A file copied while it is open: the newest entries are in the log beside it."""
    copy = tmp_path / "copy.db"
    with ReminderStore(path) as store:
        new = store.create(Draft(description="新しい"), now=now)
        copy.write_bytes(path.read_bytes())
        beside = path.with_name(f"{path.name}-wal").read_bytes()
    copy.with_name("copy.db-wal").write_bytes(beside)
    break_file(copy, lambda data: data.__setitem__(slice(5 * PAGE, 6 * PAGE), bytes(PAGE)))
    warning, _, entries = reopen(copy, now)
    assert warning
    assert entries == (*kept, new)


def test_backups_have_names_of_their_own(path, now):
    for number in range(3):
        path.write_bytes(b"junk %d" % number)
        reopen(path, now)
    backups = sorted(path.parent.glob("*corrupt*"))
    assert [b.name for b in backups] == [
        "reminders.corrupt-20260513-102000-2.db",
        "reminders.corrupt-20260513-102000-3.db",
        "reminders.corrupt-20260513-102000.db",
    ]
    assert {b.read_bytes() for b in backups} == {b"junk 0", b"junk 1", b"junk 2"}


def test_a_file_that_breaks_while_it_is_open(path, kept, now):
    with ReminderStore(path) as store:
        break_file(path, lambda data: data.__setitem__(slice(PAGE, None), bytes(len(data) - PAGE)))
        with pytest.raises(StoreError) as caught:
            store.entries()
    assert "repairs" in caught.value.hint


OPENER = """
import sys
from pathlib import Path
from funcgemma.functions.reminders.store import ReminderStore

with ReminderStore(Path(sys.argv[1])) as store:
    print(len(store.entries()), store.warning is not None)
"""


def test_two_processes_repair_once(path, kept, start_process):
    break_file(path, lambda data: data.__setitem__(slice(0, 100), bytes(100)))
    processes = [start_process(OPENER, path) for _ in range(2)]
    said = sorted(process.communicate()[0].split() for process in processes)
    assert {count for count, _ in said} == {str(len(kept))}
    assert "True" in {warned for _, warned in said}
    assert len(list(path.parent.glob("*corrupt*"))) == 1
