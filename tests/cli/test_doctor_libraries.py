"""What the doctor says about libraries, and what it needs itself."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from funcgemma.cli.doctor.libraries import by_extra

pytestmark = pytest.mark.usefixtures("default_models")


def test_requirements_by_extra():
    lines = [
        "numpy>=1.26",
        'xllamacpp>=0.2; extra == "llamacpp"',
        "torch==2.13.0 ; extra == 'finetune'",
        'tzdata; sys_platform == "win32"',
        'triton; sys_platform == "linux" and extra == "finetune"',
        'funcgemma[llamacpp]; extra == "all"',
    ]
    assert by_extra(lines) == {
        "": ("numpy",),
        "llamacpp": ("xllamacpp",),
        "finetune": ("torch",),
    }


def test_missing_libraries_are_named_and_it_cannot_work(tmp_path):
    """An installation of which nothing but click is left."""
    import click

    import funcgemma

    site = tmp_path / "site"
    site.mkdir()
    installed = Path(click.__file__).parents[1]
    for found in (*installed.glob("click*"), *installed.glob("funcgemma-*.dist-info")):
        (site / found.name).symlink_to(found)
    (site / "funcgemma").symlink_to(Path(funcgemma.__file__).parent)
    done = subprocess.run(
        [sys.executable, "-S", "-c", "from funcgemma.cli import main; main()", "doctor"],
        env={**os.environ, "PYTHONPATH": str(site), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 3, done.stderr
    assert "numpy" in done.stdout
    assert "make install" in done.stdout


def test_help_imports_nothing_heavy():
    heavy = ("numpy", "httpx", "xllamacpp", "funcgemma.router", "funcgemma.cli.doctor.program")
    code = (
        "import sys; from funcgemma.cli.app import run; run(['doctor', '--help']); "
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    assert done.stdout.splitlines()[-1] == "[]"
