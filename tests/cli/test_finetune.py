"""`funcgemma finetune` on a very small model with random weights."""

import json
import os
import signal
import subprocess
import sys
from importlib.util import find_spec

import pytest

from finetune.tuning import case, small_model, some_cases, two_functions, write_split
from funcgemma.cli.app import run
from funcgemma.finetune.manifest import read_manifest

llm = pytest.mark.llm
STEPS = ["--save-steps", "2", "--batch-size", "2", "--lora-rank", "4", "--lr", "0.01", "--cpu"]


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    pytest.importorskip("torch")
    return small_model(tmp_path_factory.mktemp("base") / "m")


@pytest.fixture
def place(own_data_folder, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    schemas = [definition.schema for definition in two_functions()]
    (tmp_path / "functions.json").write_text(json.dumps(schemas))
    for number in (1, 2):
        write_split(tmp_path / f"data/finetune/run_{number}", some_cases(), some_cases()[:3])
    return tmp_path / "data" / "peft_adapters"


def line(base, steps, number=1, *more):
    functions = ["--functions", "functions.json", "--compact", "--base", str(base)]
    return [
        "finetune",
        "--run-id",
        str(number),
        "--max-steps",
        str(steps),
        *functions,
        *STEPS,
        *more,
    ]


@pytest.mark.skipif(find_spec("torch") is not None, reason="torch is installed")
def test_a_missing_library_says_the_install_line(place, capsys):
    assert run(["finetune", "--run-id", "1"]) == 3
    assert 'pip install "funcgemma[finetune]"' in capsys.readouterr().err


def test_help_imports_nothing_heavy():
    code = (
        "import sys; from funcgemma.cli.app import run; run(['finetune', '--help'])\n"
        "assert not {'torch', 'transformers', 'peft', 'accelerate'} & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    for option in ("--resume-from-checkpoint", "--lora-alpha", "--gradient-accumulation", "--full"):
        assert option in done.stdout


@llm
def test_a_run_and_its_extension(base, place, capsys):
    assert run(line(base, 4)) == 0
    said = capsys.readouterr()
    for word in (
        "2 functions: weather_info, celebrity_info",
        "Tokens of an example",
        "p95",
        "Memory: about",
        "Validation loss",
        "losses.svg",
    ):
        assert word in said.out
    for word in ("step 4/4", "loss", "left", "Saved data/peft_adapters/run_1/checkpoint-4"):
        assert word in said.err
    assert "--resolver peft --run-id 1 --cases FILE" in said.err

    (place.parent / "finetune/run_2/test.jsonl").write_text("{}")
    assert run(line(base, 2, 2)) == 0
    assert "--run-id 2 --cases data/finetune/run_2/test.jsonl" in capsys.readouterr().err
    more = ["finetune", "--run-id", "2", "--max-steps", "4", "--cpu"]
    assert run([*more, "--resume-from-checkpoint", "last"]) == 0
    one, two = (read_manifest(place / f"run_{n}" / "checkpoint-4") for n in (1, 2))
    assert one.plan == two.plan
    assert one.history == two.history
    assert one.functions == two.functions
    ledger = (place.parent / "results" / "ledger.jsonl").read_text().splitlines()
    records = [json.loads(text) for text in ledger]
    assert [record["command"] for record in records] == ["finetune"] * 3
    assert records[0]["about"]["run"] == "run_1/checkpoint-4"
    assert records[0]["results"]["end"] == "done"
    hashes = [record["about"]["weights"] for record in records]
    assert hashes[0] == hashes[2] != hashes[1]  # the same steps, in one go or two


@llm
def test_going_on_with_other_numbers(base, place, capsys):
    assert run(line(base, 2)) == 0
    folder = place / "run_1" / "checkpoint-2"
    more = ["finetune", "--run-id", "1", "--cpu", "--resume-from-checkpoint", str(folder)]
    assert run([*more, "--max-steps", "2"]) == 2
    assert "at step 2 already" in capsys.readouterr().err
    assert run([*more, "--max-steps", "3", "--lora-rank", "8"]) == 2
    assert "lora_rank" in capsys.readouterr().err
    assert run([*more, "--max-steps", "3", "--no-compact"]) == 2
    assert "prompt options" in capsys.readouterr().err
    write_split(place.parent / "finetune" / "run_1", some_cases()[1:], some_cases()[:3])
    assert run([*more, "--max-steps", "3"]) == 2
    assert "cases" in capsys.readouterr().err


@llm
def test_a_run_is_not_begun_twice(base, place, capsys):
    assert run(line(base, 2)) == 0
    assert run(line(base, 2)) == 2
    assert "--force" in capsys.readouterr().err
    assert run(line(base, 1, 1, "--force")) == 0
    assert [path.name for path in place.glob("run_1/checkpoint-*")] == ["checkpoint-1"]


@llm
def test_what_is_left_out_is_told(base, place, capsys):
    long = case("long", "とても長い話。" * 250)
    foreign = [*some_cases(), long]
    write_split(place.parent / "finetune" / "run_1", foreign, some_cases()[:3])
    assert run(line(base, 1, 1, "--max-length", "1200")) == 0
    said = capsys.readouterr()
    assert "more than 1200 tokens: 1 (long)" in said.err
    assert json.loads((place / "run_1" / "left_out.json").read_text()) == {
        "long": "has more than 1200 tokens"
    }
    write_split(place.parent / "finetune" / "run_1", foreign, [long, *some_cases()[:2]])
    assert run(line(base, 1, 1, "--max-length", "1200", "--dry-run")) == 0
    said = capsys.readouterr()
    assert "Not validated on, since it has more than 1200 tokens: 1 (long)" in said.err
    assert "2 to validate" in said.out


@llm
def test_a_dry_run_writes_nothing(base, place, capsys):
    assert run(line(base, 2, 1, "--dry-run")) == 0
    assert "Memory: about" in capsys.readouterr().out
    assert not place.exists()


@llm
def test_wrong_requests(base, place, capsys):
    assert run(line(base, 1, 9)) == 2
    assert "funcgemma split --run-id 9 --seed 0" in capsys.readouterr().err
    assert run(line(place, 1)) == 3
    assert "no folder" in capsys.readouterr().err
    more = ["finetune", "--run-id", "1", "--resume-from-checkpoint"]
    assert run([*more, "last"]) == 2
    assert "no checkpoint" in capsys.readouterr().err
    assert run([*more, str(base)]) == 2
    assert "no checkpoint" in capsys.readouterr().err


@llm
def test_ctrl_c_saves_and_says_how_to_go_on(base, place):
    command = [sys.executable, "-u", "-m", "funcgemma", *line(base, 100_000)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as program:
        told = []
        for text in program.stderr:
            told.append(text)
            if "step 2:" in text:
                program.send_signal(signal.SIGINT)
    assert program.returncode == 130
    assert "--resume-from-checkpoint data/peft_adapters/run_1/checkpoint-" in told[-2] + told[-1]
    assert list(place.glob("run_1/checkpoint-*/training/optimizer.safetensors"))


@llm
def test_two_processes_take_one_step_together(base, place):
    """As `accelerate launch` starts them: each a batch, one writes."""
    assert run(line(base, 2, 1, "--gradient-accumulation", "2")) == 0
    launcher = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc_per_node=2"]
    command = [*launcher, "-m", "funcgemma", *line(base, 2, 2)]
    environment = os.environ | {"OMP_NUM_THREADS": "1"}
    subprocess.run(command, check=True, capture_output=True, env=environment)
    one, two = (read_manifest(place / f"run_{n}" / "checkpoint-2") for n in (1, 2))
    assert two.history.train == pytest.approx(one.history.train, rel=1e-4)
    assert two.history.best.loss == pytest.approx(one.history.best.loss, rel=1e-4)
    assert len(list(place.glob("run_2/checkpoint-*"))) == 1
