import json

import pytest

from funcgemma.cli.app import run
from funcgemma.functions.builtin import builtin_registry
from funcgemma.model import save_model


@pytest.fixture(scope="module")
def model(small_model, tmp_path_factory):
    folder = tmp_path_factory.mktemp("model") / "m"
    save_model(small_model, folder)
    return folder


@pytest.fixture(autouse=True)
def own_data_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("FUNCGEMMA_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("FUNCGEMMA_CONFIG", str(tmp_path / "config.toml"))
    monkeypatch.setenv("FUNCGEMMA_LANGUAGE", "ja")


CASE = {"id": "1", "text": "明日の京都の天気を教えて", "now": "2026-05-13T10:20:00+09:00"}


def test_one_text_as_json(model, capsys):
    code = run(["route", CASE["text"], "--json", "--model", str(model), "--now", CASE["now"]])
    data = json.loads(capsys.readouterr().out)
    assert code == 0
    assert data["calls"][0]["name"] == "weather_info"
    assert data["calls"][0]["arguments"]["date"] == "2026-05-14"
    assert data["missing"] == []
    assert data["stage"] == "embedded"
    assert 0 <= data["confidence"] <= 1
    assert data["latency_ms"] > 0


def test_a_file_keeps_the_good_lines(model, tmp_path, capsys):
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    lines = [
        json.dumps(CASE),
        "{broken",
        json.dumps({"id": "2"}),
        "",
        json.dumps(CASE | {"id": "3", "text": "😀\ud800"}),
    ]
    source.write_text("\n".join(lines), encoding="utf-8")
    code = run(["route", "--input", str(source), "--output", str(target), "--model", str(model)])
    assert code == 1
    errors = capsys.readouterr().err
    assert "in.jsonl:2" in errors
    assert "in.jsonl:3" in errors
    out = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert [line["id"] for line in out] == ["1", "3"]
    assert list(out[0]) == ["id", "calls", "missing", "confidence", "stage", "latency_ms"]


def test_input_that_is_missing(model, tmp_path, capsys):
    assert run(["route", "--input", str(tmp_path / "no.jsonl"), "--model", str(model)]) == 2
    assert "no.jsonl" in capsys.readouterr().err


def test_output_that_cannot_be_written(model, tmp_path, capsys):
    (tmp_path / "in.jsonl").write_text(json.dumps(CASE))
    (tmp_path / "file").write_text("")
    target = tmp_path / "file" / "out.jsonl"
    assert (
        run(
            [
                "route",
                "--input",
                str(tmp_path / "in.jsonl"),
                "--output",
                str(target),
                "--model",
                str(model),
            ]
        )
        == 3
    )


@pytest.mark.parametrize(
    "arguments",
    [["route"], ["route", "a", "--input", "b"], ["route", "a", "--now", "soon"], ["nothing"]],
)
def test_wrong_use(arguments, capsys):
    assert run(arguments) == 2
    assert capsys.readouterr().err


def test_a_damaged_model(model, tmp_path, capsys):
    import shutil

    broken = tmp_path / "broken"
    shutil.copytree(model, broken)
    (broken / "gate.json").write_text("{}")
    assert run(["route", "天気", "--model", str(broken)]) == 2
    assert "damaged" in capsys.readouterr().err


def test_keywords_need_no_model(capsys):
    assert run(["route", "明日の京都の天気", "--resolver", "keywords", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["stage"] == "keywords"


def test_train_and_route_with_functions_of_ones_own(tmp_path, capsys):
    """Any cases, any functions: three functions that nobody here has heard of."""
    functions = [
        {
            "name": name,
            "description": name,
            "parameters": {
                "type": "object",
                "properties": {"item": {"type": "string"}, "amount": {"type": "integer"}},
                "required": ["item"],
            },
        }
        for name in ("pick", "drop", "count")
    ]
    verbs = {"pick": "拾って", "drop": "捨てて", "count": "数えて"}
    items = ["りんご", "ねじ", "箱", "本", "皿", "瓶", "石", "紙"]
    cases = [
        {
            "id": f"{name}-{i}",
            "text": f"{item}を{i + 2}個{verb}",
            "now": CASE["now"],
            "calls": [{"name": name, "arguments": {"item": item, "amount": i + 2}}],
        }
        for name, verb in verbs.items()
        for i, item in enumerate(items)
    ] + [
        {"id": f"n-{i}", "text": f"{item}が好きなんだよね", "now": CASE["now"], "calls": []}
        for i, item in enumerate(items)
    ]
    (tmp_path / "f.json").write_text(json.dumps(functions))
    (tmp_path / "c.jsonl").write_text("\n".join(json.dumps(c, ensure_ascii=False) for c in cases))
    model = tmp_path / "model"
    code = run(
        [
            "train",
            "--cases",
            str(tmp_path / "c.jsonl"),
            "--functions",
            str(tmp_path / "f.json"),
            "--output",
            str(model),
        ]
    )
    assert code == 0
    capsys.readouterr()
    assert run(["route", "鍵を5個拾って", "--model", str(model), "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["calls"] == [{"name": "pick", "arguments": {"item": "鍵", "amount": 5}}]


def test_train_with_too_little(tmp_path, capsys):
    (tmp_path / "c.jsonl").write_text(json.dumps(CASE | {"calls": []}))
    assert (
        run(["train", "--cases", str(tmp_path / "c.jsonl"), "--output", str(tmp_path / "m")]) == 1
    )
    assert "→" in capsys.readouterr().err


def test_functions_commands(capsys, tmp_path):
    assert run(["functions", "list"]) == 0
    out = capsys.readouterr().out
    assert all(d.name in out for d in builtin_registry())
    assert run(["functions", "show", "weather_info"]) == 0
    assert json.loads(capsys.readouterr().out)["name"] == "weather_info"
    assert run(["functions", "show", "nothing"]) == 2
    assert "known:" in capsys.readouterr().err


def test_a_new_function_works_as_written(tmp_path):
    import subprocess
    import sys

    assert run(["functions", "new", "house_camera", "--output", str(tmp_path)]) == 0
    assert run(["functions", "new", "house_camera", "--output", str(tmp_path)]) == 2
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", str(tmp_path)],
        capture_output=True,
        text=True,
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", "[{}]"),
        ("a.json", "{}"),
        ("a.json", "[{"),
        ("a.json", '[{"name": "x"}, {"name": "x"}]'),
        ("a.json", '[{"name": "x", "parameters": {"type": "array"}}]'),
        ("a.py", "1/0"),
        ("a.py", "x = 1"),
    ],
)
def test_wrong_functions_files(tmp_path, capsys, name, text):
    (tmp_path / name).write_text(text)
    assert run(["functions", "--functions", str(tmp_path / name), "list"]) == 2
    assert capsys.readouterr().err.startswith("funcgemma: ")


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
