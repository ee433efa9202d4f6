"""The downloads of setup.sh: broken ones, full disks."""


def test_ctrl_c_is_no_failed_download(linux):
    linux.install_ollama("0.14.0", "0.14.0")
    linux.be(interrupted="")
    done = linux.run()
    assert done.returncode == 130
    assert "goes on where it stopped" in done.stderr
    assert linux.changes()[1:] == ["ollama pull functiongemma"]


def test_a_broken_download_goes_on(linux):
    linux.install_ollama("0.14.0", "0.14.0")
    linux.be(broken_pulls=2)
    done = linux.run()
    assert done.returncode == 0
    assert linux.changes().count("ollama pull functiongemma") == 3
    assert "from where it stopped" in done.stdout


def test_a_download_that_stays_broken_is_left_for_the_next_run(linux):
    linux.install_ollama("0.14.0", "0.14.0")
    linux.be(broken_pulls=6)
    done = linux.run()
    assert done.returncode == 1
    assert "functiongemma is not complete" in done.stdout
    assert "gemma3:4b is not complete" in done.stdout
    linux.calls()
    assert linux.run().returncode == 0
    assert linux.changes() == ["ollama pull functiongemma", "ollama pull gemma3:4b"]


def test_names_of_other_models_are_not_mistaken(linux):
    linux.install_ollama("0.14.0", "0.14.0", ("my-functiongemma:latest", "gemma3:4b-it-qat"))
    linux.run()
    assert "ollama pull functiongemma" in linux.changes()
    assert "gemma3:4b\n" in (linux.root / "state" / "models").read_text()


def test_a_full_disk_is_seen_before_the_download(linux):
    linux.install_ollama("0.14.0", "0.14.0")
    linux.be(free=2000)
    done = linux.run()
    assert done.returncode == 1
    assert "gemma3:4b was not downloaded: less than 3839 MB" in done.stdout
    assert linux.changes() == ["make install PYTHON=python3", "ollama pull functiongemma"]


def test_half_a_download_needs_half_the_room(linux):
    linux.install_ollama("0.14.0", "0.14.0", ["functiongemma:latest"])
    linux.be(free=3838)
    half = linux.root / "models" / "blobs" / "sha256-aeda-partial"
    half.parent.mkdir(parents=True)
    half.write_bytes(b"x" * 3_000_000)
    assert linux.run(OLLAMA_MODELS=str(linux.root / "models")).returncode == 0
    assert "ollama pull gemma3:4b" in linux.changes()
