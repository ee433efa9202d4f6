"""The Ollama backend through the contract, over a server that speaks Ollama's protocol."""

import pytest

from backends.contract import *  # noqa: F403
from funcgemma.backends.catalogue import Place, open_backend
from servers.engines import FixedEngine
from servers.ollama_server import ollama_server


@pytest.fixture
def backend():
    with ollama_server(FixedEngine()) as (url, _):
        opened = open_backend("functiongemma", Place(ollama_url=url))
        yield opened
        opened.close()
