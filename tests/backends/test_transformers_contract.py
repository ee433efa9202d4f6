"""transformers through the contract."""

import pytest

from backends.contract import *  # noqa: F403
from funcgemma.backends.catalogue import Place, open_backend
from tiny import MODEL_DIR

pytestmark = pytest.mark.llm


@pytest.fixture(scope="module")
def backend():
    for library in ("torch", "transformers"):
        pytest.importorskip(library)
    opened = open_backend(f"transformers:{MODEL_DIR}", Place(num_ctx=1024))
    yield opened
    opened.close()
