"""What the doctor says about memory."""

import struct

import pytest

from funcgemma.backends.catalogue import split_spec
from funcgemma.backends.machine import Memory
from funcgemma.backends.ollama.server import OllamaServer
from funcgemma.cli.doctor.memory import look_at_memory
from funcgemma.cli.doctor.models import Model
from funcgemma.cli.doctor.ollama import is_here
from servers.engines import FixedEngine
from servers.ollama_server import ollama_server

GB = 1_000_000_000


def named(role, spec):
    return Model(role, spec, split_spec(spec)[0], asked_for=False)


CONVERSATION = (named("resolver_model", "functiongemma"), named("chat_model", "gemma3:4b"))


GENERATOR = named("generator_model", "qwen2.5:7b")


@pytest.mark.parametrize(
    ("total", "available", "state", "advice"),
    [
        (16 * GB, 12 * GB, "ok", ""),
        (8 * GB, 3 * GB, "warning", "close other programs"),
        (4 * GB, 3 * GB, "warning", "name smaller models"),
        (None, None, "ok", ""),
    ],
)
def test_a_warning_before_the_machine_would_swap(total, available, state, advice):
    with ollama_server(FixedEngine(), size=2 * GB) as (url, _):
        server = OllamaServer(url)
        found = look_at_memory(CONVERSATION, 4096, server, Memory(total, available))
        server.close()
    assert [finding.state for finding in found] == ["ok", state]
    assert found[1].what == "functiongemma + gemma3:4b"
    assert found[1].text.startswith("about 4.6 GB")
    assert found[1].todo.startswith(advice)


def test_what_is_loaded_needs_no_more_room():
    with ollama_server(FixedEngine(), size=2 * GB) as (url, state):
        for name in state.models:
            state.load(name, {})
        server = OllamaServer(url)
        found = look_at_memory(CONVERSATION, 4096, server, Memory(8 * GB, GB))
        server.close()
    assert found[1].state == "ok"
    assert "4.0 GB of it loaded already" in found[1].text


def test_the_generator_is_counted_by_itself():
    names = ("functiongemma", "gemma3:4b", "qwen2.5:7b")
    with ollama_server(FixedEngine(), names, size=3 * GB) as (url, _):
        server = OllamaServer(url)
        found = look_at_memory((*CONVERSATION, GENERATOR), 4096, server, Memory(8 * GB, 4 * GB))
        server.close()
    assert [finding.state for finding in found] == ["ok", "warning", "ok"]


def test_the_others_make_room_for_the_generator():
    with ollama_server(FixedEngine(), size=2 * GB) as (url, state):
        state.models["qwen2.5:7b"] = 5 * GB
        for name in ("functiongemma:latest", "gemma3:4b"):
            state.load(name, {})
        server = OllamaServer(url)
        found = look_at_memory((GENERATOR,), 4096, server, Memory(8 * GB, 2 * GB))
        server.close()
    assert found[1].state == "ok"


def test_a_model_file_needs_about_its_size(tmp_path):
    file = tmp_path / "x.gguf"
    file.write_bytes(b"GGUF" + struct.pack("<IQQ", 3, 0, 0) + bytes(100_000_000))
    chat = named("chat_model", f"llamacpp:{file}")
    found = look_at_memory([chat], 4096, OllamaServer(), Memory(8 * GB, 8 * GB))
    assert found[1].text == "about 0.4 GB"


def test_the_memory_of_another_machine_is_not_this_ones():
    server = OllamaServer("http://192.0.2.1:11434")  # an address for examples: never asked
    found = look_at_memory(CONVERSATION, 4096, server, Memory(8 * GB, GB))
    assert [finding.state for finding in found] == ["ok", "ok"]
    assert "192.0.2.1" in found[1].text


@pytest.mark.parametrize(
    ("url", "here"),
    [
        ("http://127.0.0.1:1", True),
        ("http://localhost:1", True),
        ("http://[::1]:1", True),
        ("http://box.example:1", False),
        ("http://10.0.0.2:1", False),
        ("http://[", False),
    ],
)
def test_which_addresses_are_on_this_machine(url, here):
    assert is_here(url) is here
