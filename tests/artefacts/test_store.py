import json
from pathlib import Path

import numpy as np
import pytest

from funcgemma.artefacts.store import FORMAT, Artefact, Part, load_artefact, save_artefact
from funcgemma.errors import ArtefactError, WorldError


@pytest.fixture
def artefact():
    fortran = np.asfortranarray(np.arange(12, dtype=np.float32).reshape(3, 4))
    return Artefact({"kind": "test"}, {"a": Part({"w": fortran}, {"names": ["あ"]})}, "# card")


def test_saved_and_loaded_are_equal(artefact, tmp_path):
    saved = save_artefact(artefact, tmp_path / "m")
    loaded = load_artefact(tmp_path / "m")
    assert np.array_equal(loaded.parts["a"].arrays["w"], artefact.parts["a"].arrays["w"])
    assert loaded.parts["a"].values == {"names": ["あ"]}
    assert loaded.card == "# card"
    assert loaded.hash == saved.hash
    assert [p.name for p in tmp_path.iterdir()] == ["m"]


def test_saving_again_replaces(artefact, tmp_path):
    save_artefact(artefact, tmp_path / "m")
    save_artefact(Artefact({"kind": "other"}, artefact.parts), tmp_path / "m")
    assert load_artefact(tmp_path / "m").manifest["kind"] == "other"
    assert [p.name for p in tmp_path.iterdir()] == ["m"]


@pytest.mark.parametrize("name", ["manifest.json", "a.json", "a.safetensors"])
@pytest.mark.parametrize("damage", ["remove", "truncate", "flip"])
def test_damage_is_noticed(artefact, tmp_path, name, damage):
    save_artefact(artefact, tmp_path / "m")
    path = tmp_path / "m" / name
    data = path.read_bytes()
    if damage == "remove":
        path.unlink()
    elif damage == "truncate":
        path.write_bytes(data[: len(data) // 2])
    else:
        path.write_bytes(bytes([data[0] ^ 255]) + data[1:])
    with pytest.raises(ArtefactError, match=r"damaged|missing"):
        load_artefact(tmp_path / "m")


def test_newer_format_is_refused(artefact, tmp_path):
    save_artefact(artefact, tmp_path / "m")
    path = tmp_path / "m" / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"format": FORMAT + 1}))
    with pytest.raises(ArtefactError, match="newer") as error:
        load_artefact(tmp_path / "m")
    assert error.value.hint


def test_a_place_that_cannot_be_written(artefact, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(WorldError):
        save_artefact(artefact, tmp_path / "file" / "m")


def test_other_files_are_never_deleted(artefact, tmp_path):
    for name in ("proj", "model"):
        (tmp_path / name).mkdir()
    save_artefact(artefact, tmp_path / "model")
    (tmp_path / "proj" / "notes.txt").write_text("mine")
    (tmp_path / "proj" / "manifest.json").write_text('{"name": "an app"}')
    (tmp_path / "model" / "notes.txt").write_text("mine")
    for name in ("proj", "model"):
        with pytest.raises(ArtefactError, match=r"notes\.txt") as error:
            save_artefact(artefact, tmp_path / name)
        assert error.value.hint
        assert (tmp_path / name / "notes.txt").read_text() == "mine"


def test_a_file_is_never_replaced(artefact, tmp_path):
    (tmp_path / "m").write_text("mine")
    with pytest.raises(ArtefactError, match="is a file"):
        save_artefact(artefact, tmp_path / "m")
    assert (tmp_path / "m").read_text() == "mine"


def test_an_empty_folder_is_used_also_as_the_current_one(artefact, tmp_path, monkeypatch):
    (tmp_path / "m").mkdir()
    monkeypatch.chdir(tmp_path / "m")
    save_artefact(artefact, Path())
    assert load_artefact(tmp_path / "m").card == "# card"
