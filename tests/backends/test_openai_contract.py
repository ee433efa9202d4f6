"""The OpenAI-compatible backend through the contract, over a server in the manner of vLLM."""

import pytest

from backends.contract import *  # noqa: F403
from funcgemma.backends.catalogue import Place, open_backend
from servers.engines import FixedEngine
from servers.openai_server import openai_server


@pytest.fixture
def backend():
    with openai_server(FixedEngine()) as (url, _):
        opened = open_backend("openai:tiny", Place(openai_url=url))
        yield opened
        opened.close()
