"""Fixtures for the commands; a test file asks for those it needs."""

import shutil

import pytest

from funcgemma.cli.keeper import Keeper
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
    # A test that wants a language model names one; whoever runs the tests may have Ollama running.
    monkeypatch.setenv("FUNCGEMMA_CHAT_MODEL", "none")
    monkeypatch.setenv("FUNCGEMMA_RESOLVER", "embedded")


@pytest.fixture
def default_models(own_data_folder, monkeypatch):
    """The models that the program asks for by itself, where nobody has set any."""
    monkeypatch.delenv("FUNCGEMMA_CHAT_MODEL")
    monkeypatch.delenv("FUNCGEMMA_RESOLVER")


WRITERS = ("w01", "w04", "w05", "w11")
"""Those that the small model was trained on."""


@pytest.fixture(scope="session")
def saved_model(small_model, tmp_path_factory):
    folder = tmp_path_factory.mktemp("kept") / "small"
    save_model(small_model, folder)
    return folder


@pytest.fixture
def open_keeper(saved_model, corpus, registry):
    """A keeper of a data folder, as each start of the program makes one.

    In so little text as this much changes by chance: it may lose more than usual.
    """
    cases = [case for case in corpus if case.writer in WRITERS]

    def make(data, tolerance=0.08):
        if not (data / "models" / "small").exists():
            shutil.copytree(saved_model, data / "models" / "small")
        return Keeper(data, registry, "small", lambda: cases, tolerance)

    return make


@pytest.fixture
def keeper(open_keeper, tmp_path):
    return open_keeper(tmp_path / "data")
