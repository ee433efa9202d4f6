"""`--resolver` and `--backend`: who decides, and what if the language model is not there."""

import json
import socket

import pytest

from funcgemma.cli.app import run
from funcgemma.functions.builtin import builtin_registry
from funcgemma.records import FunctionCall
from funcgemma.resolver.functiongemma.wire import Wire
from funcgemma.resolver.functiongemma.write import render_call
from servers.engines import FixedEngine
from servers.ollama_server import ollama_server

pytestmark = pytest.mark.usefixtures("default_models")

TEXT = "明日の京都の天気を教えて"
KYOTO = FunctionCall("weather_info", {"location": "京都"})
CALL = render_call(KYOTO, Wire.of(builtin_registry()))


@pytest.fixture
def script(tmp_path):
    """A backend that sees 京都 and nothing else."""
    path = tmp_path / "script.json"
    path.write_text(
        json.dumps([{"when": "user\n.*京都.*<end_of_turn>\n<start_of_turn>model", "text": CALL},
                    {"when": ".", "text": "no_function"}], ensure_ascii=False)
    )  # fmt: skip
    return f"scripted:{path}"


@pytest.fixture
def route(model, capsys):
    def call(*options):
        code = run(["route", TEXT, "--json", "--model", str(model), *options])
        out = capsys.readouterr()
        return code, json.loads(out.out) if out.out else None, out.err

    return call


def closed_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@pytest.fixture
def nobody(monkeypatch):
    monkeypatch.setenv("FUNCGEMMA_OLLAMA_URL", f"http://127.0.0.1:{closed_port()}")


@pytest.mark.usefixtures("nobody")
def test_without_a_language_model_the_embedded_resolver_decides(route):
    code, decision, err = route()
    assert (code, decision["stage"]) == (0, "embedded")
    assert "Ollama" not in err


@pytest.mark.usefixtures("nobody")
@pytest.mark.parametrize("resolver", ["cascade", "functiongemma", "zero-shot"])
def test_who_asks_for_a_language_model_hears_that_there_is_none(route, resolver):
    code, decision, err = route("--resolver", resolver)
    assert (code, decision) == (3, None)
    assert "ollama serve" in err


@pytest.mark.parametrize("url", ["http://x:abc", "http://[", "nonsense", "http://127.0.0.1:99999"])
def test_an_address_that_is_none_means_no_model(route, monkeypatch, url):
    monkeypatch.setenv("FUNCGEMMA_OLLAMA_URL", url)
    assert route()[1]["stage"] == "embedded"


def test_functiongemma_decides_what_the_gate_lets_through(route, script):
    code, decision, _ = route("--resolver", "functiongemma", "--backend", script)
    assert (code, decision["stage"]) == (0, "llm")
    assert decision["calls"] == [{"name": "weather_info", "arguments": {"location": "京都"}}]


def test_a_named_backend_means_the_cascade(route, script):
    """The embedded resolver is sure here, or asks the model: either way one call comes out."""
    code, decision, _ = route("--backend", script)
    assert code == 0
    assert [call["name"] for call in decision["calls"]] == ["weather_info"]
    assert decision["calls"][0]["arguments"]["date"]


def test_a_running_ollama_is_used_by_itself(route, monkeypatch):
    with ollama_server(FixedEngine(CALL)) as (url, _):
        monkeypatch.setenv("FUNCGEMMA_OLLAMA_URL", url)
        assert route()[0] == 0
        monkeypatch.setenv("FUNCGEMMA_RESOLVER", "functiongemma")
        assert route()[1]["stage"] == "llm"


def test_an_unknown_resolver_in_the_settings(route, monkeypatch):
    monkeypatch.setenv("FUNCGEMMA_RESOLVER", "magic")
    code, _, err = route()
    assert code == 2
    assert "magic" in err


def test_evaluate_and_benchmark_count_what_the_model_was_asked(model, script, tmp_path, capsys):
    cases = tmp_path / "cases.jsonl"
    rows = [
        {"id": "1", "text": TEXT, "calls": [{"name": "weather_info", "arguments": {
            "location": "京都", "forecast_type": "daily", "date": "2026-05-14"}}]},
        {"id": "2", "text": "ありがとう", "calls": []},
    ]  # fmt: skip
    now = {"now": "2026-05-13T10:20:00+09:00"}
    cases.write_text("\n".join(json.dumps(row | now, ensure_ascii=False) for row in rows))
    given = ["--cases", str(cases), "--model", str(model), "--backend", script]
    assert run(["evaluate", *given, "--resolver", "zero-shot", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["llm_calls"] == 2
    assert report["stages"] == {"llm": 2}
    assert report["about"]["resolver"] == "zero-shot"
    assert report["about"]["language_model"] == script
    assert run(["benchmark", *given, "--rounds", "1", "--json"]) == 0
    systems = {s["name"]: s for s in json.loads(capsys.readouterr().out)["systems"]}
    assert systems["LLM gate"]["llm_calls"] == 2
    assert systems["LLM gate"]["gate_accuracy"] == 1.0
    assert systems["embedded router"]["llm_calls"] == 0
    assert systems["cascade"]["llm_calls"] <= systems["ML gate + LLM"]["llm_calls"] <= 2


def test_what_is_measured_is_not_mixed(model, tmp_path, capsys):
    """A model that fails in the middle ends the measurement."""
    script = tmp_path / "script.json"
    script.write_text(json.dumps([{"text": CALL}]), encoding="utf-8")
    cases = tmp_path / "cases.jsonl"
    row = {"text": TEXT, "now": "2026-05-13T10:20:00+09:00", "calls": []}
    cases.write_text("\n".join(json.dumps(row | {"id": str(i)}) for i in range(3)))
    given = ["--cases", str(cases), "--model", str(model), "--backend", f"scripted:{script}"]
    assert run(["evaluate", *given, "--resolver", "zero-shot"]) == 3
    assert "scripted" in capsys.readouterr().err
