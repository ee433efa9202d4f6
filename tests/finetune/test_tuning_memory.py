import json
import struct
from dataclasses import replace

import pytest

from funcgemma.errors import ArtefactError
from funcgemma.finetune.encode import Lengths
from funcgemma.finetune.estimate import Device, estimate, fit
from funcgemma.finetune.measures import Measures, read_measures
from funcgemma.finetune.plan import TuningPlan
from tiny import MODEL_DIR

FUNCTIONGEMMA = Measures(262_144, 640, 2048, 18, 4, 1, 256)
SIZES = {
    "functions": Lengths(1300, 1300, 1300),
    "conversation": Lengths(40, 200, 400),
    "completion": Lengths(30, 60, 100),
    "together": Lengths(1400, 1600, 1800),
}
CPU = Device("cpu")
GIGABYTE = 1_000_000_000


def test_the_parameters_are_those_of_the_file():
    with (MODEL_DIR / "model.safetensors").open("rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
    stored = 0
    for name, tensor in header.items():
        size = 1
        for side in tensor["shape"] if name != "__metadata__" else (0,):
            size *= side
        stored += size
    assert read_measures(MODEL_DIR).parameters == stored


def test_functiongemma_has_270_million():
    assert round(FUNCTIONGEMMA.parameters / 1e6) == 268
    assert round(FUNCTIONGEMMA.adapter(16) / 1e6, 1) == 3.8


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"model_type": "llama"}'])
def test_models_that_cannot_be_tuned(tmp_path, text):
    (tmp_path / "config.json").write_text(text)
    with pytest.raises(ArtefactError, match=r"config\.json"):
        read_measures(tmp_path)


def needed(device=CPU, length=1800, **changes):
    return estimate(FUNCTIONGEMMA, replace(TuningPlan(), **changes), device, SIZES, length)


def test_adapters_take_an_8_gigabyte_machine_little():
    found = needed()
    assert found.weights == pytest.approx(4 * FUNCTIONGEMMA.parameters, rel=0.05)
    assert 3 * GIGABYTE < found.total < 5 * GIGABYTE
    assert needed(checkpointing=True).total < 2 * GIGABYTE


def test_what_takes_more_and_what_less():
    plain = needed()
    assert needed(method="full").total > plain.total + 3 * FUNCTIONGEMMA.parameters
    assert needed(batch=4).activations > plain.activations
    assert needed(batch=4).activations < 4 * plain.activations  # the developer turn is shared
    assert needed(batch=4).logits > 3 * plain.logits
    assert needed(device=Device("mps")).activations > plain.activations
    assert needed(device=Device("cuda", half=True)).total < plain.total
    assert needed(accumulation=8) == plain


def fitted(free, **changes):
    plan = replace(TuningPlan(), **changes)
    return fit(FUNCTIONGEMMA, plan, Device("cpu", free=free), SIZES)


def test_with_room_all_is_kept():
    for free in (None, 64 * GIGABYTE):
        found = fitted(free)
        assert found.length == 1800
        assert found.plan.checkpointing is False


def test_memory_asks_for_recomputing_first():
    found = fitted(2 * GIGABYTE)
    assert found.plan.checkpointing is True
    assert found.length == 1800


def test_then_for_shorter_examples():
    found = fitted(4 * GIGABYTE, checkpointing=False)
    assert 1300 < found.length < 1800
    assert found.estimate.total <= 4 * GIGABYTE
    assert fitted(GIGABYTE).length == 0


def test_a_length_that_is_given_stands():
    found = fitted(GIGABYTE, max_length=1500)
    assert found.length == 1500
    assert found.estimate.total > GIGABYTE
    assert fitted(None, max_length=5000).length == 1800
