"""A conversation warns before its models make the machine swap."""

import pytest

from funcgemma.backends.machine import Memory
from funcgemma.cli.chat.room import memory_warnings
from funcgemma.cli.settings import Settings
from servers.engines import FixedEngine
from servers.ollama_server import ollama_server

GB = 1_000_000_000


@pytest.mark.parametrize(("free", "warned"), [(3 * GB, True), (12 * GB, False), (None, False)])
def test_models_that_do_not_fit_are_told(free, warned):
    with ollama_server(FixedEngine(), size=2 * GB) as (url, state):
        found = memory_warnings(Settings(ollama_url=url), Memory(8 * GB, free))
    assert bool(found) is warned
    assert all("would swap" in line for line in found)
    assert state.loaded == {}


def test_only_what_is_pulled_counts():
    with ollama_server(FixedEngine(), ["functiongemma"], size=GB) as (url, _):
        settings = Settings(ollama_url=url)
        found = memory_warnings(settings, Memory(8 * GB, GB // 2))
        assert found[0].startswith("functiongemma: ")
        assert memory_warnings(Settings(ollama_url=url), Memory(8 * GB, 2 * GB)) == []


def test_without_ollama_nothing_is_said():
    assert memory_warnings(Settings(ollama_url="http://127.0.0.1:9"), Memory(8 * GB, 1)) == []
