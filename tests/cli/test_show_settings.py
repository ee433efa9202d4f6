import json

import pytest

from funcgemma.cli.app import run

pytestmark = pytest.mark.usefixtures("default_models")


def test_settings_show_their_origin(capsys, monkeypatch, tmp_path):
    (tmp_path / "config.toml").write_text('home_location = "仙台"')
    monkeypatch.setenv("FUNCGEMMA_NUM_CTX", "2048")
    assert run(["settings", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["home_location"] == {"value": "仙台", "origin": str(tmp_path / "config.toml")}
    assert data["num_ctx"] == {"value": 2048, "origin": "FUNCGEMMA_NUM_CTX"}
    assert data["chat_model"]["origin"] == "default"


def test_any_setting_is_a_flag(capsys, monkeypatch):
    monkeypatch.setenv("FUNCGEMMA_NUM_CTX", "2048")
    assert run(["--set", "num-ctx=1024", "--set", "phrase=no", "settings", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["num_ctx"] == {"value": 1024, "origin": "--set"}
    assert data["phrase"] == {"value": False, "origin": "--set"}
    assert run(["settings", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["num_ctx"]["value"] == 2048


@pytest.mark.parametrize(
    ("pair", "words"),
    [
        ("num_ctx", "write it as"),
        ("window=9", "unknown setting window"),
        ("num_ctx=many", "must be int"),
        ("num_ctx=3", "512 or more"),
        ("llm_timeout=nan", "0.1 or more"),
        ("max_false_action=5", "0 to 1"),
        ("max_false_action=-1", "0 or more"),
    ],
)
def test_a_wrong_flag(capsys, pair, words):
    assert run(["--set", pair, "settings"]) == 2
    assert words in capsys.readouterr().err


@pytest.mark.parametrize("text", ["home = 1", "num_ctx = 'many'", "num_ctx = 0", "x ="])
def test_wrong_settings(capsys, tmp_path, text):
    (tmp_path / "config.toml").write_text(text)
    assert run(["settings"]) == 2
    assert "config.toml" in capsys.readouterr().err


def test_the_usual_proxy_variables_are_heard(capsys, monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:3128")
    assert run(["settings", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["proxy"] == {"value": "http://127.0.0.1:3128", "origin": "HTTPS_PROXY"}
    monkeypatch.setenv("FUNCGEMMA_PROXY", "http://127.0.0.1:1")
    assert run(["settings", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["proxy"]["origin"] == "FUNCGEMMA_PROXY"
