"""llama.cpp reads and continues prompts as transformers does, token for token."""

import httpx
import pytest

from finetune.llama import load
from tiny import EXAMPLES, MODEL_DIR, gguf_file, prompt_of

pytestmark = pytest.mark.llm

NEW = 24
TEXTS = (
    "東京",
    "hello world  two spaces 123 4567",
    "<start_of_turn>user\nhi\n\nthere<end_of_turn>\n<start_of_turn>model\n",
    "😀 𠮷野家 🏳️‍🌈 한국어",
    "<start_function_call>call:x{a:<escape>é<escape>}<end_function_call><start_function_response>",
    "今夜の大阪、雨降る？" * 60,
    " leading and trailing ",
    "tab\there, a\r\nline",
    "<unknown_tag> <escape <bos",
    "▁literal▁",
)


@pytest.fixture(scope="module")
def transformers_model():
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    model = transformers.AutoModelForCausalLM.from_pretrained(MODEL_DIR, dtype=torch.float32)
    return model.eval(), transformers.AutoTokenizer.from_pretrained(MODEL_DIR)


@pytest.fixture(scope="module", params=["CONTROL", "USER_DEFINED"])
def server(request):
    return load(gguf_file(request.param, "f32"), special=True)


def ask(server, path, **body):
    return httpx.post(f"{server.listening_address}{path}", json=body, timeout=60).json()


@pytest.mark.parametrize("text", TEXTS)
def test_both_split_text_alike(server, transformers_model, text):
    _, tokenizer = transformers_model
    told = ask(server, "/tokenize", content=text, add_special=True, parse_special=True)
    assert told["tokens"] == tokenizer(text)["input_ids"]


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_both_write_the_same_tokens(server, transformers_model, number):
    check_tokens(server, transformers_model, prompt_of(EXAMPLES[number][0]))


def test_both_write_the_same_tokens_after_many_windows(server, transformers_model, registry):
    check_tokens(server, transformers_model, prompt_of(EXAMPLES[0][0], tuple(registry), False))


def check_tokens(server, transformers_model, prompt):
    import torch

    model, tokenizer = transformers_model
    ids = tokenizer(prompt, return_tensors="pt")["input_ids"]
    with torch.no_grad():
        written = model.generate(ids, max_new_tokens=NEW, do_sample=False)[
            0, ids.shape[1] :
        ].tolist()
    body = {"prompt": prompt, "n_predict": NEW, "temperature": 0, "return_tokens": True}
    told = ask(server, "/completion", cache_prompt=False, **body)["tokens"]
    ends = model.generation_config.eos_token_id
    assert [t for t in told if t not in ends] == [t for t in written if t not in ends]
