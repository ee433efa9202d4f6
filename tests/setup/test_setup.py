"""setup.sh on pretended machines."""

import re

import pytest

MODELS = ("functiongemma:latest", "gemma3:4b")


def ready(machine):
    """A machine on which everything has been set up."""
    machine.install_ollama("0.14.0", "0.14.0", MODELS)
    assert machine.run().returncode == 0
    machine.calls()
    return machine


def test_linux_from_nothing(linux):
    done = linux.run("--yes")
    assert done.returncode == 0, done.stdout + done.stderr
    assert [re.sub(r"\S*/tmp/\S+", "FILE", call) for call in linux.changes()] == [
        "make install PYTHON=python3",
        "curl -fsSL --retry 3 -o FILE https://ollama.com/install.sh",
        "sh FILE",
        "ollama serve",
        "ollama pull functiongemma",
        "ollama pull gemma3:4b",
    ]
    assert "16384 MB" in done.stdout
    assert "after that: ollama serve" in done.stdout
    assert "make chat" in done.stdout
    assert not list((linux.root / "tmp").iterdir())


def test_macos_from_nothing(mac):
    done = mac.run()
    assert done.returncode == 0, done.stdout + done.stderr
    assert mac.changes() == [
        "make install PYTHON=python3",
        "brew install ollama",
        "brew services start ollama",
        "ollama pull functiongemma",
        "ollama pull gemma3:4b",
    ]
    assert "at login" in done.stdout


def test_a_second_run_does_nothing_and_says_so(linux):
    assert linux.run("--yes").returncode == 0
    linux.calls()
    again = linux.run("--yes")
    assert again.returncode == 0
    assert linux.changes() == []
    assert "nothing was done" in again.stdout


def test_the_generator_is_downloaded_only_when_asked_for(linux):
    ready(linux)
    assert linux.run("--with-generator").returncode == 0
    assert linux.changes() == ["ollama pull qwen2.5:7b"]


def test_without_models(linux):
    assert linux.run("--yes", "--no-models").returncode == 0
    assert not [call for call in linux.changes() if "pull" in call]


@pytest.mark.parametrize("system", ["linux", "mac"])
def test_a_dry_run_shows_each_command_and_runs_none(system, request):
    machine = request.getfixturevalue(system)
    done = machine.run("--dry-run", "--with-generator")
    assert done.returncode == 0, done.stdout + done.stderr
    assert machine.changes() == []
    assert not (machine.root / "project" / ".venv").exists()
    assert not list((machine.root / "home").iterdir()) + list((machine.root / "tmp").iterdir())
    shown = re.findall(r"^  \$ (.*)", done.stdout, re.M)
    install = {"linux": "sh /tmp/install.sh", "mac": "brew install ollama"}[system]
    pulls = [f"ollama pull {name}" for name in ("functiongemma", "gemma3:4b", "qwen2.5:7b")]
    assert shown[0] == "make install PYTHON=python3"
    assert install in shown
    assert shown[-3:] == pulls


def test_a_dry_run_shows_only_what_is_missing(linux):
    ready(linux)
    assert "  $" not in linux.run("--dry-run").stdout
    linux.be(models="gemma3:4b")
    assert re.findall(r"^  \$ (.*)", linux.run("--dry-run").stdout, re.M) == [
        "ollama pull functiongemma"
    ]


def test_no_room_for_the_program(linux):
    linux.be(free=500)
    done = linux.run("--yes")
    assert done.returncode == 3
    assert "free some space" in done.stderr
    assert linux.changes() == []


@pytest.mark.parametrize(
    ("memory", "said"),
    [
        (3900, "gemma3:4b would be slow, or swap"),
        (7800, "gemma3:4b and functiongemma fit together, qwen2.5:7b alone"),
        (16000, "all fit"),
        (0, "memory unknown"),
    ],
)
def test_it_says_what_fits_into_memory(linux, memory, said):
    linux.be(memory=memory)
    assert said in linux.run("--dry-run").stdout


@pytest.mark.parametrize("tool", ["getconf", "df"])
def test_a_machine_that_does_not_tell(linux, tool):
    linux.remove(tool)
    assert linux.run("--yes").returncode == 0


def test_macos_gets_its_python_from_homebrew(mac):
    mac.be(old_python=1)
    assert mac.run("--no-models").returncode == 0
    assert mac.changes()[:2] == ["brew install python@3.13", "make install PYTHON=python3.13"]


def test_no_python(linux):
    linux.be(old_python=1)
    done = linux.run("--yes")
    assert done.returncode == 3
    assert "Python 3.11 or newer is missing" in done.stderr
    assert linux.changes() == []


def test_a_python_of_ones_choice(linux):
    linux.be(old_python=1)
    (linux.root / "bin" / "python3.12").write_text("#!/bin/bash\n")
    (linux.root / "bin" / "python3.12").chmod(0o755)
    linux.run("--no-models", PYTHON="python3.12")
    assert "make install PYTHON=python3.12" in linux.changes()


def test_make_fails(linux):
    linux.be(failing="make install PYTHON=python3")
    done = linux.run("--yes")
    assert done.returncode == 3
    assert "make install failed" in done.stderr
    assert linux.changes() == ["make install PYTHON=python3"]


def test_other_systems(machine):
    machine.be(system="MINGW64_NT")
    done = machine.run()
    assert done.returncode == 3
    assert "MINGW64_NT" in done.stderr


@pytest.mark.parametrize("options", [["--fast"], ["--no-models", "--with-generator"]])
def test_wrong_use(linux, options):
    done = linux.run(*options)
    assert done.returncode == 2
    assert "--help" in done.stderr
    assert linux.calls() == []


def test_help(linux):
    done = linux.run("--help")
    assert done.returncode == 0
    for option in ("--with-generator", "--no-models", "--dry-run", "--yes"):
        assert option in done.stdout
    assert linux.calls() == []
