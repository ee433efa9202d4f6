"""Which models may be loaded together, what a model needs, and what the machine has."""

import pytest

from funcgemma.backends.catalogue import Place
from funcgemma.backends.machine import Memory, linux, machine_memory, vm_stat
from funcgemma.backends.memory import Room, cache_bytes, make_room, may_stay, needed
from funcgemma.backends.ollama.backend import OllamaBackend, OllamaServer
from funcgemma.errors import BackendError
from servers.engines import FixedEngine
from servers.ollama_server import ollama_server

MODELS = ("functiongemma", "gemma3:4b", "qwen2.5:7b")
PLENTY = Memory(64_000_000_000, 60_000_000_000)
MEMINFO = """MemTotal:        8046384 kB
MemFree:          337524 kB
MemAvailable:    2963008 kB
SwapTotal:       2097148 kB
"""
VM_STAT = """Mach Virtual Memory Statistics: (page size of 16384 bytes)
Pages free:                               12345.
Pages active:                            150000.
Pages inactive:                          100000.
Pages speculative:                         1000.
Pages wired down:                         90000.
"Translation faults":                 123456789.
"""


@pytest.fixture
def served():
    with ollama_server(FixedEngine(), MODELS, linger=2) as (url, state):
        server = OllamaServer(url)
        yield server, state
        server.close()


def load(server, *models):
    for model in models:
        backend = OllamaBackend(model, Place(ollama_url=server.url))
        backend.complete("p")
        backend.close()


def make(server, model, memory=PLENTY):
    return make_room(server, model, memory=lambda: memory, sleep=lambda seconds: None)


@pytest.mark.parametrize(
    ("loaded", "model", "stays"),
    [
        ("functiongemma:latest", "gemma3:4b", True),
        ("gemma3:4b", "functiongemma", True),
        ("gemma3:4b", "gemma3:4b", True),
        ("gemma3:4b", "qwen2.5:7b", False),
        ("qwen2.5:7b", "gemma3:4b", False),
        ("qwen2.5:7b", "QWEN2.5:7b", True),
        ("llama3:8b", "functiongemma", False),
    ],
)
def test_who_may_stay(loaded, model, stays):
    assert may_stay(loaded, model) is stays


def test_the_generator_gets_the_memory_for_itself(served):
    server, _ = served
    load(server, "functiongemma", "gemma3:4b")
    assert make(server, "qwen2.5:7b") == Room(("functiongemma:latest", "gemma3:4b"))
    assert server.loaded() == ()


def test_the_small_ones_stay_together(served):
    server, _ = served
    load(server, "functiongemma")
    assert make(server, "gemma3:4b") == Room()
    assert len(server.loaded()) == 1


def test_the_generator_leaves_when_a_chat_begins(served):
    server, _ = served
    load(server, "qwen2.5:7b")
    assert make(server, "gemma3:4b").unloaded == ("qwen2.5:7b",)


def test_a_model_that_does_not_leave(served):
    server, state = served
    load(server, "gemma3:4b")
    state.linger = 10_000
    with pytest.raises(BackendError) as caught:
        make(server, "qwen2.5:7b")
    assert caught.value.reason == "memory"
    assert "ollama stop gemma3:4b" in caught.value.hint


def test_a_warning_before_the_machine_swaps(served):
    server, state = served
    state.models["qwen2.5:7b"] = 4_700_000_000
    room = make(server, "qwen2.5:7b", Memory(8_000_000_000, 3_000_000_000))
    assert "needs about 5.0 GB" in room.warning
    assert "3.0 GB" in room.warning


@pytest.mark.parametrize("memory", [PLENTY, Memory()])
def test_no_warning_where_it_fits_or_nobody_knows(served, memory):
    server, state = served
    state.models["qwen2.5:7b"] = 4_700_000_000
    assert make(server, "qwen2.5:7b", memory).warning == ""


def test_no_warning_for_a_model_that_is_loaded(served):
    server, _ = served
    load(server, "gemma3:4b")
    assert make(server, "gemma3:4b", Memory(8, 1)).warning == ""


def test_what_a_model_needs(served):
    server, _ = served
    # 6 layers, 1 head, keys and values of 32, 4096 positions, 2 bytes each.
    assert needed(server, "functiongemma", 4096) == 2_000_000 + 6 * 64 * 4096 * 2 + 300_000_000


@pytest.mark.parametrize(
    ("info", "size"),
    [
        ({}, 0),
        ({"general.architecture": "x"}, 0),
        (
            {
                "general.architecture": "qwen2",
                "qwen2.block_count": 2,
                "qwen2.attention.head_count": 4,
                "qwen2.attention.head_count_kv": [1, 2],
                "qwen2.embedding_length": 64,
            },
            2 * 2 * 32 * 100 * 2,
        ),
    ],
)
def test_the_cache(info, size):
    assert cache_bytes(info, 100) == size


def test_the_memory_of_linux(tmp_path):
    assert linux(MEMINFO) == Memory(8046384 * 1024, 2963008 * 1024)
    file = tmp_path / "meminfo"
    file.write_text(MEMINFO)
    assert machine_memory("linux", file) == linux(MEMINFO)
    assert str(linux(MEMINFO)) == "3.0 GB of 8.2 GB free"


def test_the_memory_of_macos():
    told = {("sysctl", "-n", "hw.memsize"): "8589934592\n", ("vm_stat",): VM_STAT}
    memory = machine_memory("darwin", ask=lambda command: told[command])
    assert memory == Memory(8589934592, 16384 * 113345)
    assert vm_stat("something else") is None


@pytest.mark.parametrize("platform", ["win32", "freebsd14", "darwin", "linux"])
def test_memory_that_cannot_be_read_is_unknown(tmp_path, platform):
    memory = machine_memory(platform, tmp_path / "none", lambda command: "")
    assert memory == Memory()
    assert str(memory) == "unknown"


def test_this_machine_can_be_read():
    memory = machine_memory()
    assert memory.total is None or memory.total > 0
