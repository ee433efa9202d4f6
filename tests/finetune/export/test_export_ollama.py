"""Exports in Ollama: the Modelfile, and what a server is asked."""

import json
import re
from hashlib import sha256

import pytest

from funcgemma.errors import BackendError
from funcgemma.finetune.export.ollama import (
    TEMPLATE,
    Recipe,
    create_in_ollama,
    line_to_type,
    model_name,
    recipe_of,
)
from funcgemma.resolver.functiongemma.write import STOPS
from servers.blob_server import blob_server

RECIPE = Recipe("run_1/checkpoint-20", 2048)
CONTENT = b"GGUF" + bytes(range(256)) * 9000
DIGEST = f"sha256:{sha256(CONTENT).hexdigest()}"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "model.gguf").write_bytes(CONTENT)
    return tmp_path


def test_the_modelfile():
    text = RECIPE.modelfile()
    assert "FROM ./model.gguf\n" in text
    assert f'TEMPLATE """{TEMPLATE}"""\n' in text
    found = re.findall(r"^PARAMETER (\w+) (.+)$", text, re.M)
    stops = [json.loads(value) for name, value in found if name == "stop"]
    assert sorted(stops) == sorted(STOPS)
    assert dict(found) | {"stop": ""} == {
        "num_ctx": "2048",
        "temperature": "0",
        "repeat_penalty": "1",
        "stop": "",
    }
    assert text.endswith("\n")


def test_every_block_of_the_template_is_closed():
    opened = re.findall(r"{{-? (?:if|range)\b", TEMPLATE)
    assert len(opened) == len(re.findall(r"{{-? end }}", TEMPLATE))
    assert '"""' not in TEMPLATE


def test_renderer_and_parser_only_where_they_are_asked_for():
    words = re.compile("^(RENDERER|PARSER) functiongemma$", re.M)
    assert not words.findall(RECIPE.modelfile())
    assert "renderer" not in RECIPE.request("m", DIGEST)
    tools = Recipe("run_1/checkpoint-20", 2048, tools=True)
    assert words.findall(tools.modelfile()) == ["RENDERER", "PARSER"]
    body = tools.request("m", DIGEST)
    assert (body["renderer"], body["parser"]) == ("functiongemma", "functiongemma")


def test_a_recipe_from_a_manifest():
    manifest = {"run": "run_1/checkpoint-20", "prompt": {"num_ctx": 2048}, "tools": False}
    assert recipe_of(manifest) == RECIPE


def test_a_model_is_created(folder):
    told = []
    with blob_server() as (url, state):
        create_in_ollama(folder, RECIPE, "lamp:1", f"{url}/", told.append)
        assert state.uploads == [(f"/api/blobs/{DIGEST}", CONTENT)]
        (body,) = state.bodies
    assert body == RECIPE.request("lamp:1", DIGEST)
    assert body["files"] == {"model.gguf": DIGEST}
    assert "from" not in body  # nothing could be pulled
    assert told == ["uploading", "parsing GGUF", "success"]


def test_a_file_that_the_server_has_is_not_sent_again(folder):
    with blob_server(known=(DIGEST,)) as (url, state):
        create_in_ollama(folder, RECIPE, "lamp:1", url)
        assert (state.uploads, len(state.bodies)) == ([], 1)


def test_no_server(folder):
    with blob_server() as (url, _):
        pass
    with pytest.raises(BackendError, match="not running") as caught:
        create_in_ollama(folder, RECIPE, "lamp:1", url)
    assert caught.value.reason == "not_running"


def test_a_refused_file(folder):
    with (
        blob_server(status=500) as (url, state),
        pytest.raises(BackendError, match=r"500.*no room"),
    ):
        create_in_ollama(folder, RECIPE, "lamp:1", url)
    assert state.bodies == []


@pytest.mark.parametrize(
    ("answers", "word"),
    [
        (({"error": "unsupported architecture"},), "unsupported architecture"),
        (({"status": "parsing GGUF"},), "broke off"),
        ((), "broke off"),
        (([1],), "makes no sense"),
    ],
)
def test_a_model_that_could_not_be_created(folder, answers, word):
    with blob_server(answers=answers) as (url, _), pytest.raises(BackendError, match=word):
        create_in_ollama(folder, RECIPE, "lamp:1", url)


def test_names_and_the_line_to_type(tmp_path):
    assert model_name("run_1/checkpoint-20") == "functiongemma-run_1:20"
    line = line_to_type(tmp_path / "a b", "lamp:1")
    assert line == f"ollama create lamp:1 -f '{tmp_path}/a b/Modelfile'"
