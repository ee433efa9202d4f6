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


@pytest.mark.parametrize("text", ["home = 1", "num_ctx = 'many'", "x ="])
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
