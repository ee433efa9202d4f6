"""The file: other versions, other programs, other processes, and places that cannot be written."""

import sqlite3
import threading
from contextlib import closing
from datetime import datetime

import pytest

from funcgemma.errors import StoreError
from funcgemma.functions.reminders.entries import Draft
from funcgemma.functions.reminders.schema import VERSION
from funcgemma.functions.reminders.store import ReminderStore

WRITER = """
import sys
from datetime import datetime
from pathlib import Path
from funcgemma.functions.reminders.entries import Draft
from funcgemma.functions.reminders.store import ReminderStore

now = datetime.fromisoformat("2026-05-13T10:20+09:00")
with ReminderStore(Path(sys.argv[1])) as store:
    for number in range(int(sys.argv[3])):
        store.create(Draft(description=f"{sys.argv[2]} {number}"), now=now)
"""
FULL_DISK = """
import resource, signal, sys
from datetime import datetime
from pathlib import Path
from funcgemma.errors import StoreError
from funcgemma.functions.reminders.entries import Draft
from funcgemma.functions.reminders.store import ReminderStore

now = datetime.fromisoformat("2026-05-13T10:20+09:00")
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
kept = 0
with ReminderStore(Path(sys.argv[1])) as store:
    try:
        for number in range(10_000):
            store.create(Draft(description=str(number)), now=now)
            kept += 1
    except StoreError as error:
        assert error.hint, error
    assert len(store.entries()) == kept
print(kept)
"""


def test_settings_that_make_it_safe(path, store):
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA user_version").fetchone() == (VERSION,)
    with store._database.reading() as connection:
        assert connection.execute("PRAGMA synchronous").fetchone()[0] == 2


def test_folders_are_made(tmp_path, now):
    with ReminderStore(tmp_path / "a" / "b c#?%" / "予定.db") as store:
        store.create(Draft(description="牛乳"), now=now)
    assert (tmp_path / "a" / "b c#?%" / "予定.db").exists()


def test_a_newer_version_is_refused_and_left_alone(path, store, now):
    store.create(Draft(description="牛乳"), now=now)
    store.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    before = path.read_bytes()
    with pytest.raises(StoreError, match=f"schema {VERSION + 1}") as caught:
        ReminderStore(path)
    assert "update" in caught.value.hint
    assert path.read_bytes() == before


def test_a_database_of_another_program_is_refused(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")
    with pytest.raises(StoreError, match="another program"):
        ReminderStore(path)
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_the_folder_is_a_file(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError) as caught:
        ReminderStore(tmp_path / "file" / "reminders.db")
    assert caught.value.hint


def test_the_file_is_a_folder(path):
    path.mkdir()
    with pytest.raises(StoreError) as caught:
        ReminderStore(path)
    assert caught.value.hint


def test_a_full_disk_loses_nothing_that_was_acknowledged(path, start_process):
    pytest.importorskip("resource")
    process = start_process(FULL_DISK, path)
    kept = int(process.communicate()[0])
    assert process.returncode == 0
    assert 0 < kept < 10_000
    with ReminderStore(path) as store:
        assert store.warning is None
        assert [e.description for e in store.entries()] == [str(n) for n in range(kept)]


def test_a_busy_file_is_said_to_be_busy(path, store, now):
    with (
        closing(sqlite3.connect(path, isolation_level=None)) as other,
        store._database.reading() as connection,
    ):
        other.execute("BEGIN IMMEDIATE")
        connection.execute("PRAGMA busy_timeout = 1")
        with pytest.raises(StoreError, match="locked") as caught:
            store.create(Draft(description="牛乳"), now=now)
    assert "another program" in caught.value.hint
    assert store.create(Draft(description="牛乳"), now=now).id == 1


def test_threads_take_turns(store, now):
    def write(name):
        for number in range(20):
            store.create(Draft(description=f"{name} {number}"), now=now)
            store.entries()

    threads = [threading.Thread(target=write, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = [entry.description for entry in store.entries()]
    assert sorted(found) == sorted(f"{name} {number}" for name in "abcd" for number in range(20))


def test_two_processes_that_begin_together(path, start_process):
    processes = [start_process(WRITER, path, name, 100) for name in "ab"]
    for process in processes:
        process.communicate()
        assert process.returncode == 0
    with ReminderStore(path) as store:
        found = [entry.description for entry in store.entries()]
        assert store.warning is None
    assert len(found) == 200
    for name in "ab":
        assert [f for f in found if f.startswith(name)] == [f"{name} {n}" for n in range(100)]


def test_another_process_sees_what_was_written(path, store, now):
    with ReminderStore(path) as other:
        made = store.create(Draft(start=datetime(2026, 5, 14, 9)), now=now)
        assert other.entries() == (made,)
        other.undo(now=now)
        assert store.entries() == ()


def test_a_file_that_was_replaced_is_opened_again(path, store, now, tmp_path):
    with ReminderStore(tmp_path / "other.db") as other:
        other.create(Draft(description="新しい"), now=now)
    store.create(Draft(description="古い"), now=now)
    (tmp_path / "other.db").replace(path)
    for side in ("-wal", "-shm"):
        path.with_name(path.name + side).unlink()
    store.create(Draft(description="牛乳"), now=now)
    assert [entry.description for entry in store.entries()] == ["新しい", "牛乳"]
