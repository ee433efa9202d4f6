"""A machine to set up: a copy of setup.sh, and a PATH with nothing on it but stubs."""

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from setup_stubs import HEAD, LOOKING, REAL, STUBS

SCRIPT = Path(__file__).parents[2] / "setup.sh"
BASH = "/bin/bash" if Path("/bin/bash").exists() else shutil.which("bash")
"""The system's own: on macOS that is 3.2."""


@dataclass(frozen=True)
class Machine:
    """A pretended machine below one folder."""

    root: Path

    def stub(self, *names):
        """Put commands on the PATH."""
        for name in names:
            text = f"{HEAD}{STUBS[name]}".replace(
                "@ADD_OLLAMA@", 'cp "$state/ollama" "@BIN@/ollama"'
            )
            text = text.replace("@NAME@", name).replace("@STATE@", str(self.root / "state"))
            where = self.root / ("state" if name == "ollama" else "bin") / name
            where.write_text(text.replace("@BIN@", str(self.root / "bin")))
            where.chmod(0o755)

    def install_ollama(self, version, server="", models=()):
        """Ollama is there; with a server version its server runs."""
        shutil.copy(self.root / "state" / "ollama", self.root / "bin" / "ollama")
        self.be(client=version, models="\n".join(models))
        if server:
            self.be(server=server)

    def be(self, **state):
        """What the machine is like, as setup_stubs.py says."""
        for name, value in state.items():
            (self.root / "state" / name).write_text(f"{value}\n")

    def remove(self, *names):
        """Take commands from the PATH."""
        for name in names:
            (self.root / "bin" / name).unlink()

    @property
    def environment(self):
        """The environment of the script: nothing of this machine's own."""
        return {
            "PATH": str(self.root / "bin"),
            "HOME": str(self.root / "home"),
            "TMPDIR": str(self.root / "tmp"),
            "LC_ALL": "C.UTF-8",
        }

    @property
    def command(self):
        return [BASH, str(self.root / "project" / "setup.sh")]

    def run(self, *options, **more):
        """Run the script as a program would: nobody to be asked."""
        return subprocess.run(
            [*self.command, *options],
            env={**self.environment, **more},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=60,
            cwd="/",
        )

    def calls(self):
        """The commands that were called since this was last asked."""
        log = self.root / "state" / "calls"
        found = log.read_text().splitlines() if log.exists() else []
        log.write_text("")
        return found

    def changes(self):
        """Those among them that change something."""
        return [call for call in self.calls() if not call.startswith(LOOKING)]


@pytest.fixture
def machine(tmp_path):
    for name in ("bin", "state", "home", "tmp", "project"):
        (tmp_path / name).mkdir()
    shutil.copy(SCRIPT, tmp_path / "project" / "setup.sh")
    for name in REAL:
        (tmp_path / "bin" / name).symlink_to(shutil.which(name))
    made = Machine(tmp_path)
    made.be(arch="x86_64", memory=16384, free=50000, uid=1000)
    made.stub("uname", "id", "sleep", "df", "python3", "make", "curl", "ollama")
    return made


@pytest.fixture
def linux(machine):
    """Linux as it is after its own installation: no Ollama."""
    machine.be(system="Linux")
    machine.stub("getconf", "sh", "sudo")
    return machine


@pytest.fixture
def mac(machine):
    """macOS with Homebrew, without Ollama."""
    machine.be(system="Darwin", arch="arm64")
    machine.stub("sysctl", "brew")
    return machine
