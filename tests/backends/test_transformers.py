"""transformers on the tiny model: what the contract does not ask of every backend."""

import json
import logging
import shutil
import subprocess
import sys

import pytest

from backends.contract import MESSAGES, PROMPT
from funcgemma.backends.base import ChatMessage, Options
from funcgemma.backends.catalogue import Place, open_backend
from funcgemma.errors import BackendError
from tiny import MODEL_DIR

llm = pytest.mark.llm
SHORT = Options(max_tokens=12)


def opened(folder=MODEL_DIR, **place):
    for library in ("torch", "transformers"):
        pytest.importorskip(library)
    return open_backend(f"transformers:{folder}", Place(**place))


@pytest.fixture(scope="module")
def backend():
    backend = opened()
    yield backend
    backend.close()


def fails(action):
    with pytest.raises(BackendError) as caught:
        action()
    assert caught.value.hint
    return caught.value


@pytest.mark.parametrize(
    ("missing", "adapter"), [("torch", ""), ("transformers", ""), ("peft", "x")]
)
def test_without_a_library_it_says_how_to_install_it(missing, adapter):
    """In a program of its own, where the libraries are hidden or stand for nothing."""
    code = (
        "import sys, types\n"
        "from importlib.machinery import ModuleSpec\n"
        "for name in ('torch', 'transformers', 'peft'):\n"
        "    sys.modules[name] = types.ModuleType(name)\n"
        "    sys.modules[name].__spec__ = ModuleSpec(name, None)\n"
        f"sys.modules[{missing!r}] = None\n"
        "from funcgemma.backends.catalogue import Place, open_backend\n"
        f"try: open_backend('transformers:x', Place(adapter={adapter!r}))\n"
        "except Exception as error: print(error.reason, error.hint)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == 'not_installed pip install "funcgemma[finetune]"\n'


@llm
def test_a_text_is_what_transformers_itself_generates(backend):
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(MODEL_DIR)
    model = AutoModelForCausalLM.from_pretrained(MODEL_DIR, dtype=torch.float32)
    long = PROMPT * 3  # longer than the sliding window
    read = tokenizer(long, return_tensors="pt")
    made = model.generate(**read, max_new_tokens=24, do_sample=False)
    expected = tokenizer.decode(made[0][read.input_ids.shape[1] :], skip_special_tokens=False)
    expected = expected.removesuffix("<end_of_turn>").removesuffix("<eos>")
    for prompt in (PROMPT, long, long):  # with nothing known, with some, with nearly all
        text = backend.complete(prompt, Options(max_tokens=24)).text
    assert text == expected


@llm
def test_the_beginning_of_a_prompt_is_read_once(backend):
    first = backend.complete(f"{PROMPT}あ", SHORT)
    again = backend.complete(f"{PROMPT}い", SHORT)
    assert again.prompt_tokens - 4 <= again.cached_tokens < again.prompt_tokens
    same = backend.complete(f"{PROMPT}あ", SHORT)
    assert same.text == first.text
    other = backend.complete("天気", SHORT)
    assert other.cached_tokens <= 1


@llm
def test_there_is_one_bos_and_control_tokens_are_single(backend):
    assert backend.complete("", Options(max_tokens=1)).prompt_tokens == 1
    assert backend.complete("<escape><escape>", Options(max_tokens=1)).prompt_tokens == 3


@llm
def test_tokens_add_up_to_the_text(backend):
    text = backend.complete(PROMPT, SHORT).text
    stop = text[len(text) // 2 :][:2]
    for options in (
        Options(max_tokens=12, logprobs=True),
        Options(max_tokens=12, logprobs=True, stop=(stop,)),
        Options(max_tokens=3, logprobs=True, stop=(text[: len(text) // 2] + "\0",)),
    ):
        answer = backend.complete(PROMPT, options)
        assert "".join(token.text for token in answer.tokens) == answer.text
        assert len(answer.tokens) == answer.completion_tokens
        assert all(token.logprob <= 0 for token in answer.tokens)


@llm
def test_seeds_make_a_difference(backend):
    texts = {
        backend.complete(PROMPT, Options(max_tokens=8, temperature=2.0, seed=seed)).text
        for seed in range(5)
    }
    assert len(texts) > 1


@llm
def test_a_narrow_nucleus_is_greedy(backend):
    narrow = Options(max_tokens=8, temperature=1.0, top_p=1e-9, seed=3)
    assert backend.complete(PROMPT, narrow).text == backend.complete(PROMPT, Options(8)).text


@llm
def test_a_prompt_longer_than_the_window_is_refused():
    backend = opened(num_ctx=64)
    error = fails(lambda: backend.complete(PROMPT * 3))
    assert error.reason == "refused"
    assert "64" in error.message
    cut = backend.complete("天気", Options(max_tokens=1000))
    assert cut.prompt_tokens + cut.completion_tokens <= 64
    backend.close()


@llm
def test_calls_in_the_middle_of_a_stream_leave_it_alone(backend):
    whole = backend.chat(MESSAGES, SHORT).text
    stream = backend.stream(MESSAGES, SHORT)
    first = next(stream)
    assert backend.complete(PROMPT, SHORT).text
    assert first + "".join(stream) == whole


@llm
def test_it_is_quiet(capfd, caplog):
    backend = opened()
    with caplog.at_level(logging.WARNING):
        backend.complete(PROMPT, Options(max_tokens=2))
    backend.close()
    assert capfd.readouterr() == ("", "")
    assert caplog.text == ""


@llm
@pytest.mark.filterwarnings("ignore::FutureWarning")  # peft on transformers, while making one
def test_an_adapter_changes_what_is_said(tmp_path, backend):
    peft = pytest.importorskip("peft")
    import torch
    from transformers import AutoModelForCausalLM

    torch.manual_seed(0)
    texts = []
    for strength in (0.0, 1.0):
        config = peft.LoraConfig(r=4, target_modules=["q_proj", "v_proj"], task_type="CAUSAL_LM")
        model = peft.get_peft_model(AutoModelForCausalLM.from_pretrained(MODEL_DIR), config)
        for name, numbers in model.named_parameters():
            if "lora_B" in name:
                torch.nn.init.normal_(numbers, std=strength)
        folder = tmp_path / str(strength)
        model.save_pretrained(folder)
        adapted = opened(adapter=str(folder))
        adapted.check()
        texts.append(adapted.complete(PROMPT, SHORT).text)
        adapted.close()
    assert texts[0] == backend.complete(PROMPT, SHORT).text
    assert texts[1] != texts[0]


@llm
def test_what_is_not_there_is_said(tmp_path):
    missing = opened(tmp_path / "none")
    assert fails(missing.check).reason == "not_pulled"
    assert fails(lambda: missing.complete("a")).reason == "not_pulled"
    assert fails(opened(tmp_path).check).reason == "garbage"
    assert fails(opened(adapter=str(tmp_path / "none")).check).reason == "not_pulled"
    assert fails(opened(adapter=str(MODEL_DIR)).check).reason == "garbage"


@llm
def test_a_model_of_the_hub_is_not_downloaded_behind_the_users_back():
    error = fails(opened("nobody/never-was-a-model").check)
    assert error.reason == "not_pulled"
    assert "hf download nobody/never-was-a-model" in error.hint


@llm
@pytest.mark.parametrize("damage", ["half", "shape", "kind"])
def test_a_damaged_model_is_garbage(tmp_path, damage):
    folder = tmp_path / "model"
    shutil.copytree(MODEL_DIR, folder)
    config = json.loads((folder / "config.json").read_text("utf-8"))
    if damage == "half":
        weights = folder / "model.safetensors"
        weights.write_bytes(weights.read_bytes()[:5000])
    elif damage == "shape":
        config["hidden_size"] *= 2
    else:
        config = {"model_type": "never-was"}
    (folder / "config.json").write_text(json.dumps(config), "utf-8")
    backend = opened(folder)
    backend.check()
    assert fails(lambda: backend.complete("a")).reason == "garbage"


@llm
def test_a_conversation_that_the_template_refuses_is_refused(tmp_path):
    folder = tmp_path / "model"
    shutil.copytree(MODEL_DIR, folder)
    (folder / "chat_template.jinja").write_text("{{ raise_exception('take turns') }}", "utf-8")
    error = fails(lambda: opened(folder).chat([ChatMessage("user", "a")], SHORT))
    assert error.reason == "refused"
    assert "take turns" in error.message
