"""`funcgemma train --teacher`, from the command line to the model, with a scripted teacher."""

import json
import math

import pytest

from funcgemma.backends.catalogue import Place
from funcgemma.cli.app import run
from funcgemma.cli.distil.away import leaves_to
from funcgemma.data.cases import read_cases
from funcgemma.data.log import append_entry, make_entry
from funcgemma.functions.plugins import known_functions
from funcgemma.records import Case, Decision, Dialogue, FunctionCall, Message
from funcgemma.resolver.functiongemma.wire import Wire
from funcgemma.resolver.functiongemma.write import NO_FUNCTION, render_call
from funcgemma.training.teacher import key_of, part_of, read_answer

pytestmark = pytest.mark.usefixtures("own_data_folder")

NOW = "2026-05-13T10:20:00+09:00"
VERBS = {"pick": "拾って", "drop": "捨てて", "count": "数えて"}
NEW_VERBS = {"pick": "つまみあげてよ", "drop": "ほうり投げてよ", "count": "勘定してよ"}
ITEMS = ["りんご", "ねじ", "箱", "本", "皿", "瓶", "石", "紙", "靴", "傘", "鍵", "釘", "糸", "豆", "栗", "柿", "桃", "梨", "魚", "貝", "板", "竹", "縄", "布"]  # fmt: skip


@pytest.fixture
def shop(tmp_path):
    """Three functions, cases for them, and texts in which other verbs stand for the same."""
    schema = {
        "type": "object",
        "properties": {"item": {"type": "string"}, "amount": {"type": "integer"}},
        "required": ["item"],
    }
    functions = [{"name": n, "description": n, "parameters": schema} for n in VERBS]
    gold = [
        (f"{item}を{i + 2}個{verb}", FunctionCall(name, {"item": item, "amount": i + 2}))
        for name, verb in VERBS.items()
        for i, item in enumerate(ITEMS)
    ]
    gold += [(f"{item}が好きなんだよね", None) for item in ITEMS]
    rows = [
        {
            "id": f"g{i}", "text": text, "now": NOW, "writer": f"w{i % 4}",
            "calls": [{"name": c.name, "arguments": c.arguments}] if c else [],
        }
        for i, (text, c) in enumerate(gold)
    ]  # fmt: skip
    new = [
        (f"{item}を{i + 2}個{verb}", FunctionCall(name, {"item": item, "amount": i + 2}))
        for name, verb in NEW_VERBS.items()
        for i, item in enumerate(ITEMS)
    ]
    new += [(f"{item}の夢を見たことがある", None) for item in ITEMS]
    (tmp_path / "f.json").write_text(json.dumps(functions))
    (tmp_path / "c.jsonl").write_text("\n".join(map(json.dumps, rows)))
    (tmp_path / "t.txt").write_text("\n".join(text for text, _ in new), encoding="utf-8")
    return dict(gold), dict(new)


@pytest.fixture
def teacher(shop, tmp_path):
    """A teacher that knows everything, but for what it is told to say otherwise."""
    wire = Wire.of(known_functions(tmp_path / "f.json"))

    def write(sure=0.99, name="script.json", **otherwise):
        rows = []
        for text, call in {**shop[0], **shop[1]}.items():
            said = otherwise.get(text) or (render_call(call, wire) if call else NO_FUNCTION)
            said, share = said if isinstance(said, tuple) else (said, sure)
            when = f"user\n{text}<end_of_turn>\n<start_of_turn>model\n"
            rows.append({"when": when, "tokens": [[said, math.log(share)]]})
        (tmp_path / name).write_text(json.dumps(rows), encoding="utf-8")
        return f"scripted:{tmp_path / name}"

    return write


@pytest.fixture
def train(tmp_path):
    def call(*arguments):
        given = ("--cases", tmp_path / "c.jsonl", "--functions", tmp_path / "f.json")
        return run([*map(str, ("train", *given, "--labels", tmp_path / "l.jsonl", *arguments))])

    return call


@pytest.fixture
def lines(tmp_path):
    def read(name):
        return [json.loads(row) for row in (tmp_path / name).read_text("utf-8").splitlines()]

    return read


def test_what_the_student_did_not_know_it_learns(shop, teacher, train, lines, tmp_path, capsys):
    spec = teacher()
    texts = ("--texts", tmp_path / "t.txt")
    assert train("--teacher", spec, *texts, "--output", tmp_path / "m") == 0
    said = capsys.readouterr()
    assert "Student and teacher on text held out" in said.out
    assert "those it is believed" in said.out
    report = json.loads((tmp_path / "l.report.json").read_text("utf-8"))
    manifest = json.loads((tmp_path / "m" / "manifest.json").read_text("utf-8"))
    assert manifest["teacher"] == report
    assert report["measured"] == 0
    assert manifest["distilled"] == report["train"]["kept"] == len(lines("l.jsonl"))
    assert manifest["cases"] == len(shop[0])
    assert report["train"]["asked"] + report["held"]["asked"] == len(shop[1])
    assert report["gold"]["all"]["calls"] == 1.0
    student = report["student"]
    assert student["before"]["cases"] == student["after"]["cases"] == report["held"]["kept"]
    assert student["after"]["functions"] >= 0.9 > student["before"]["functions"] + 0.2
    assert "labelled by scripted" in (tmp_path / "m" / "CARD.md").read_text("utf-8")
    assert run(["route", "鍵を5個勘定してよ", "--model", str(tmp_path / "m"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["calls"][0]["name"] == "count"


def test_only_what_is_right_often_enough_is_kept(shop, teacher, train, lines, tmp_path, capsys):
    """Wrong where it is less sure: a threshold is chosen above that."""
    fresh = [text for text, call in shop[1].items() if call and held(text) == "train"]
    gold = [text for text, call in shop[0].items() if call]
    other = "<start_function_call>call:fly{}<end_function_call>"
    spec = teacher(
        **dict.fromkeys(gold[::4], (NO_FUNCTION, 0.6)),
        **{fresh[0]: (NO_FUNCTION, 0.6), fresh[1]: other},
    )
    given = ("--teacher", spec, "--texts", tmp_path / "t.txt", "--gold", "2000", "--label-only")
    assert train(*given) == 0
    report = json.loads((tmp_path / "l.report.json").read_text("utf-8"))
    assert report["train"]["refused"] == {"not_sure": 1, "problem": 1}
    assert report["thresholds"]["none"]["value"] == pytest.approx(0.99, abs=1e-5)
    assert report["gold"]["all"]["calls"] < report["gold"]["kept"]["calls"] == 1.0
    assert not {fresh[0], fresh[1]} & {row["text"] for row in lines("l.jsonl")}
    said = capsys.readouterr().out
    assert "refused: not_sure" in said
    assert "refused: problem" in said
    row = lines("l.jsonl")[0]
    assert row["source"] == "distilled"
    assert row["teacher"]["name"] == spec
    assert row["teacher"]["part"] == "train"
    assert not (tmp_path / "m").exists()


def held(text):
    return part_of(key_of(Case("", text, None)))


def test_the_same_command_goes_on_where_it_stopped(shop, teacher, train, lines, tmp_path, capsys):
    spec = teacher()
    script = tmp_path / "script.json"
    whole = json.loads(script.read_text("utf-8"))
    script.write_text(json.dumps(whole[: len(whole) - 30]), encoding="utf-8")
    given = ("--teacher", spec, "--texts", tmp_path / "t.txt", "--gold", "20", "--label-only")
    assert train(*given) == 3
    assert "goes on from there" in capsys.readouterr().err
    before = lines("l.answers.jsonl")
    assert before
    assert not (tmp_path / "l.jsonl").exists()
    asked = {row["text"] for row in before}
    left = [row for row in whole if not any(f"user\n{text}<" in row["when"] for text in asked)]
    script.write_text(json.dumps(left), encoding="utf-8")
    with (tmp_path / "l.answers.jsonl").open("a") as file:
        file.write('{"id": "t-torn", "te')
    assert train(*given) == 0
    after = lines("l.answers.jsonl")
    assert after[: len(before)] == before
    assert len({row["id"] for row in after}) == len(after)
    script.write_text("[]", encoding="utf-8")
    assert train(*given) == 0
    assert lines("l.answers.jsonl") == after


def test_labels_can_be_mended_before_they_are_learned(
    shop, teacher, train, lines, tmp_path, capsys
):
    given = ("--teacher", teacher(), "--texts", tmp_path / "t.txt", "--label-only")
    assert train(*given) == 0
    labels = tmp_path / "l.jsonl"
    rows = labels.read_text("utf-8").splitlines()
    labels.write_text("\n".join(rows[:-3]) + "\n", encoding="utf-8")
    assert train(*given) == 2
    assert "changed by hand" in capsys.readouterr().err
    assert len(lines("l.jsonl")) == len(rows) - 3
    assert train("--output", tmp_path / "m") == 0
    manifest = json.loads((tmp_path / "m" / "manifest.json").read_text("utf-8"))
    assert manifest["teacher"]["learned"] == len(rows) - 3
    assert manifest["teacher"]["student"]["after"]["cases"] > 0
    report = tmp_path / "l.report.json"
    report.write_text(json.dumps({"thresholds": {"calls": {"sure": 1}}}), encoding="utf-8")
    assert train("--output", tmp_path / "m") == 2
    assert "thresholds are damaged" in capsys.readouterr().err


def test_labels_that_are_measured_for_want_of_others_are_said_to_be(
    shop, teacher, train, tmp_path, capsys
):
    given = ("--teacher", teacher(), "--texts", tmp_path / "t.txt", "--threshold", "0.5")
    rows = (tmp_path / "c.jsonl").read_text("utf-8").splitlines()
    (tmp_path / "c.jsonl").write_text("\n".join(rows[::3]), encoding="utf-8")
    assert train(*given, "--output", tmp_path / "m") == 0
    report = json.loads((tmp_path / "l.report.json").read_text("utf-8"))
    assert report["measured"] == report["learned"] > 0
    assert report["thresholds"]["calls"]["right"] == report["thresholds"]["calls"]["asked"] > 0
    assert "not measured on the same cases" in capsys.readouterr().out


def test_another_teacher_needs_another_file(shop, teacher, train, tmp_path, capsys):
    rest = ("--texts", tmp_path / "t.txt", "--label-only", "--gold", "0")
    assert train("--teacher", teacher(), *rest, "--threshold", "0.5") == 0
    assert "was not measured" in capsys.readouterr().out
    assert train("--teacher", teacher(name="other.json"), *rest) == 2
    assert "another file to --labels" in capsys.readouterr().err


def test_nothing_kept_is_nothing_learned(shop, teacher, train, lines, tmp_path, capsys):
    given = ("--teacher", teacher(sure=0.5), "--texts", tmp_path / "t.txt", "--gold", "0")
    assert train(*given, "--output", tmp_path / "m") == 1
    assert "Nothing was kept" in capsys.readouterr().err
    assert lines("l.jsonl") == []
    assert not (tmp_path / "m").exists()


def test_the_local_log_is_text_as_well(shop, teacher, train, lines, tmp_path, now, capsys):
    assert train("--teacher", teacher(), "--texts", "log", "--label-only") == 2
    assert "the local log is empty" in capsys.readouterr().err
    for text in ("鍵を12個ほうり投げてよ", "りんごを2個拾って", "りんごを2個拾って！"):
        dialogue = Dialogue((Message("user", text),), now)
        append_entry(tmp_path / "data" / "log.jsonl", make_entry(dialogue, Decision(), "f", "chat"))
    given = ("--texts", "log", "--label-only", "--gold", "0")
    assert train("--teacher", teacher(), *given) == 0
    assert "not asked: known" in capsys.readouterr().out
    (row,) = lines("l.answers.jsonl")
    assert row["text"] == "鍵を12個ほうり投げてよ"


@pytest.mark.parametrize(
    ("spec", "where"),
    [
        ("openai:big", "http://192.0.2.1:9/v1"),
        ("ollama:big", "http://example.invalid:9"),
        ("ollama:big-cloud", "ollama.com"),
    ],
)
def test_the_local_log_is_sent_nowhere(
    shop, train, tmp_path, monkeypatch, now, capsys, spec, where
):
    if where.startswith("http"):
        monkeypatch.setenv(f"FUNCGEMMA_{spec.partition(':')[0].upper()}_URL", where)
    dialogue = Dialogue((Message("user", "ないしょ"),), now)
    append_entry(tmp_path / "data" / "log.jsonl", make_entry(dialogue, Decision(), "f", "chat"))
    assert train("--teacher", spec, "--texts", "log", "--label-only") == 2
    told = capsys.readouterr().err
    assert "stays on this machine" in told
    assert where in told


def test_texts_that_are_sent_elsewhere_are_said_to_be(train, shop, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("FUNCGEMMA_OLLAMA_URL", "http://example.invalid:9")
    texts = ("--texts", tmp_path / "t.txt", "--label-only")
    assert train("--teacher", "ollama:big", *texts) == 3
    assert "sent to http://example.invalid:9" in capsys.readouterr().err


def test_a_resolver_as_teacher(shop, teacher, train, lines, tmp_path, monkeypatch):
    """The gate of the student stands before it; its model is that of the settings."""
    monkeypatch.setenv("FUNCGEMMA_RESOLVER_MODEL", teacher())
    texts = ("--texts", tmp_path / "t.txt", "--label-only", "--gold", "20")
    assert train("--teacher", "functiongemma", *texts) == 0
    answers = [read_answer(case) for case in read_cases(tmp_path / "l.answers.jsonl")]
    assert {a.teacher for a in answers} == {f"functiongemma of {teacher()}"}
    assert "llm" in {a.decision.stage for a in answers}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--teacher", "scripted:x"), "go together"),
        (("--texts", "t.txt"), "go together"),
        (("--teacher", "scripted:x", "--texts", "t.txt"), "--output"),
        (("--label-only",), "needs --teacher"),
        (("--labels", "no.jsonl", "--output", "m"), "cannot be read"),
        (("--teacher", "embedded", "--texts", "t.txt", "--label-only"), "cannot teach"),
        (("--teacher", "peft", "--texts", "t.txt", "--label-only"), "--run-id"),
        (("--teacher", "scripted:x", "--texts", "no.txt", "--label-only"), "cannot be read"),
        (("--labels", "c.jsonl", "--output", "m"), "has no tag"),
        (("--teacher", "scripted:x", "--texts", "t.txt", "--threshold", "2"), "0<=x<=1"),
    ],
)
def test_wrong_use(shop, tmp_path, monkeypatch, capsys, arguments, said):
    monkeypatch.chdir(tmp_path)
    given = ("--functions", "f.json", "--cases", "c.jsonl")
    assert run(["train", *given, *arguments]) == 2
    assert said in capsys.readouterr().err


def test_a_teacher_that_does_not_answer_is_heard_at_once(shop, train, tmp_path, capsys):
    texts = ("--texts", tmp_path / "t.txt", "--output", tmp_path / "m")
    assert train("--teacher", f"scripted:{tmp_path / 'no.json'}", *texts) == 3
    assert "Training" not in capsys.readouterr().err


@pytest.mark.parametrize("spec", ["big", "ollama:big", "openai:big", "llamacpp:m.gguf"])
def test_a_teacher_on_this_machine_sends_nothing_away(spec):
    assert leaves_to(spec, Place()) == ""
