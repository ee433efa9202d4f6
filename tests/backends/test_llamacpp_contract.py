"""llama.cpp in process through the contract, with control tokens of both types."""

import pytest

from backends.contract import *  # noqa: F403
from funcgemma.backends.catalogue import Place, open_backend
from tiny import gguf_file


@pytest.fixture(scope="module", params=["CONTROL", "USER_DEFINED"])
def backend(request):
    opened = open_backend(f"llamacpp:{gguf_file(request.param)}", Place(threads=1))
    yield opened
    opened.close()
