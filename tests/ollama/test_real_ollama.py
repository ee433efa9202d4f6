"""The contract, and what only Ollama does, on a real server."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from backends.contract import *  # noqa: F403
from backends.contract import PROMPT, SHORT
from funcgemma.backends.base import Options
from funcgemma.backends.catalogue import Place, open_backend
from funcgemma.backends.memory import make_room, needed
from funcgemma.backends.ollama.server import MINIMUM_VERSION, parse_version, same_model
from funcgemma.errors import BackendError

pytestmark = pytest.mark.ollama
NUM_CTX = 4096


@pytest.fixture
def backend(server, model):
    # A large model may take its time to load.
    place = Place(ollama_url=server.url, num_ctx=NUM_CTX, timeout=300)
    opened = open_backend(f"ollama:{model}", place)
    yield opened
    opened.close()


def test_threads_may_share_it(backend):
    """Requests that are computed together may differ in their last digits, hence in a word."""
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: backend.complete(PROMPT, SHORT), range(4)))
    assert all(answer.text for answer in answers)


def test_the_server_is_new_enough(server):
    assert parse_version(server.version()) >= MINIMUM_VERSION


def test_a_request_loads_the_model_with_our_context(backend, server, model):
    backend.complete(PROMPT, SHORT)
    loaded = next(m for m in server.loaded() if same_model(m.name, model))
    assert loaded.size > 0
    assert loaded.num_ctx in (None, NUM_CTX)


def test_the_prompts_prefix_is_computed_once(backend):
    backend.complete(PROMPT, SHORT)
    again = backend.complete(PROMPT + "x", SHORT)
    assert again.prompt_tokens > 0
    # Servers before 2026-08 do not tell.
    assert again.cached_tokens is None or again.cached_tokens > 0


def test_making_room_unloads_what_may_not_stay(backend, server, model):
    backend.complete(PROMPT, Options(max_tokens=1))
    room = make_room(server, model, together=())
    assert not any(same_model(name, model) for name in room.unloaded)
    assert [m.name for m in server.loaded() if not same_model(m.name, model)] == []
    server.unload(model)


def test_what_a_model_needs_is_more_than_its_file(server, model):
    assert needed(server, model, NUM_CTX) > server.find(model).size


def test_a_model_that_is_not_there(server):
    missing = open_backend("ollama:funcgemma-no-such-model", Place(ollama_url=server.url))
    for action in (missing.check, lambda: missing.complete("x")):
        with pytest.raises(BackendError) as caught:
            action()
        assert caught.value.reason == "not_pulled"
    missing.close()
