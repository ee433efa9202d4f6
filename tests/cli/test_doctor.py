"""`funcgemma doctor` on machines with and without language models."""

import json
import shutil
import socket

import pytest

from funcgemma.cli.app import run
from funcgemma.cli.bootstrap import keeper_of
from funcgemma.cli.settings import load_settings
from funcgemma.functions.builtin import builtin_registry
from servers.engines import FixedEngine
from servers.ollama_server import ollama_server

pytestmark = pytest.mark.usefixtures("default_models")


@pytest.fixture(autouse=True)
def default_address(monkeypatch):
    """No address of a server from outside of the test."""
    monkeypatch.delenv("FUNCGEMMA_OLLAMA_URL", raising=False)


@pytest.fixture
def setting(monkeypatch):
    """Sets a setting as a user would."""

    def put(**values):
        for name, value in values.items():
            monkeypatch.setenv(f"FUNCGEMMA_{name.upper()}", str(value))

    return put


@pytest.fixture
def config(tmp_path):
    """Writes the user's config file."""
    return lambda text: (tmp_path / "config.toml").write_text(text)


@pytest.fixture
def nowhere():
    """An address at which nothing listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}"


@pytest.fixture
def doctor(capsys):
    """Runs the command: exit code, findings by name, resolver."""

    def examine():
        code = run(["doctor", "--json"])
        told = json.loads(capsys.readouterr().out)
        assert told["exit_code"] == code
        return code, {row["what"]: row for row in told["findings"]}, told["resolver"]

    return examine


@pytest.fixture
def ollama(setting):
    """Starts Ollama servers; each is the one that the settings name."""
    running = []

    def start(**state):
        context = ollama_server(FixedEngine(), **state)
        url, server = context.__enter__()
        running.append(context)
        setting(ollama_url=url)
        return server

    yield start
    for context in running:
        context.__exit__(None, None, None)


def test_without_language_models_the_program_works(doctor, monkeypatch):
    monkeypatch.setenv("PATH", "")
    # The default address: whether something listens there is this machine's own business.
    code, found, _ = doctor()
    assert code == 0
    for what in ("FuncGemma", "libraries", "dictionary", "data folder", "a decision"):
        assert found[what]["state"] == "ok"
    assert "weather_info" in found["a decision"]["text"]
    assert found["trained model"]["state"] == "optional"
    assert found["trained model"]["todo"] == "funcgemma train"


def test_a_server_that_does_not_run_and_nobody_asked_for(doctor, nowhere, config):
    config(f'ollama_url = "{nowhere}"\nresolver = "embedded"')
    code, found, resolver = doctor()
    assert resolver == "embedded"
    assert found["resolver_model"]["state"] == "optional"
    # The address was set, so somebody expects a server there.
    assert (code, found["Ollama"]["state"]) == (1, "failed")
    assert "not running" in found["Ollama"]["text"]


def test_all_is_there(doctor, ollama):
    ollama(models=("functiongemma", "gemma3:4b", "qwen2.5:7b"))
    code, found, resolver = doctor()
    assert (code, resolver) == (0, "cascade")
    assert found["Ollama"]["text"].startswith("0.33.0 at http://127.0.0.1:")
    assert "gemma3:4b" in found["downloaded"]["text"]
    assert found["loaded"]["text"].startswith("none")
    for role in ("resolver_model", "chat_model", "generator_model"):
        assert found[role]["state"] == "ok"
    assert found["chat"]["text"] == "by gemma3:4b"


def test_loaded_models_are_shown_with_their_size(doctor, ollama):
    server = ollama(size=600_000_000)
    server.load("functiongemma:latest", {"options": {"num_ctx": 4096}})
    _, found, _ = doctor()
    assert found["loaded"]["text"] == "functiongemma:latest (0.6 GB, num_ctx 4096)"
    assert "0.6 GB of it loaded already" in found["functiongemma + gemma3:4b"]["text"]


def test_nothing_is_loaded_or_made_by_looking(doctor, ollama, tmp_path):
    server = ollama()
    doctor()
    assert not server.loaded
    assert {path for path, _ in server.asked} <= {
        "/api/version", "/api/tags", "/api/ps", "/api/show",
    }  # fmt: skip
    assert not (tmp_path / "data").exists()


def test_a_missing_model_that_nobody_asked_for_is_optional(doctor, ollama):
    ollama(models=("gemma3:4b",))
    code, found, resolver = doctor()
    assert (code, resolver) == (0, "embedded")
    assert found["resolver_model"]["state"] == "optional"
    assert found["resolver_model"]["todo"] == "get it: ollama pull functiongemma"


@pytest.mark.parametrize(
    ("values", "what"),
    [
        ({"resolver": "cascade"}, "resolver_model"),
        ({"resolver": "functiongemma"}, "resolver_model"),
        ({"resolver_model": "my-gemma"}, "resolver_model"),
        ({"chat_model": "gemma3:12b"}, "chat_model"),
        ({"generator_model": "ollama:"}, "generator_model"),
        ({"chat_model": "llamacpp:/there/is/no.gguf"}, "chat_model"),
        ({"chat_model": "openai:any", "openai_url": "http://["}, "chat_model"),
        ({"resolver": "best"}, "resolver"),
    ],
)
def test_what_the_settings_ask_for_fails_where_it_is_not_there(
    doctor, ollama, setting, values, what
):
    ollama(models=("llama3",))
    setting(**values)
    code, found, _ = doctor()
    assert code == 1
    assert found[what]["state"] == "failed"
    assert found[what]["todo"]


@pytest.mark.parametrize("resolver", ["embedded", "keywords"])
def test_a_resolver_without_a_model_asks_for_none(doctor, ollama, setting, resolver):
    ollama(models=())
    setting(resolver=resolver, resolver_model="my-gemma")
    code, found, used = doctor()
    assert (code, used) == (0, resolver)
    assert found["resolver_model"]["state"] == "optional"


def test_an_old_ollama(doctor, ollama, setting):
    ollama(version="0.12.6")
    code, found, resolver = doctor()
    assert (code, resolver) == (0, "embedded")
    assert found["Ollama"]["state"] == "warning"
    assert "0.13.5" in found["Ollama"]["text"]
    assert found["chat_model"]["state"] == "ok"
    setting(resolver="cascade")
    assert doctor()[0] == 1


def test_a_data_folder_that_cannot_be_made(doctor, setting, tmp_path):
    (tmp_path / "file").write_text("")
    setting(data_dir=tmp_path / "file" / "data")
    code, found, _ = doctor()
    assert code == 1
    assert found["data folder"]["state"] == "failed"
    assert "FUNCGEMMA_DATA_DIR" in found["data folder"]["todo"]


@pytest.fixture
def kept(model, own_data_folder):
    """The folder of a kept model."""
    folder = keeper_of(load_settings(), builtin_registry()).serving_folder
    shutil.copytree(model, folder)
    return folder


def test_a_kept_model_is_used(doctor, kept):
    code, found, _ = doctor()
    assert code == 0
    assert found["trained model"]["state"] == "ok"
    assert str(kept) in found["trained model"]["text"]
    assert "keywords" not in found["a decision"]["text"]


def test_a_damaged_model_is_trained_again(doctor, kept):
    (kept / "gate.safetensors").write_bytes(b"")
    code, found, _ = doctor()
    assert code == 0
    assert found["trained model"]["state"] == "warning"
    assert found["a decision"]["state"] == "ok"


def test_for_people(capsys, ollama):
    ollama(models=("functiongemma",))
    assert run(["doctor"]) == 0
    told = capsys.readouterr().out
    assert "✓ resolver" in told
    assert "– chat_model" in told
    assert "→ get it: ollama pull gemma3:4b" in told
    assert told.rstrip().endswith("FuncGemma works. What is marked – is optional.")


def test_a_wrong_config_file_is_said(capsys, config):
    config("colour = 1")
    assert run(["doctor"]) == 2
    assert "colour" in capsys.readouterr().err
