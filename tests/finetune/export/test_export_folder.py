"""Folders of exports: whole or not there, and nobody else's is touched."""

import json
import os
from pathlib import Path

import pytest

from funcgemma.errors import ArtefactError, WorldError
from funcgemma.finetune.export.folder import ABANDONED, new_folder, read_export, seal


def make(target, text="model", needed=0):
    with new_folder(target, needed) as room:
        (room.work / "rest").write_text("x")
        (room.out / "model.gguf").write_text(text)
        seal(room.out, {"what": "gguf"})


def test_written_and_read(tmp_path):
    make(tmp_path / "a" / "export")
    found = read_export(tmp_path / "a" / "export")
    assert (found["kind"], found["what"], list(found["files"])) == (
        "export",
        "gguf",
        ["model.gguf"],
    )
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["export"]


def test_an_older_export_is_replaced_when_the_new_one_is_whole(tmp_path):
    make(tmp_path / "export")
    with pytest.raises(RuntimeError), new_folder(tmp_path / "export", 0) as room:
        (room.out / "model.gguf").write_text("half")
        raise RuntimeError
    assert (tmp_path / "export" / "model.gguf").read_text() == "model"
    make(tmp_path / "export", "new")
    assert (tmp_path / "export" / "model.gguf").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["export"]


def left_behind(folder, age, parts=("out", "work")):
    """What a killed program leaves, `age` seconds after it wrote the last time."""
    for part in parts:
        (folder / part).mkdir(parents=True)
    (folder / parts[0] / "model.gguf").write_text("half")
    for path in (*folder.rglob("*"), folder):
        then = path.stat().st_mtime - age
        os.utime(path, (then, then))


def test_what_a_killed_export_has_left_goes_with_the_next_one(tmp_path):
    left_behind(tmp_path / ".export-killed", ABANDONED + 60)
    left_behind(tmp_path / ".export-at-work", 60)
    left_behind(tmp_path / ".other-killed", ABANDONED + 60)
    left_behind(tmp_path / ".export-letters", ABANDONED + 60, parts=("letters",))
    make(tmp_path / "export")
    assert {path.name for path in tmp_path.iterdir()} == {
        "export",
        ".export-at-work",
        ".other-killed",
        ".export-letters",
    }


def test_other_peoples_files_stay(tmp_path):
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(ArtefactError, match=r"letter\.txt"):
        make(tmp_path)
    assert (tmp_path / "letter.txt").read_text() == "mine"
    with pytest.raises(ArtefactError, match="is a file"):
        make(tmp_path / "letter.txt")


def test_a_model_of_another_kind_stays(tmp_path):
    manifest = {"format": 2, "files": {"gate.json": "0"}}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    (tmp_path / "gate.json").write_text("{}")
    with pytest.raises(ArtefactError, match="no export"):
        make(tmp_path)
    assert (tmp_path / "gate.json").exists()


def test_the_working_directory_itself(tmp_path, monkeypatch):
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    make(Path())
    assert (tmp_path / "empty" / "model.gguf").exists()


def test_a_disk_without_room(tmp_path):
    with pytest.raises(WorldError, match="are free"):
        make(tmp_path / "export", needed=1 << 60)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", ["{", "[]", '{"kind": "finetune"}'])
def test_what_is_no_export(tmp_path, text):
    (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(ArtefactError, match="no export"):
        read_export(tmp_path)


def test_an_export_of_a_newer_program(tmp_path):
    (tmp_path / "manifest.json").write_text('{"kind": "export", "format": 99}')
    with pytest.raises(ArtefactError, match="99"):
        read_export(tmp_path)
