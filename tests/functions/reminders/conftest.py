"""A reminder store in a real file, and a process of its own for code that is killed or limited."""

import subprocess
import sys

import pytest

from funcgemma.functions.reminders.store import ReminderStore

ZONE = "+09:00"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "reminders.db"


@pytest.fixture
def store(path):
    with ReminderStore(path) as store:
        yield store


@pytest.fixture
def zone():
    """The zone of the clock `now`."""
    return ZONE


@pytest.fixture
def start_process():
    """Run Python code in another process; its standard output is a pipe."""
    started = []

    def start(code, *arguments):
        command = [sys.executable, "-c", code, *map(str, arguments)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()
