"""Runs on a very small model with random weights: steps, checkpoints, going on, stopping."""

import json
from dataclasses import replace

import pytest

from finetune.tuning import small_model, some_cases, two_functions, write_split
from funcgemma.errors import ArtefactError, BackendError, TrainingError
from funcgemma.finetune.base import find_base
from funcgemma.finetune.checkpoint import checkpoints
from funcgemma.finetune.encode import encoder_of
from funcgemma.finetune.examples import PromptOptions, make_examples
from funcgemma.finetune.manifest import read_manifest
from funcgemma.finetune.plan import TARGETS, TuningPlan

pytestmark = pytest.mark.llm

PLAN = TuningPlan(
    max_steps=6, lora_rank=4, lora_alpha=8, lora_dropout=0.1, rate=1e-2, batch=2, save_steps=3
)


class Notes:
    """Remembers what it is told; asks to stop after a step."""

    def __init__(self, stop_after=None):
        self.stop_after = stop_after
        self.steps, self.checks, self.folders = [], [], []

    def stepped(self, step, loss):
        self.steps.append(step)

    def validated(self, found, best):
        self.checks.append((found.step, best))

    def saved(self, folder):
        self.folders.append(folder.name)

    def stop(self):
        return bool(self.steps) and self.steps[-1] == self.stop_after


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    pytest.importorskip("torch")
    return find_base(str(small_model(tmp_path_factory.mktemp("base") / "m")))


@pytest.fixture
def tuned(base, tmp_path):
    """Tune with a plan; returns the outcome and what was noted."""
    from funcgemma.finetune.device import open_accelerator
    from funcgemma.finetune.run import Request, prepare, tune

    cases = some_cases()

    def run(name, plan, resume=None, notes=None, validation=cases[:4], train=cases):
        data = write_split(tmp_path / "data" / name, train, validation)
        request = Request(
            base, data, tmp_path / name, two_functions(), PromptOptions(compact=True), plan
        )
        if resume is not None:
            request = replace(request, resume=resume)
        accelerator = open_accelerator(cpu=True)
        notes = notes or Notes()
        return tune(prepare(request, accelerator), accelerator, notes), notes

    return run


def weights(folder):
    from safetensors.torch import load_file

    found = {}
    for path in sorted(folder.rglob("*.safetensors")):
        found |= {f"{path.name}/{name}": value for name, value in load_file(str(path)).items()}
    return found


def assert_same(one, other):
    import torch

    first, second = weights(one), weights(other)
    assert first.keys() == second.keys()
    assert first
    assert all(torch.equal(first[name], second[name]) for name in first)


@pytest.mark.parametrize("method", ["lora", "full"])
def test_going_on_gives_what_an_uninterrupted_run_gives(tuned, method):
    plan = replace(PLAN, method=method, max_length=2000, checkpointing=method == "full", warmup=4)
    whole, _ = tuned("whole", plan)
    half, _ = tuned("half", replace(plan, max_steps=3))
    rest, notes = tuned("half", plan, resume=half.folder)
    assert notes.steps == [4, 5, 6]
    assert rest.history.train == whole.history.train
    assert rest.history.validation == whole.history.validation
    assert_same(whole.folder, rest.folder)
    manifests = [json.loads((o.folder / "manifest.json").read_text()) for o in (whole, rest)]
    for told in manifests:
        told["data"].pop("folder")
    assert manifests[0] == manifests[1]


def test_a_stop_between_checkpoints_loses_nothing(tuned):
    plan = replace(PLAN, max_length=2000)
    whole, _ = tuned("whole", plan)
    stopped, notes = tuned("cut", plan, notes=Notes(stop_after=2))
    assert (stopped.end, stopped.step) == ("stopped", 2)
    assert notes.folders == ["checkpoint-2"]
    rest, _ = tuned("cut", plan, resume=stopped.folder)
    assert (rest.end, rest.step) == ("done", 6)
    assert rest.history == whole.history
    assert_same(whole.folder, rest.folder)


def test_what_a_run_leaves(tuned, base, tmp_path):
    outcome, notes = tuned("run", replace(PLAN, max_steps=4))
    assert notes.steps == [1, 2, 3, 4]
    assert [step for step, _ in notes.checks] == [0, 3, 4]
    assert notes.folders == ["checkpoint-3", "checkpoint-4"]
    assert set(checkpoints(tmp_path / "run")) == {3, 4}
    names = {path.name for path in outcome.folder.iterdir()}
    assert {"adapter_config.json", "adapter_model.safetensors", "tokenizer.json"} <= names
    assert not names & {"README.md", "optimizer.pt", "training_args.bin"}
    told = read_manifest(outcome.folder)
    assert told.base["hash"] == base.hash
    assert told.step == 4
    assert told.seen == 8
    assert told.prompt == {"compact": True, "num_ctx": 4096, "clock": "day"}
    config = json.loads((outcome.folder / "adapter_config.json").read_text())
    assert set(config["target_modules"]) == set(TARGETS)
    best = json.loads((tmp_path / "run" / "best.json").read_text())
    assert best["checkpoint"] in notes.folders
    assert (tmp_path / "run" / "losses.svg").read_text().startswith("<svg")


def test_every_linear_module_is_adapted_and_learns(tuned):
    import torch

    outcome, _ = tuned("run", replace(PLAN, max_steps=3))
    adapter = {n: w for n, w in weights(outcome.folder).items() if n.startswith("adapter_model")}
    changed = [bool(torch.any(w != 0)) for name, w in adapter.items() if "lora_B" in name]
    assert changed == [True] * (2 * len(TARGETS))


def test_the_loss_falls(tuned):
    outcome, _ = tuned("run", replace(PLAN, method="full", max_steps=40, save_steps=40, batch=4))
    first, last = outcome.history.validation[0], outcome.history.validation[-1]
    assert last.loss < 0.5 * first.loss
    assert outcome.history.train[-1] < outcome.history.train[0]


def test_batches_that_are_summed_up_make_the_same_step(tuned):
    train = some_cases()[:4]  # of one day: each batch is one row
    plan = replace(PLAN, max_steps=1, lora_dropout=0.0, batch=4)
    one, _ = tuned("one", plan, train=train)
    four, _ = tuned("four", replace(plan, batch=1, accumulation=4), train=train)
    assert four.history.train == pytest.approx(one.history.train, rel=1e-5)
    first, second = weights(one.folder), weights(four.folder)
    moments = [name for name in first if "exp_avg/" in name]
    assert moments
    for name in moments:
        assert second[name].numpy() == pytest.approx(first[name].numpy(), abs=1e-6)


def test_patience(tuned):
    plan = replace(PLAN, rate=1e-30, max_steps=50, save_steps=1, patience=2)
    outcome, notes = tuned("run", plan)
    assert outcome.end == "patience"
    assert outcome.step == 3  # the first is the best, two more are no better
    assert notes.checks == [(0, False), (1, True), (2, False), (3, False)]
    assert json.loads((outcome.folder.parent / "best.json").read_text())["step"] == 1


def test_without_validation_there_is_no_best_one(tuned, tmp_path):
    outcome, notes = tuned("run", replace(PLAN, max_steps=2), validation=())
    assert outcome.folder.name == "checkpoint-2"
    assert notes.checks == []
    assert not (tmp_path / "run" / "best.json").exists()


def test_a_loss_that_is_no_number(tuned, tmp_path):
    with pytest.raises(TrainingError, match="--lr"):
        tuned("run", replace(PLAN, rate=1e30, max_steps=30, save_steps=100))


def test_lengths_that_are_too_short_are_told(tuned):
    with pytest.raises(TrainingError, match="100 tokens or fewer"):
        tuned("run", replace(PLAN, max_length=100))


def test_a_checkpoint_without_its_optimiser_cannot_be_continued(tuned):
    half, _ = tuned("run", replace(PLAN, max_steps=3))
    (half.folder / "training" / "optimizer.safetensors").unlink()
    plan = replace(read_manifest(half.folder).plan, max_steps=6)
    with pytest.raises(ArtefactError, match="not continued"):
        tuned("run", plan, resume=half.folder)


def test_weights_that_cannot_be_read(tuned):
    half, _ = tuned("run", replace(PLAN, max_steps=3))
    (half.folder / "adapter_model.safetensors").write_bytes(b"x" * 100)
    plan = replace(read_manifest(half.folder).plan, max_steps=6)
    with pytest.raises(BackendError, match="could not be loaded"):
        tuned("run", plan, resume=half.folder)


@pytest.mark.filterwarnings("ignore::FutureWarning:transformers")  # peft asks in the old way
def test_the_adapter_is_served_as_it_was_trained(tuned, base):
    import torch
    from peft import PeftModel
    from transformers import AutoModelForCausalLM, AutoTokenizer

    outcome, _ = tuned("run", replace(PLAN, max_steps=3, lora_dropout=0.0))
    model = AutoModelForCausalLM.from_pretrained(base.folder)
    model = PeftModel.from_pretrained(model, outcome.folder).merge_and_unload().eval()
    total = tokens = 0
    encoder = encoder_of(AutoTokenizer.from_pretrained(outcome.folder))
    made = make_examples(some_cases()[:4], tuple(two_functions()), PromptOptions(compact=True))
    with torch.no_grad():
        for example in map(encoder, made.examples):
            size = len(example.completion)
            logits = model(torch.tensor([example.tokens])).logits[0, -size - 1 : -1]
            labels = torch.tensor(example.completion)
            total += torch.nn.functional.cross_entropy(logits, labels, reduction="sum").item()
            tokens += size
    assert total / tokens == pytest.approx(outcome.history.validation[-1].loss, rel=1e-4)
