"""A real Ollama, or a server that speaks as one; the environment says where and which models."""

import os

import pytest

from funcgemma.backends.ollama.backend import OllamaServer
from funcgemma.errors import BackendError

URL = os.environ.get("FUNCGEMMA_OLLAMA_URL", "http://127.0.0.1:11434")
FUNCTIONS = os.environ.get("FUNCGEMMA_OLLAMA_FUNCTIONS", "functiongemma")
CHAT = os.environ.get("FUNCGEMMA_OLLAMA_CHAT", "gemma3:4b")


def pytest_configure(config):
    config.addinivalue_line("markers", "ollama: needs a running Ollama; run by make test-ollama")


@pytest.fixture(scope="session")
def server():
    opened = OllamaServer(URL)
    try:
        opened.reach()
    except BackendError as error:
        pytest.skip(f"{error}; another one: FUNCGEMMA_OLLAMA_URL=http://host:11434")
    yield opened
    opened.close()


@pytest.fixture(scope="module", params=[FUNCTIONS, CHAT])
def model(request, server):
    try:
        server.find(request.param)
    except BackendError as error:
        pytest.skip(str(error))
    yield request.param
    server.unload(request.param)
