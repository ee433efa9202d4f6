"""setup.sh and Ollama: installing, updating, and a server that keeps running."""

import pytest

MODELS = ("functiongemma:latest", "gemma3:4b")


def test_a_running_service_is_started_for_good(linux):
    linux.install_ollama("0.14.0")
    linux.stub("systemctl")
    linux.be(service="")
    done = linux.run("--no-models")
    assert "sudo systemctl enable --now ollama" in linux.changes()
    assert "starts with the machine" in done.stdout


def test_root_needs_no_sudo(linux):
    linux.install_ollama("0.14.0")
    linux.stub("systemctl")
    linux.be(service="", uid=0)
    linux.run("--no-models")
    assert "systemctl enable --now ollama" in linux.changes()


def test_a_service_that_cannot_be_started(linux):
    linux.install_ollama("0.14.0")
    linux.stub("systemctl")
    linux.be(service="", failing="systemctl enable --now ollama")
    assert linux.run("--no-models").returncode == 0
    assert "ollama serve" in linux.changes()


@pytest.mark.parametrize("version", ["0.13.4", "0.9.20", "0.13.4-rc2", "0.13", "0.x.9"])
def test_an_old_ollama_is_updated(mac, version):
    mac.install_ollama(version, version, ["gemma3:4b"])
    mac.be(brewed="")
    done = mac.run()
    assert done.returncode == 0, done.stdout
    assert mac.changes()[1:] == [
        "brew upgrade ollama",
        "brew services restart ollama",
        "ollama pull functiongemma",
    ]


@pytest.mark.parametrize("version", ["0.13.5", "0.14.0-rc1", "1.0.0", "0.0.0"])
def test_a_new_ollama_or_a_build_of_ones_own_stays(linux, version):
    linux.install_ollama(version, version, MODELS)
    assert linux.run().returncode == 0
    assert linux.changes() == ["make install PYTHON=python3"]


def test_an_old_ollama_that_may_not_be_updated_serves_the_chat_model(linux):
    linux.install_ollama("0.12.0", "0.12.0")
    done = linux.run()
    assert done.returncode == 1
    assert linux.changes() == ["make install PYTHON=python3", "ollama pull gemma3:4b"]
    assert "--yes" in done.stdout
    assert "functiongemma waits for Ollama 0.13.5" in done.stdout


def test_an_old_server_of_a_new_ollama(linux):
    linux.install_ollama("0.14.0", "0.12.0", ["gemma3:4b"])
    done = linux.run()
    assert done.returncode == 1
    assert "the running server is still Ollama 0.12.0" in done.stdout
    assert "ollama pull functiongemma" not in linux.changes()


def test_without_homebrew_it_says_where_ollama_is(mac):
    mac.remove("brew")
    done = mac.run("--yes")
    assert done.returncode == 1
    assert "https://ollama.com/download" in done.stdout
    assert mac.changes() == ["make install PYTHON=python3"]


@pytest.mark.parametrize(
    ("state", "missing", "said"),
    [
        ({"arch": "riscv64"}, (), "no program for riscv64"),
        ({}, ("curl",), "needs curl"),
        ({}, ("sudo",), "needs root"),
    ],
)
def test_where_ollama_cannot_be_installed(linux, state, missing, said):
    linux.be(**state)
    linux.remove(*missing)
    done = linux.run("--yes")
    assert done.returncode == 1
    assert said in done.stdout
    assert linux.changes() == ["make install PYTHON=python3"]


def test_the_installer_cannot_be_fetched(linux):
    linux.be(uid=0)
    linux.remove("curl")
    (linux.root / "bin" / "curl").write_text("#!/bin/bash\nexit 6\n")
    (linux.root / "bin" / "curl").chmod(0o755)
    done = linux.run("--yes")
    assert done.returncode == 1
    assert not [call for call in linux.calls() if call.startswith("sh ")]


def test_a_server_that_does_not_start(linux):
    linux.install_ollama("0.14.0")
    linux.be(dead_server="")
    done = linux.run()
    assert done.returncode == 1
    assert "did not start" in done.stdout
    assert not [call for call in linux.changes() if "pull" in call]
