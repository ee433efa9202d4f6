"""setup.sh at a terminal: it asks before the one command that needs root."""

import os
import pty
import subprocess

import pytest


def at_a_terminal(machine, answer):
    """What a user sees who answers the first question, and the exit code."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [*machine.command, "--no-models"],
        env=machine.environment,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    ) as running:
        os.close(theirs)
        os.write(ours, answer)
        seen = b""
        try:
            while piece := os.read(ours, 65536):
                seen += piece
        except OSError:  # Linux's way of saying that the terminal was closed
            pass
    os.close(ours)
    return seen.decode(), running.returncode


@pytest.mark.parametrize(("answer", "agreed"), [(b"y\n", True), (b"\n", False), (b"no\n", False)])
def test_the_installer_needs_a_yes(linux, answer, agreed):
    seen, code = at_a_terminal(linux, answer)
    assert "https://ollama.com/install.sh" in seen
    assert "[y/N]" in seen
    assert code == (0 if agreed else 1)
    assert any(call.startswith("sh ") for call in linux.changes()) is agreed
