import hashlib
import json
from dataclasses import replace

import pytest

from finetune.test_tuning_manifest import manifest
from funcgemma.errors import ArtefactError, WorldError
from funcgemma.finetune.checkpoint import (
    best_checkpoint,
    check_new,
    checkpoints,
    clear_run,
    last_checkpoint,
    run_path,
    write_checkpoint,
    write_left_out,
)
from funcgemma.finetune.losses import History, Validation
from funcgemma.finetune.manifest import read_manifest


def write(run, step, losses=()):
    history = History([1.0] * step, [Validation(at, loss, 0.5) for at, loss in losses])

    def save(folder):
        (folder / "adapter_model.safetensors").write_bytes(b"weights")
        (folder / "training").mkdir()
        (folder / "training" / "state").write_bytes(b"state")

    return write_checkpoint(run, replace(manifest(), step=step, history=history), save)


def test_a_checkpoint_says_what_is_in_it(tmp_path):
    run = run_path(3, tmp_path)
    folder = write(run, 5)
    assert folder == tmp_path / "run_3" / "checkpoint-5"
    told = json.loads((folder / "manifest.json").read_text())
    assert told["files"] == {
        "adapter_model.safetensors": hashlib.sha256(b"weights").hexdigest(),
        "training/state": hashlib.sha256(b"state").hexdigest(),
    }
    assert read_manifest(folder).step == 5
    assert {path.name for path in run.iterdir()} == {"checkpoint-5", "losses.json", "losses.svg"}


def test_the_best_and_the_last(tmp_path):
    write(tmp_path, 5, [(0, 0.1), (5, 0.5)])
    write(tmp_path, 10, [(0, 0.1), (5, 0.5), (10, 0.7)])
    assert list(checkpoints(tmp_path)) == [5, 10]
    assert last_checkpoint(tmp_path).name == "checkpoint-10"
    assert best_checkpoint(tmp_path).name == "checkpoint-5"
    assert json.loads((tmp_path / "best.json").read_text())["loss"] == 0.5
    losses = json.loads((tmp_path / "losses.json").read_text())
    assert len(losses["train"]) == 10
    assert losses["validation"][-1] == {"step": 10, "loss": 0.7, "exact": 0.5}


@pytest.mark.parametrize("text", ["", "[]", '{"checkpoint": "../x"}', '{"checkpoint": 3}'])
def test_without_a_best_one_the_last_is_taken(tmp_path, text):
    write(tmp_path, 5)
    (tmp_path / "best.json").write_text(text)
    assert best_checkpoint(tmp_path).name == "checkpoint-5"


def test_a_checkpoint_is_replaced(tmp_path):
    write(tmp_path, 5)
    (tmp_path / "checkpoint-5" / "old").touch()
    write(tmp_path, 5)
    assert not (tmp_path / "checkpoint-5" / "old").exists()
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_what_fails_leaves_nothing(tmp_path):
    write(tmp_path, 5)

    def full(folder):
        (folder / "half").touch()
        raise OSError(28, "No space left on device")

    with pytest.raises(WorldError, match="No space left"):
        write_checkpoint(tmp_path, replace(manifest(), step=6), full)
    assert list(checkpoints(tmp_path)) == [5]
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_an_empty_run(tmp_path):
    assert checkpoints(tmp_path / "none") == {}
    with pytest.raises(ArtefactError, match="no checkpoint"):
        last_checkpoint(tmp_path)
    check_new(tmp_path)


def test_a_run_is_not_begun_twice(tmp_path):
    write(tmp_path, 5, [(5, 1.0)])
    (tmp_path / "notes.txt").touch()
    with pytest.raises(ArtefactError, match="checkpoints already"):
        check_new(tmp_path)
    clear_run(tmp_path)
    check_new(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_what_is_left_out_is_written(tmp_path):
    path = write_left_out(tmp_path / "run_1", {"a\udcff": "too long"})
    assert "too long" in path.read_text(encoding="utf-8", errors="surrogateescape")
