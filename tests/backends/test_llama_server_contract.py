"""The contract over HTTP on a real llama.cpp: its own server, and Ollama's protocol on top of it."""

import pytest

from backends.contract import *  # noqa: F403
from funcgemma.backends.catalogue import Place, open_backend
from servers.engines import llama_server
from servers.ollama_server import ollama_over
from tiny import gguf_file


@pytest.fixture(scope="module", params=["CONTROL", "USER_DEFINED"])
def places(request):
    pytest.importorskip("xllamacpp")
    gguf = gguf_file(request.param)
    with llama_server(gguf) as openai, ollama_over(gguf) as (ollama, _):
        yield Place(openai_url=f"{openai}/v1", ollama_url=ollama)


@pytest.fixture(params=["openai:tiny", "ollama:functiongemma"])
def backend(request, places):
    opened = open_backend(request.param, places)
    yield opened
    opened.close()
