"""What cannot be exported, and is told before anything is loaded; needs no torch."""

import json
import shutil
from importlib.util import find_spec

import pytest

from finetune.export_run import ROOMS, SCHEMA, chance_adapter, make_source
from funcgemma import open_tuned
from funcgemma.errors import ArtefactError, BackendError, WorldError
from funcgemma.finetune.export.check import NO_PROMPTS, Agreement, compare, sample_prompts
from funcgemma.finetune.export.export import default_folder, export, space_needed
from funcgemma.finetune.export.order import Order, check_order
from funcgemma.finetune.export.source import open_source
from funcgemma.finetune.functions import definitions_of
from funcgemma.functions.builtin import builtin_registry
from tiny import MODEL_DIR

ADAPTER = Order("gguf", adapter_only=True, checked=0)


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def source(tmp_path):
    return make_source(tmp_path, save=chance_adapter)


@pytest.fixture
def whole(tmp_path):
    def save(folder):
        shutil.copytree(MODEL_DIR, folder, dirs_exist_ok=True)

    return make_source(tmp_path, save=save, method="full")


@pytest.mark.parametrize(
    ("order", "word"),
    [
        (Order("merged", adapter_only=True), "--format merged for none"),
        (Order("ollama", adapter_only=True), "Ollama runs no adapters"),
        (Order("gguf", with_base=True), "--with-base"),
        (Order("gguf", tools=True), "--tools"),
        (Order("merged", "q8_0"), "not written as q8_0"),
        (Order("gguf", "bf16"), "not written as bf16"),
        (Order("gguf", "q8_0", adapter_only=True), "not written as q8_0"),
    ],
)
def test_orders_that_make_no_sense(source, order, word):
    with pytest.raises(ArtefactError, match=word) as caught:
        check_order(source, order)
    assert caught.value.hint


def test_a_whole_model_has_no_adapter(whole):
    with pytest.raises(ArtefactError, match="there is no adapter"):
        check_order(whole, ADAPTER)


@pytest.mark.skipif(find_spec("torch") is not None, reason="torch is installed")
@pytest.mark.parametrize("order", [Order("merged"), Order("gguf"), Order("ollama")])
def test_merging_needs_torch(source, order):
    with pytest.raises(BackendError, match="torch") as caught:
        check_order(source, order)
    assert caught.value.reason == "not_installed"
    assert caught.value.hint == 'pip install "funcgemma[finetune]"'


def test_the_base_is_gone(tmp_path):
    base = shutil.copytree(MODEL_DIR, tmp_path / "base")
    source = make_source(tmp_path, save=chance_adapter, base=base)
    base.rename(tmp_path / "moved")
    with pytest.raises(BackendError, match="the model it was tuned from is missing") as caught:
        open_source(source.folder)
    assert "--base" in caught.value.hint
    assert open_source(source.folder, str(tmp_path / "moved")).base.folder == tmp_path / "moved"


def test_the_base_is_another_one_now(tmp_path):
    base = shutil.copytree(MODEL_DIR, tmp_path / "base")
    source = make_source(tmp_path, save=chance_adapter, base=base)
    (base / "generation_config.json").write_text("{}")
    with pytest.raises(ArtefactError, match="another model") as caught:
        open_source(source.folder)
    assert "--base" in caught.value.hint


def test_the_functions_are_told_as_they_were_then(tmp_path):
    """A built-in function may be described otherwise today; the prompt must not change."""
    schema = builtin_registry().get("weather_info").schema | {"description": "as it was"}
    (then,) = definitions_of([schema], "test")
    assert then.description == "as it was"
    assert then.handler is builtin_registry().get("weather_info").handler


def test_another_clock(source):
    path = source.folder / "manifest.json"
    manifest = json.loads(path.read_text())
    manifest["prompt"]["clock"] = "second"
    path.write_text(json.dumps(manifest))
    with pytest.raises(ArtefactError, match="to the second, here to the day"):
        open_tuned(source.folder)


def test_smaller_numbers_need_less_room(source):
    assert 0 < space_needed(source, Order("gguf", "q8_0")) < space_needed(source, Order("gguf"))
    assert space_needed(source, Order("merged", "bf16")) < space_needed(source, Order("merged"))
    assert space_needed(source, ADAPTER) < space_needed(source, Order("merged", "bf16"))


def test_prompts_come_from_the_runs_cases(source):
    assert [prompt.id for prompt in sample_prompts(source, 8)] == [*ROOMS, "thanks"]
    assert [prompt.id for prompt in sample_prompts(source, 2)] == [ROOMS[0], ROOMS[2]]
    assert sample_prompts(source, 0) == ()
    shutil.rmtree("data/finetune")
    assert sample_prompts(source, 8) == ()


def test_agreement(source):
    prompts = sample_prompts(source, 3)
    found = compare("llama.cpp", prompts, ("a", "b", "c"), ("a", "x", "y"))
    assert (found.equal, found.checked, found.poor) == (1, 3, True)
    assert found.to_json()["differences"][0] == {"case": prompts[1].id, "tuned": "b", "export": "x"}
    assert not compare("llama.cpp", prompts, ("a", "b", "c"), ("a", "b", "y")).poor
    assert Agreement(skipped=NO_PROMPTS).to_json() == {"skipped": NO_PROMPTS}
    assert not Agreement(skipped=NO_PROMPTS).poor


def test_an_adapter_is_written_without_torch(source):
    pytest.importorskip("gguf")
    made = export(source, ADAPTER, default_folder(source, ADAPTER))
    folder = made.folder.relative_to("data/exports/run_1/checkpoint-20")
    assert str(folder) == "adapter-f32"
    assert sorted(path.name for path in made.folder.iterdir()) == ["adapter.gguf", "manifest.json"]
    assert made.manifest["model"] == {"file": "", "adapter": "adapter.gguf"}
    assert made.manifest["functions"] == [SCHEMA]
    assert made.manifest["agreement"] == {"skipped": "it was not asked for"}
    with pytest.raises(ArtefactError, match="without the model it belongs to"):
        open_tuned(made.folder)


def test_an_adapter_with_its_base(source):
    pytest.importorskip("gguf")
    pytest.importorskip("xllamacpp")
    order = Order("gguf", adapter_only=True, with_base=True, checked=0)
    made = export(source, order, default_folder(source, order))
    model = open_tuned(made.folder)
    assert model.name == f"llamacpp:{made.folder / 'base.gguf'}"
    assert list(model.definitions) == ["lamp"]


def test_a_whole_model_becomes_gguf_without_torch(whole):
    pytest.importorskip("gguf")
    order = Order("ollama", "q8_0", checked=0)
    made = export(whole, order, default_folder(whole, order))
    names = sorted(path.name for path in made.folder.iterdir())
    assert names == ["Modelfile", "manifest.json", "model.gguf"]
    assert "run_1/checkpoint-20" in (made.folder / "Modelfile").read_text()


def test_a_damaged_checkpoint_leaves_nothing_behind(source, tmp_path):
    pytest.importorskip("gguf")
    (source.folder / "adapter_model.safetensors").write_bytes(b"x")
    with pytest.raises(ArtefactError, match="damaged"):
        export(source, ADAPTER, tmp_path / "out" / "x")
    assert list((tmp_path / "out").iterdir()) == []


def test_a_place_that_cannot_be_written(source, tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(WorldError):
        export(source, ADAPTER, tmp_path / "file" / "x")


def test_what_is_no_checkpoint(tmp_path):
    with pytest.raises(ArtefactError, match="no checkpoint"):
        open_tuned(tmp_path)
