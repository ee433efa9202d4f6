"""`funcgemma export`: what it writes, what it says, and what it refuses."""

import json
import subprocess
import sys
import time

import pytest

from finetune.export_run import ROOMS, chance_adapter, make_source, tune
from funcgemma.cli.app import run
from servers.blob_server import blob_server
from tiny import MODEL_DIR

EXPORTS = "data/exports/run_1/checkpoint-20"


@pytest.fixture(autouse=True)
def here(own_data_folder, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def checkpoint(tmp_path):
    return make_source(tmp_path, save=chance_adapter).folder


@pytest.fixture
def whole(tmp_path, monkeypatch):
    """A run of a whole model, whose export needs no torch."""
    import shutil

    def save(folder):
        shutil.copytree(MODEL_DIR, folder, dirs_exist_ok=True)

    pytest.importorskip("gguf")
    monkeypatch.setenv("FUNCGEMMA_OLLAMA_URL", "http://127.0.0.1:9")
    return make_source(tmp_path, save=save, method="full").folder


def export(*arguments):
    return run(["export", "--run-id", "1", *arguments])


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["--format", "onnx"], "onnx"),
        (["--run-id", "7", "--format", "gguf"], "--run-id 1 (checkpoint 20)"),
        (["--checkpoint", "5", "--format", "gguf"], "there is --checkpoint 20"),
        (["--format", "merged", "--dtype", "q8_0"], "f32 or bf16"),
        (["--format", "ollama", "--adapter-only"], "runs no adapters"),
        (["--format", "gguf", "--tools"], "--format ollama"),
    ],
)
def test_wrong_use(checkpoint, capsys, arguments, word):
    assert export(*arguments) == 2
    assert word in capsys.readouterr().err


def test_a_base_that_is_gone(checkpoint, capsys):
    assert export("--format", "gguf", "--base", "nowhere") == 3
    told = capsys.readouterr().err
    assert "nowhere" in told
    assert "--base FOLDER" in told


def test_an_adapter(checkpoint, tmp_path, capsys):
    pytest.importorskip("gguf")
    assert export("--format", "gguf", "--adapter-only", "--with-base", "--check", "0") == 0
    shown = capsys.readouterr()
    folder = tmp_path / EXPORTS / "adapter-f32"
    assert {path.name for path in folder.iterdir()} == {
        "adapter.gguf",
        "base.gguf",
        "manifest.json",
    }
    assert "was not compared" in shown.err
    assert f"FUNCGEMMA_ADAPTER={EXPORTS}/adapter-f32/adapter.gguf funcgemma route" in shown.out
    assert f"--backend llamacpp:{EXPORTS}/adapter-f32/base.gguf" in shown.out


def test_no_ollama_runs(whole, tmp_path, capsys):
    assert export("--format", "ollama", "--check", "0") == 0
    shown = capsys.readouterr()
    line = f"ollama create functiongemma-run_1:20 -f {EXPORTS}/ollama-f16/Modelfile"
    assert line in shown.out
    assert "no Ollama runs" in shown.err
    assert (tmp_path / EXPORTS / "ollama-f16" / "model.gguf").is_file()


def test_ollama_is_not_asked(whole, capsys):
    with blob_server() as (_, state):
        options = ["--no-create", "--name", "lamp", "--output", "out"]
        assert export("--format", "ollama", "--check", "0", *options) == 0
        assert state.bodies == []
    assert "ollama create lamp -f out/Modelfile" in capsys.readouterr().out


def test_created_in_ollama(whole, tmp_path, monkeypatch, capsys):
    with blob_server() as (url, state):
        monkeypatch.setenv("FUNCGEMMA_OLLAMA_URL", url)
        assert export("--format", "ollama", "--check", "0", "--dtype", "q8_0", "--tools") == 0
        (body,) = state.bodies
    assert body["model"] == "functiongemma-run_1:20"
    assert body["renderer"] == "functiongemma"
    (uploaded,) = state.uploads
    assert uploaded[1] == (tmp_path / EXPORTS / "ollama-q8_0" / "model.gguf").read_bytes()
    assert "--backend ollama:functiongemma-run_1:20" in capsys.readouterr().out


def test_ollama_refuses(whole, monkeypatch, capsys):
    with blob_server(answers=({"error": "no"},)) as (url, _):
        monkeypatch.setenv("FUNCGEMMA_OLLAMA_URL", url)
        assert export("--format", "ollama", "--check", "0") == 3
    shown = capsys.readouterr()
    assert "ollama create functiongemma-run_1:20" in shown.out
    assert "could not create" in shown.err


@pytest.mark.llm
def test_from_a_tuned_run_to_a_routed_utterance(tmp_path, capsys):
    torch = pytest.importorskip("torch")
    pytest.importorskip("peft")
    pytest.importorskip("xllamacpp")
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    make_source(tmp_path, save=tune())
    assert export("--format", "gguf", "--check", "3") == 0
    torch.set_num_threads(threads)
    assert "3 of 3 answers are the tuned model's" in capsys.readouterr().out
    manifest = json.loads((tmp_path / EXPORTS / "gguf-f16" / "manifest.json").read_text())
    assert manifest["agreement"]["equal"] == 3
    backend = f"llamacpp:{EXPORTS}/gguf-f16/model.gguf"
    options = ["--run-id", "1", "--backend", backend, "--no-train", "--json"]
    assert run(["route", f"lamp {ROOMS[1]}", *options]) == 0
    (call,) = json.loads(capsys.readouterr().out)["calls"]
    assert call == {"name": "lamp", "arguments": {"on": True, "room": ROOMS[1]}}


@pytest.mark.llm
def test_told_to_end_it_leaves_nothing_behind(checkpoint, tmp_path):
    pytest.importorskip("peft")
    command = [sys.executable, "-m", "funcgemma", "export", "--run-id", "1", "--format", "merged"]
    place = tmp_path / EXPORTS
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as program:
        while not list(place.glob(".merged-*/out")):  # from here on it loads the model
            assert program.poll() is None
            time.sleep(0.01)
        program.terminate()
    assert program.returncode == 143
    assert list(place.iterdir()) == []
