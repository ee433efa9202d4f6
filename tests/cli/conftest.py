"""Fixtures for the commands; a test file asks for those it needs."""

import pytest

from funcgemma.model import save_model


@pytest.fixture(scope="module")
def model(small_model, tmp_path_factory):
    folder = tmp_path_factory.mktemp("model") / "m"
    save_model(small_model, folder)
    return folder


@pytest.fixture
def own_data_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("FUNCGEMMA_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("FUNCGEMMA_CONFIG", str(tmp_path / "config.toml"))
    monkeypatch.setenv("FUNCGEMMA_LANGUAGE", "ja")
