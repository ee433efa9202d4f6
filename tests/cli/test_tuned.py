"""Resolvers that ask a fine-tuned model: how it is found, and with which prompt it is asked."""

import json

import pytest
from tuned_run import make_run

from funcgemma.cli.app import run
from funcgemma.cli.bootstrap import make_router
from funcgemma.cli.language_model import language_stage
from funcgemma.cli.resolvers import choose, with_model
from funcgemma.cli.settings import Settings
from funcgemma.cli.tuned import FOLDER, find_tuned
from funcgemma.errors import ArtefactError, SettingsError
from funcgemma.finetune.examples import PromptOptions, make_examples
from funcgemma.functions.plugins import from_schemas, known_functions
from funcgemma.functions.registry import FunctionRegistry
from funcgemma.records import Case

WEATHER = "<start_function_call>call:weather_info{location:<escape>京都<escape>}<end_function_call>"
CASE = {"id": "1", "text": "京都の天気を教えて", "now": "2026-05-13T10:20:00+09:00"}
GOLD = [{"name": "weather_info", "arguments": {"location": "京都"}}]
ASKS = CASE | {"calls": GOLD}
SILENT = CASE | {"id": "2", "text": "おはよう"}


@pytest.fixture(autouse=True)
def here(own_data_folder, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def script(tmp_path):
    path = tmp_path / "script.json"
    answers = [
        {"when": "京都の天気を教えて<end_of_turn>\n<start_of_turn>model\n$", "text": WEATHER}
    ]
    path.write_text(json.dumps([*answers, {"when": "", "text": "no"}]))
    return f"scripted:{path}"


@pytest.fixture
def cases(tmp_path):
    (tmp_path / "c.jsonl").write_text("\n".join(json.dumps(case) for case in (ASKS, SILENT)))
    return str(tmp_path / "c.jsonl")


LAMP = """
from funcgemma import function

@function(description="電気をつける。")
def lamp() -> dict:
    return {"status": "ok", "message": "lit"}
"""


def calling(folder, name):
    """A language model that always calls one function."""
    call = f"<start_function_call>call:{name}{{}}<end_function_call>"
    (folder / "calls.json").write_text(json.dumps([{"when": "", "text": call}]))
    return f"scripted:{folder / 'calls.json'}"


def tuned_stage(text, settings, definitions, backend=None):
    chosen = choose(settings, text, backend)
    return language_stage(with_model(settings, chosen, backend), chosen, definitions)


@pytest.mark.parametrize(
    ("asked", "best", "found"),
    [
        ("", None, "checkpoint-200"),
        ("", 100, "checkpoint-100"),
        ("best", 100, "checkpoint-100"),
        ("last", 100, "checkpoint-200"),
        ("100", 200, "checkpoint-100"),
    ],
)
def test_which_checkpoint(tmp_path, asked, best, found):
    make_run(tmp_path, best=best)
    assert find_tuned(1, asked).name == f"run_1/{found}"


def test_what_is_not_there_is_named_with_what_is(tmp_path):
    with pytest.raises(ArtefactError, match="no such run") as caught:
        find_tuned(7)
    assert "funcgemma finetune" in caught.value.hint
    make_run(tmp_path, run_id=2)
    make_run(tmp_path, run_id=10, steps=tuple(range(1, 20)))
    (FOLDER / "run_x").mkdir()
    (FOLDER / "run_3").mkdir()
    with pytest.raises(ArtefactError, match="run_7") as caught:
        find_tuned(7)
    assert caught.value.hint == (
        "there is --run-id 2 (checkpoint 100, 200); --run-id 10 (checkpoint 1, 2, 3, …, 16, 17, 18, 19)"
    )
    with pytest.raises(ArtefactError, match="checkpoint-5") as caught:
        find_tuned(2, "5")
    assert caught.value.hint == "there is --checkpoint 100, 200"
    with pytest.raises(ArtefactError, match="no checkpoint in it"):
        find_tuned(3)


@pytest.mark.parametrize("text", ["{", "{}", '{"kind": "finetune", "format": 99}'])
def test_a_damaged_manifest(tmp_path, text):
    folder = make_run(tmp_path) / "checkpoint-200"
    (folder / "manifest.json").write_text(text)
    with pytest.raises(ArtefactError, match="checkpoint-200"):
        find_tuned(1)


@pytest.mark.parametrize("name", ["peft", "two-stage"])
def test_a_tuned_model_must_be_named(tmp_path, name):
    make_run(tmp_path)
    with pytest.raises(SettingsError, match="--run-id") as caught:
        choose(Settings(), name, None)
    assert "--run-id 1 (checkpoint 100, 200)" in caught.value.hint


def test_the_setting_may_name_a_run(tmp_path):
    make_run(tmp_path)
    chosen = choose(Settings(resolver="two-stage:1/100"), None, None)
    assert (chosen.name, chosen.tuned.name) == ("two-stage", "run_1/checkpoint-100")


@pytest.mark.parametrize(
    "text", ["peft:", "peft:x", "peft:1/x", "embedded:1", "keywords:1", "no:1"]
)
def test_what_names_no_run(tmp_path, text):
    make_run(tmp_path)
    with pytest.raises(SettingsError):
        choose(Settings(), text, None)


def test_what_is_served(tmp_path):
    folder = make_run(tmp_path, prompt=PromptOptions(compact=True, num_ctx=2048)) / "checkpoint-200"
    before = Settings(adapter="other.gguf", resolver_model="functiongemma")

    def served(resolver, backend=None):
        used = with_model(before, choose(before, resolver, backend), backend)
        assert used.compact_declarations is (":" in resolver)
        assert used.num_ctx == (2048 if ":" in resolver else 4096)
        return used.resolver_model, used.adapter

    base = f"transformers:{tmp_path / 'base'}"
    assert served("peft:1") == (base, str(folder.relative_to(tmp_path)))
    assert served("zero-shot:1") == (base, "")
    assert served("two-stage:1", "llamacpp:x.gguf") == ("llamacpp:x.gguf", "other.gguf")
    assert served("functiongemma") == ("functiongemma", "other.gguf")
    assert served("zero-shot") == ("functiongemma", "")


def test_a_model_that_was_tuned_whole_serves_itself(tmp_path):
    folder = make_run(tmp_path, method="full") / "checkpoint-200"
    used = with_model(Settings(), choose(Settings(), "peft:1", None), None)
    assert used.resolver_model == f"transformers:{folder.relative_to(tmp_path)}"
    assert used.adapter == ""


def test_the_prompt_is_the_one_it_was_tuned_on(tmp_path, now, script):
    """Other descriptions and another order here do not change it."""
    schemas = [
        {"name": "b", "description": "学習時の説明", "parameters": {"properties": {}}},
        {
            "name": "a",
            "description": "説明",
            "parameters": {"properties": {"x": {"type": "string"}}},
        },
    ]
    tuned_on = from_schemas(schemas, "test")
    options = PromptOptions(compact=True)
    make_run(tmp_path, registry=tuned_on, prompt=options)
    here = from_schemas([s | {"description": "今の説明"} for s in reversed(schemas)], "test")
    stage = tuned_stage("peft:1", Settings(), {d.name: d for d in here}, script)
    case = Case("1", "やあ", now)
    stage.resolver.resolve(case.dialogue)
    (example,) = make_examples([case], tuple(tuned_on), options).examples
    assert stage.resolver.backend.heard[0].prompt == example.prompt
    assert "学習時の説明" in example.prompt


def test_other_functions_are_refused(tmp_path, registry, definitions, script):
    fewer = FunctionRegistry(tuple(d for d in registry if d.name != "weather_info"))
    make_run(tmp_path, registry=fewer)
    with pytest.raises(ArtefactError, match=r"unknown to it: weather_info\)") as caught:
        tuned_stage("peft:1", Settings(), definitions, script)
    assert "--functions" in caught.value.hint
    changed = [d.schema for d in registry]
    changed[0] = changed[0] | {"parameters": {"properties": {}}}
    make_run(tmp_path, run_id=2, registry=from_schemas(changed, "test"))
    with pytest.raises(ArtefactError, match=r"\(with other arguments: travel_guide\)"):
        tuned_stage("peft:2", Settings(), definitions, script)


def test_another_clock_is_refused(tmp_path, definitions, script):
    folder = make_run(tmp_path) / "checkpoint-200"
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["prompt"]["clock"] = "second"
    (folder / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(ArtefactError, match="to the second, here to the day"):
        tuned_stage("peft:1", Settings(), definitions, script)


def test_its_own_functions_are_served_where_none_are_given(tmp_path, capsys, script):
    own = from_schemas([{"name": "lamp", "parameters": {"properties": {}}}], "test")
    make_run(tmp_path, registry=own)
    call = "<start_function_call>call:lamp{}<end_function_call>"
    (tmp_path / "script.json").write_text(json.dumps([{"when": "", "text": call}]))
    options = ["--run-id", "1", "--backend", script, "--no-train", "--json"]
    assert run(["route", "電気つけて", *options]) == 0
    assert json.loads(capsys.readouterr().out)["calls"] == [{"name": "lamp", "arguments": {}}]


def test_of_more_functions_its_own_are_served_with_their_code(tmp_path, capsys):
    (tmp_path / "lamp.py").write_text(LAMP)
    own = from_schemas([known_functions(tmp_path / "lamp.py").get("lamp").schema], "test")
    make_run(tmp_path, registry=own)
    options = {"resolver": "peft:1", "backend": calling(tmp_path, "lamp"), "no_train": True}
    router = make_router(Settings(), functions=tmp_path / "lamp.py", **options)
    assert list(router.definitions) == ["lamp"]
    assert router.definitions["lamp"].handler() == {"status": "ok", "message": "lit"}
    assert "was not tuned on travel_guide, " in capsys.readouterr().err


def test_functions_without_any_text_need_no_other_model(tmp_path, capsys):
    make_run(tmp_path, registry=from_schemas([{"name": "lamp"}], "test"))
    options = ["--run-id", "1", "--backend", calling(tmp_path, "lamp")]
    assert run(["route", "電気つけて", *options]) == 0
    said = capsys.readouterr()
    assert said.out.startswith("lamp")
    assert said.err == ""
    assert run(["route", "電気つけて", *options, "--resolver", "two-stage"]) == 0
    said = capsys.readouterr().err
    assert "no text calls lamp (funcgemma train --functions FILE" in said
    assert "Keywords decide" in said


@pytest.mark.parametrize(("resolver", "asked"), [("peft", 2), ("zero-shot", 2), ("two-stage", 1)])
def test_evaluated_with_and_without_a_gate(tmp_path, model, cases, script, capsys, resolver, asked):
    make_run(tmp_path)
    options = ["--model", str(model), "--run-id", "1", "--backend", script, "--resolver", resolver]
    assert run(["evaluate", "--cases", cases, *options, "--output", f"{resolver}.json"]) == 0
    shown = capsys.readouterr().out
    assert f"LLM calls: {asked} (" in shown
    report = json.loads((tmp_path / f"{resolver}.json").read_text(encoding="utf-8"))
    about = report["about"]
    assert (about["resolver"], about["run"]) == (resolver, "run_1/checkpoint-200")
    assert about["base"] == {"model": str(tmp_path / "base"), "revision": "", "hash": "0"}
    assert about["prompt"] == {"compact": False, "num_ctx": 4096, "clock": "day"}
    assert "weights" not in about  # another form of the model was served
    assert report["llm_calls"] == asked
    assert report["summary"]["call_accuracy"] == 1.0


def test_where_the_model_has_the_last_word_nothing_passes_that_the_gate_refuses(
    tmp_path, model, script
):
    make_run(tmp_path)
    settings = Settings(resolver_model=script)
    for resolver, wanted in (("two-stage:1", True), ("functiongemma", True), ("embedded", False)):
        backend = None if resolver == "embedded" else script
        gate = make_router(settings, model=model, resolver=resolver, backend=backend).model.gate
        assert (gate.reject == gate.threshold) is wanted


def test_the_options_in_every_command(tmp_path, cases, capsys):
    make_run(tmp_path)
    for command in (["evaluate", "--cases", cases], ["route", "x"], ["benchmark"], ["chat"]):
        assert run([*command, "--run-id", "4"]) == 2
        assert "--run-id 1 (checkpoint 100, 200)" in capsys.readouterr().err
        assert run([*command, "--run-id", "1", "--checkpoint", "x"]) == 2
        assert "neither a number" in capsys.readouterr().err
    assert run(["route", "x", "--checkpoint", "1"]) == 2
    assert "--checkpoint needs --run-id" in capsys.readouterr().err


def test_a_benchmark_of_a_run(tmp_path, model, cases, script):
    make_run(tmp_path)
    options = ["--model", str(model), "--run-id", "1", "--backend", script, "--rounds", "1"]
    assert run(["benchmark", "--cases", cases, *options, "--output", "b.json"]) == 0
    result = json.loads((tmp_path / "b.json").read_text(encoding="utf-8"))
    assert result["about"]["run"] == "run_1/checkpoint-200"
    calls = {system["name"]: system["llm_calls"] for system in result["systems"]}
    assert (calls["LLM gate"], calls["ML gate + LLM"]) == (2, 1)
