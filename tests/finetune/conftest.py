"""A copy of the tiny model's folder that tests may change."""

import json
import shutil

import pytest

from tiny import MODEL_DIR


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(MODEL_DIR, tmp_path / "model")


@pytest.fixture
def edit(folder):
    """Change a JSON file of the folder: values given as None are taken out."""

    def change(name, **values):
        path = folder / name
        content = json.loads(path.read_text(encoding="utf-8")) | values
        kept = {key: value for key, value in content.items() if value is not None}
        path.write_text(json.dumps(kept), encoding="utf-8")

    return change
