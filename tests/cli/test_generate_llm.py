"""`funcgemma generate` with a language model, from the command line to the file."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections import Counter

import pytest

from funcgemma.cli.app import run
from funcgemma.data.llm.plan import make_plan
from funcgemma.functions.plugins import known_functions
from servers.engines import Part
from servers.ollama_server import ollama_server
from servers.openai_server import openai_server
from servers.raw_server import unused_url

pytestmark = pytest.mark.usefixtures("own_data_folder")

TEAS = ("宇治の玉露", "知覧の煎茶", "丸子の紅茶", "阿波晩茶", "碁石茶の古いの", "狭山の火入れ茶", "屋久島の釜炒り茶", "雲南のプーアル", "アッサムの二番摘み", "ルイボス", "ほうじ茶の茎", "そば茶の濃いめ", "八女の星野村のお茶", "黒豆茶")  # fmt: skip
FRAMES = (
    "{}を淹れておいてくれる",
    "のどが渇いたけん{}ば頼む",
    "{}、急ぎでひとつ",
    "ごめん、やっぱり{}にして",
)
TALK = ("縁側で猫が寝とる", "このごろ膝が痛うてかなわん", "昨夜の地震は驚いたねえ", "川向こうの祭りがにぎやかだ", "ことしの柿はよう生っとる", "孫が逆上がりできたって", "洗い立ての敷布は気持ちよか", "将棋の本を読み返しとる")  # fmt: skip


@pytest.fixture
def tea(tmp_path):
    """A function of one's own, in a file."""
    schema = {
        "type": "object",
        "properties": {"tea": {"type": "string", "description": "お茶の名前"}},
        "required": ["tea"],
    }
    path = tmp_path / "tea.json"
    path.write_text(
        json.dumps([{"name": "order_tea", "description": "お茶の注文", "parameters": schema}])
    )
    return path


def items_of(plan):
    """What a good model says to a question about tea, or about nothing."""
    found = []
    for n in range(4):
        at = plan.number * 4 + n
        item = {"before": [{"user": "のどが渇いた", "assistant": "何にしますか？"}]}
        item = item if plan.phenomenon.key == "followup" else {}
        teas = [TEAS[at % len(TEAS)], TEAS[(at + 5) % len(TEAS)]][: len(plan.functions)]
        if not plan.functions:
            text = TALK[at % len(TALK)]
        elif plan.absent:
            text, teas = f"お茶を頼みたいんだ、{TALK[at % len(TALK)]}", [None]
        else:
            text = FRAMES[at % len(FRAMES)].format("と、それから".join(teas))
        item["text"] = text
        if teas:
            item["calls"] = [
                {"name": "order_tea", "arguments": {"tea": t} if t else {}} for t in teas
            ]
        found.append(item)
    return found


@pytest.fixture
def say_of(tea):
    """The answer to a question, by the seed it is asked with."""
    registry = known_functions(tea)
    plans = [
        make_plan(label, n, registry) for label in ("order_tea", "no_function") for n in range(20)
    ]
    by_seed = {plan.seed: plan for plan in plans}

    def say(seed):
        return json.dumps({"items": items_of(by_seed[seed])}, ensure_ascii=False)

    return say


@pytest.fixture
def script(tmp_path, tea, monkeypatch):
    """Writes answers for `scripted:FILE`; in the order in which tea is asked for."""
    monkeypatch.chdir(tmp_path)
    registry = known_functions(tea)

    def write(numbers, last=None, name="s.json"):
        plans = [make_plan("order_tea", n, registry) for n in numbers]
        answers = [{"text": json.dumps({"items": items_of(p)}, ensure_ascii=False)} for p in plans]
        (tmp_path / name).write_text(json.dumps([*answers, *([last] if last else [])]))
        return [
            "generate",
            "--backend",
            f"scripted:{name}",
            "--functions",
            str(tea),
            "--skip-no-function",
        ]

    return write


def rows_of(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_function_of_ones_own_into_data_test(tmp_path, script, capsys):
    assert run([*script(range(12)), "--count", "9"]) == 0
    (path,) = (tmp_path / "data" / "test").iterdir()
    assert path.name == "all-9-seed0-scripted-s.json.jsonl"
    rows = rows_of(path)
    assert len(rows) == 9
    for row in rows:
        assert row["calls"][0]["name"] == "order_tea"
        origin = row["provenance"]
        assert (origin["backend"], origin["model"]) == ("scripted:s.json", "s.json")
        assert row["group"] == f"persona-{origin['persona']}"
        for tea_said in (call["arguments"].get("tea", "") for call in row["calls"]):
            assert tea_said in row["text"]
    assert "9 cases" in capsys.readouterr().out


def test_what_is_refused_is_shown_with_its_reason(script, capsys):
    nonsense = {"text": '{"items": [{"text": "緑茶", "calls": []}]}', "when": ""}
    assert run([*script(range(2), nonsense), "--count", "40"]) == 1
    said = capsys.readouterr()
    assert "another function, or not as many as asked for" in said.out
    assert "of 40: the model gives no more for order_tea" in said.err


def test_where_nothing_passes_there_is_no_file(tmp_path, script):
    line = script((), {"text": "すみません、できません。", "when": ""})
    assert run([*line, "--count", "2", "--output", "rows.jsonl"]) == 1
    assert not (tmp_path / "rows.jsonl").exists()


def test_a_model_that_fails_midway_leaves_what_it_gave_and_the_command_goes_on(
    tmp_path, script, capsys
):
    line = [*script(range(2), {"error": "not_pulled", "when": ""}), "--count", "12"]
    assert run([*line, "--output", "rows.jsonl"]) == 3
    path = tmp_path / "rows.jsonl"
    first = path.read_bytes()
    assert 0 < len(rows_of(path)) < 12
    error = capsys.readouterr().err
    assert "the same command goes on" in error
    assert "→" in error

    path.write_bytes(first + b'{"id": "llm-0-00')
    script(range(2, 12))
    assert run([*line, "--output", "rows.jsonl"]) == 0
    assert path.read_bytes().startswith(first)
    rows = rows_of(path)
    assert len(rows) == len({row["id"] for row in rows}) == len({row["text"] for row in rows}) == 12
    assert "there already" in capsys.readouterr().err

    (tmp_path / "s.json").unlink()  # nothing is asked any more
    whole = path.read_bytes()
    assert run([*line, "--output", "rows.jsonl"]) == 0
    assert path.read_bytes() == whole


def test_rows_of_another_origin_stay_and_do_not_count(tmp_path, script):
    path = tmp_path / "rows.jsonl"
    other = {"id": "llm-0-00001", "text": "緑茶を", "now": "2026-05-13T10:20:00+09:00",
             "calls": [{"name": "order_tea", "arguments": {"tea": "緑茶"}}]}  # fmt: skip
    path.write_text(json.dumps(other) + "\n")
    assert run([*script(range(9)), "--count", "5", "--output", str(path)]) == 0
    rows = rows_of(path)
    assert rows[0] == other
    assert len(rows) == len({row["id"] for row in rows}) == 6


def test_a_file_with_a_wrong_line_is_left_alone(tmp_path, script, capsys):
    path = tmp_path / "rows.jsonl"
    path.write_text("nonsense\n")
    assert run([*script(range(1)), "--count", "5", "--output", str(path)]) == 2
    assert "rows.jsonl:1" in capsys.readouterr().err
    assert path.read_text() == "nonsense\n"


def test_what_asks_for_nothing(tmp_path, tea, say_of, monkeypatch):
    def engine(ask):
        yield Part(say_of(ask.seed), finish="stop")

    with openai_server(engine) as (url, _):
        monkeypatch.setenv("FUNCGEMMA_OPENAI_URL", url)
        path = tmp_path / "r.jsonl"
        line = ["generate", "--backend", "openai:tiny", "--functions", str(tea), "--count", "8"]
        assert run([*line, "--output", str(path)]) == 0
    rows = rows_of(path)
    assert Counter(bool(row["calls"]) for row in rows) == {True: 4, False: 4}
    assert all(row["provenance"]["topic"] for row in rows if not row["calls"])


def test_ollama_gets_a_schema_and_room_for_the_model(tmp_path, tea, say_of, monkeypatch, capsys):
    def engine(ask):
        assert ask.schema["required"] == ["items"]
        yield Part(say_of(ask.seed), finish="stop")

    with ollama_server(engine, models=("qwen2.5:7b", "gemma3:4b")) as (url, state):
        monkeypatch.setenv("FUNCGEMMA_OLLAMA_URL", url)
        state.load("gemma3:4b", {})
        line = ["generate", "--backend", "ollama", "--functions", str(tea), "--skip-no-function"]
        assert run([*line, "--count", "4", "--output", str(tmp_path / "r.jsonl")]) == 0
    assert "Unloaded to make room: gemma3:4b" in capsys.readouterr().err
    assert rows_of(tmp_path / "r.jsonl")[0]["provenance"]["model"] == "qwen2.5:7b"


@pytest.mark.parametrize("spec", ["ollama", "openai:tiny"])
def test_a_server_that_is_not_there(tmp_path, tea, monkeypatch, capsys, spec):
    monkeypatch.setenv("FUNCGEMMA_OLLAMA_URL", unused_url())
    monkeypatch.setenv("FUNCGEMMA_OPENAI_URL", f"{unused_url()}/v1")
    path = tmp_path / "r.jsonl"
    line = ["generate", "--backend", spec, "--functions", str(tea), "--output", str(path)]
    assert run(line) == 3
    assert "→" in capsys.readouterr().err
    assert not path.exists()


@pytest.mark.parametrize("spec", ["llamacpp", "openai:", " "])
def test_a_runtime_without_a_model(spec, capsys):
    assert run(["generate", "--backend", spec]) == 2
    assert "names no model" in capsys.readouterr().err


def test_ctrl_c_leaves_whole_rows_and_the_command_goes_on(tmp_path, tea, say_of, monkeypatch):
    reached, release = threading.Event(), threading.Event()
    asked = []

    def engine(ask):
        asked.append(ask.seed)
        if len(asked) == 3:
            reached.set()
            release.wait(30)
        yield Part(say_of(ask.seed), finish="stop")

    path = tmp_path / "r.jsonl"
    line = ["generate", "--backend", "openai:tiny", "--functions", str(tea), "--skip-no-function",
            "--count", "14", "--output", str(path)]  # fmt: skip
    with openai_server(engine) as (url, _):
        monkeypatch.setenv("FUNCGEMMA_OPENAI_URL", url)
        child = subprocess.Popen(
            [sys.executable, "-m", "funcgemma", *line],
            env=dict(os.environ), stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        assert reached.wait(60)
        child.send_signal(signal.SIGINT)
        said = child.communicate(timeout=30)[1]
        release.set()
        assert child.returncode == 130
        assert "Broken off" in said
        before = rows_of(path)
        assert 0 < len(before) < 14
        assert run(line) == 0
    rows = rows_of(path)
    assert rows[: len(before)] == before
    assert len({row["id"] for row in rows}) == 14
