"""A real adapter on a real, if very small model: served, measured, entered in the ledger."""

import json
import shutil
import warnings

import pytest
from tuned_run import make_run

from funcgemma.cli.app import run
from funcgemma.data.cases import write_cases
from funcgemma.data.ledger import read_ledger
from funcgemma.finetune.examples import PromptOptions, make_examples
from funcgemma.functions.registry import FunctionRegistry
from funcgemma.model import save_model
from funcgemma.records import Case
from funcgemma.training.build import build_model
from tiny import MODEL_DIR

pytestmark = pytest.mark.llm

STEPS = 25
SHORT = PromptOptions(compact=True)


@pytest.fixture(autouse=True)
def here(own_data_folder, tmp_path, monkeypatch):
    for library in ("torch", "transformers", "peft"):
        pytest.importorskip(library)
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="module")
def weather(registry):
    """One function: its prompt is short."""
    return FunctionRegistry((registry.get("weather_info"),))


@pytest.fixture(scope="module")
def taught(corpus, weather):
    """Cases that ask for the weather or for nothing."""
    return [
        case
        for case in corpus
        if case.writer in ("w01", "w04", "w05", "w11")
        and all(call.name in weather for call in case.calls)
    ]


@pytest.fixture(scope="module")
def trained(taught, weather, tmp_path_factory):
    """A model that knows when the weather is asked for, and its folder."""
    folder = tmp_path_factory.mktemp("trained") / "m"
    return save_model(build_model(taught, weather), folder), str(folder)


@pytest.fixture
def cases(taught, trained, tmp_path):
    """The clearest request, and the clearest silence."""
    alone = [case for case in taught if not case.history]
    ordered = sorted(alone, key=lambda case: trained[0].gate.score(case.text))
    found = [ordered[-1], ordered[0]]
    write_cases(tmp_path / "c.jsonl", found)
    return found


def write_base(folder):
    """Two narrow layers with random weights, behind the tiny model's tokenizer."""
    import torch
    from transformers import AutoConfig, AutoModelForCausalLM

    shutil.copytree(MODEL_DIR, folder, ignore=shutil.ignore_patterns("*.safetensors"))
    config = AutoConfig.from_pretrained(MODEL_DIR)
    config.hidden_size, config.intermediate_size, config.num_hidden_layers = 32, 64, 2
    config.layer_types = ["sliding_attention", "full_attention"]
    config.initializer_range = 0.3  # else nothing it could learn would make it sure
    torch.manual_seed(0)
    AutoModelForCausalLM.from_config(config, dtype=torch.float32).save_pretrained(folder)


def write_adapter(folder, base, example):
    """An adapter that has learned one completion by heart, whatever the prompt."""
    import torch
    from peft import LoraConfig, get_peft_model
    from transformers import AutoModelForCausalLM, AutoTokenizer

    torch.manual_seed(0)
    tokenizer = AutoTokenizer.from_pretrained(base)
    model = AutoModelForCausalLM.from_pretrained(base, dtype=torch.float32)
    with warnings.catch_warnings():  # what the libraries hold against each other's versions
        warnings.simplefilter("ignore", FutureWarning)
        config = LoraConfig(r=8, lora_alpha=16, target_modules="all-linear")
        model = get_peft_model(model, config)
    known = tokenizer(example.prompt).input_ids
    wanted = tokenizer(example.completion, add_special_tokens=False).input_ids
    inputs = torch.tensor([known + wanted])
    labels = torch.tensor([[-100] * len(known) + wanted])
    optimizer = torch.optim.AdamW([w for w in model.parameters() if w.requires_grad], lr=2e-2)
    for _ in range(STEPS):
        model(input_ids=inputs, labels=labels).loss.backward()
        optimizer.step()
        optimizer.zero_grad()
    model.save_pretrained(folder)


def test_tuned_alone_and_behind_a_gate(cases, weather, trained, tmp_path, capsys):
    from funcgemma.finetune.base import find_base

    base = tmp_path / "base"
    write_base(base)
    (silent,) = make_examples(cases[1:], tuple(weather), SHORT).examples
    make_run(
        tmp_path,
        base=find_base(str(base)),
        steps=(STEPS,),
        registry=weather,
        prompt=SHORT,
        save=lambda folder: write_adapter(folder, base, silent),
    )
    reports = {}
    for resolver in ("peft", "two-stage"):
        options = ["--model", trained[1], "--resolver", resolver, "--run-id", "1"]
        saved = ["--output", f"{resolver}.json"]
        assert run(["evaluate", "--cases", "c.jsonl", *options, *saved]) == 0
        reports[resolver] = json.loads((tmp_path / f"{resolver}.json").read_text("utf-8"))
    about = {resolver: report["about"] for resolver, report in reports.items()}
    # It has learned to be silent, and is; its gate lets one of the two cases through.
    assert reports["peft"]["stages"] == {"llm": 2}
    assert reports["two-stage"]["stages"] == {"gate": 1, "llm": 1}
    for report in reports.values():
        assert report["summary"]["no_function_recall"] == 1.0
        assert report["problems"] == 0
    assert about["peft"]["language_model"] == f"transformers:{base}"
    assert about["peft"]["base"]["hash"]
    assert about["peft"]["prompt"]["compact"] is True
    assert set(about["peft"]["libraries"]) == {"torch", "transformers", "peft"}
    assert about["peft"]["weights"] == about["two-stage"]["weights"]
    records = read_ledger(tmp_path / "data" / "results").records
    assert [record["about"] for record in records] == list(about.values())
    capsys.readouterr()
    assert run(["report", "compare", "peft.json", "two-stage.json"]) == 0
    told = f"B: two-stage.json (2 cases), two-stage run_1/checkpoint-{STEPS}"
    assert told in capsys.readouterr().out


def test_another_base_in_its_place_is_refused(tmp_path, model, now, capsys):
    from funcgemma.finetune.base import find_base

    write_cases(tmp_path / "c.jsonl", [Case("1", "おはよう", now)])

    base = tmp_path / "base"
    shutil.copytree(MODEL_DIR, base)

    def save(folder):
        (folder / "adapter_config.json").write_text("{}")

    make_run(tmp_path, base=find_base(str(base)), save=save)
    config = json.loads((base / "config.json").read_text())
    (base / "config.json").write_text(json.dumps(config | {"note": "changed"}))
    options = ["--model", str(model), "--resolver", "peft", "--run-id", "1"]
    assert run(["evaluate", "--cases", "c.jsonl", *options]) == 2
    assert "was tuned from another" in capsys.readouterr().err
    shutil.rmtree(base)
    assert run(["evaluate", "--cases", "c.jsonl", *options]) == 3
    assert "there is no folder" in capsys.readouterr().err
