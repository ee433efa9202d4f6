"""llama.cpp in process on the tiny model: what the contract does not ask of every backend."""

import os
import signal
import subprocess
import sys
import threading

import numpy as np
import pytest

from backends.contract import GRAMMAR, MESSAGES, PROMPT
from funcgemma.backends.base import Options
from funcgemma.backends.catalogue import Place, open_backend
from funcgemma.backends.llamacpp.engine import threads_for
from funcgemma.backends.llamacpp.file import open_file
from funcgemma.errors import BackendError
from tiny import gguf_file

LONG = Options(max_tokens=200)
TOKENS = 'root ::= <start_function_call> <escape> "東京" <escape> <end_function_call>'
CALL = "<start_function_call><escape>東京<escape><end_function_call>"


def opened(control="CONTROL", **place):
    return open_backend(f"llamacpp:{gguf_file(control)}", Place(threads=1, **place))


@pytest.fixture(scope="module")
def backend():
    backend = opened()
    yield backend
    backend.close()


def fails(action):
    with pytest.raises(BackendError) as caught:
        action()
    return caught.value


@pytest.mark.parametrize("control", ["CONTROL", "USER_DEFINED"])
def test_control_tokens_are_printed_whatever_their_type(control):
    backend = opened(control)
    answer = backend.complete(PROMPT, Options(max_tokens=16, grammar=TOKENS, logprobs=True))
    backend.close()
    assert answer.text == CALL
    assert answer.finish == "stop"
    assert [token.text for token in answer.tokens][:2] == ["<start_function_call>", "<escape>"]


@pytest.mark.parametrize("control", ["CONTROL", "USER_DEFINED"])
def test_a_control_token_can_be_a_stop(control):
    backend = opened(control)
    options = Options(
        max_tokens=16,
        grammar=f"{TOKENS} <start_function_response>",
        stop=("<start_function_response>",),
        logprobs=True,
    )
    answer = backend.complete(PROMPT, options)
    backend.close()
    assert answer.text == CALL
    assert answer.finish == "stop"
    assert "".join(token.text for token in answer.tokens) == CALL


def test_the_end_of_turn_is_not_printed():
    backend = opened("USER_DEFINED")
    answer = backend.complete(PROMPT, Options(max_tokens=9, grammar='root ::= "a"'))
    backend.close()
    assert (answer.text, answer.finish) == ("a", "stop")


def test_control_tokens_of_a_prompt_are_single_tokens(backend):
    one = backend.complete("天気<escape>", Options(max_tokens=1)).prompt_tokens
    two = backend.complete("天気<escape><escape>", Options(max_tokens=1)).prompt_tokens
    assert two == one + 1


def test_the_beginning_of_a_prompt_is_read_once(backend):
    backend.complete(f"{PROMPT}あ", Options(max_tokens=4))
    again = backend.complete(f"{PROMPT}い", Options(max_tokens=4))
    assert again.cached_tokens >= again.prompt_tokens - 8
    other = backend.complete(f"x{PROMPT}", Options(max_tokens=4))
    assert other.cached_tokens <= 1


def test_a_prompt_before_the_last_one_is_remembered(backend):
    prompts = ("一" + PROMPT * 2, "二" + PROMPT * 2)
    first = [backend.complete(prompt, Options(max_tokens=4)) for prompt in prompts]
    again = [backend.complete(prompt, Options(max_tokens=4)) for prompt in prompts]
    assert [answer.text for answer in again] == [answer.text for answer in first]
    assert all(a.cached_tokens > a.prompt_tokens // 2 for a in again)


def test_tokens_add_up_to_the_text(backend):
    answer = backend.complete(PROMPT, Options(max_tokens=12, logprobs=True))
    assert "".join(token.text for token in answer.tokens) == answer.text
    chat = backend.chat(MESSAGES, Options(max_tokens=12, logprobs=True))
    assert "".join(token.text for token in chat.tokens) == chat.text


def test_seeds_make_a_difference(backend):
    texts = {
        backend.complete(PROMPT, Options(max_tokens=12, temperature=2.0, seed=seed)).text
        for seed in range(5)
    }
    assert len(texts) > 1


def test_json_is_compact_and_follows_its_schema(backend):
    schema = {"type": "array", "items": {"enum": [1, 2]}, "minItems": 2, "maxItems": 2}
    for answer in (
        backend.complete(PROMPT, Options(max_tokens=40, json_schema=schema)),
        backend.chat(MESSAGES, Options(max_tokens=40, json_schema=schema)),
    ):
        assert answer.text in ("[1, 1]", "[1, 2]", "[2, 1]", "[2, 2]")


@pytest.mark.parametrize("schema", [{"type": "nonsense"}, {"type": 3}])
def test_a_malformed_schema_is_refused(backend, schema):
    error = fails(lambda: backend.complete(PROMPT, Options(json_schema=schema)))
    assert error.reason == "unsupported"


def test_a_schema_that_llama_cpp_does_not_follow_is_said(backend):
    schema = {"not": {"type": "string"}}
    error = fails(lambda: backend.complete("天気", Options(max_tokens=12, json_schema=schema)))
    assert error.reason == "unsupported"
    assert "JSON schema" in error.message


@pytest.mark.parametrize("rules", ["root ::= (", "root ::= nobody", ""])
def test_a_malformed_grammar_is_refused(backend, rules, capfd):
    error = fails(lambda: backend.complete(PROMPT, Options(grammar=rules)))
    assert error.reason == "unsupported"
    assert "GBNF" in error.hint
    capfd.readouterr()  # llama.cpp shows the line to people who write grammars


def test_a_grammar_that_names_the_end_of_turn_is_refused(backend):
    error = fails(lambda: backend.complete(PROMPT, Options(grammar='root ::= "a" <end_of_turn>')))
    assert error.reason == "unsupported"
    assert "end-of-turn" in error.hint


def test_a_prompt_longer_than_the_window_is_refused():
    backend = opened(num_ctx=256)
    error = fails(lambda: backend.complete("天気 " * 400))
    assert error.reason == "refused"
    assert "256" in error.message
    assert "num_ctx" in error.hint
    assert backend.complete("天気", Options(max_tokens=2)).text
    backend.close()


def test_the_window_ends_a_text():
    backend = opened(num_ctx=256)
    answer = backend.complete("天気", Options(max_tokens=1000, grammar='root ::= "a"{900}'))
    backend.close()
    assert answer.finish == "length"
    assert answer.prompt_tokens + answer.completion_tokens <= 256


def test_it_is_quiet(capfd):
    backend = opened()
    backend.complete(PROMPT, Options(max_tokens=2))
    list(backend.stream(MESSAGES, Options(max_tokens=2)))
    backend.close()
    assert capfd.readouterr() == ("", "")


def test_a_closed_stream_leaves_room_for_the_next(backend):
    stream = backend.stream(MESSAGES, Options(max_tokens=2000, grammar='root ::= "a"{1900}'))
    assert next(stream)
    stream.close()
    assert backend.complete(PROMPT, Options(max_tokens=2)).completion_tokens == 2


def test_calls_in_the_middle_of_a_stream_wait_for_it(backend):
    stream = backend.stream(MESSAGES, LONG)
    first = next(stream)
    assert backend.complete(PROMPT, Options(max_tokens=2)).text
    assert first + "".join(stream) == backend.chat(MESSAGES, LONG).text


def test_closing_ends_a_stream_in_so_many_words():
    backend = opened()
    stream = backend.stream(MESSAGES, Options(max_tokens=2000, grammar='root ::= "a"{1900}'))
    next(stream)
    backend.close()
    error = fails(lambda: list(stream))
    assert error.reason == "cut"
    assert backend.complete(PROMPT, Options(max_tokens=1)).text
    backend.close()


def test_no_sign_of_life_is_a_timeout():
    backend = opened(timeout=1e-9)
    error = fails(lambda: backend.complete(PROMPT, LONG))
    backend.close()
    assert error.reason == "timeout"
    assert error.hint


def test_a_missing_model_is_said_before_it_is_loaded(tmp_path):
    backend = open_backend(f"llamacpp:{tmp_path / 'none.gguf'}")
    assert fails(backend.check).reason == "not_pulled"
    assert fails(lambda: backend.complete("a")).reason == "not_pulled"


def test_a_cut_model_is_garbage(tmp_path):
    whole = gguf_file("CONTROL").read_bytes()
    path = tmp_path / "half.gguf"
    path.write_bytes(whole[: len(whole) // 2])
    backend = open_backend(f"llamacpp:{path}")
    backend.check()
    error = fails(lambda: backend.complete("a"))
    assert error.reason == "garbage"
    assert "xllamacpp" in error.hint


def test_an_adapter_must_be_one(tmp_path):
    assert fails(opened(adapter=str(tmp_path / "none.gguf")).check).reason == "not_pulled"
    error = fails(opened(adapter=str(gguf_file("CONTROL"))).check)
    assert error.reason == "garbage"
    assert "adapter" in error.message


def write_adapter(path, strength):
    """A LoRA adapter of random numbers for the tiny model's queries."""
    gguf = pytest.importorskip("gguf", reason="adapters are written with the package gguf")
    keys = open_file(gguf_file("CONTROL")).keys
    width = keys["gemma3.embedding_length"]
    queries = keys["gemma3.attention.head_count"] * keys["gemma3.attention.key_length"]
    random = np.random.default_rng(0)
    writer = gguf.GGUFWriter(path, "gemma3")
    writer.add_type("adapter")
    writer.add_string("adapter.type", "lora")
    writer.add_float32("adapter.lora.alpha", 8.0)
    for layer in range(keys["gemma3.block_count"]):
        for end, shape in (("a", (4, width)), ("b", (queries, 4))):
            numbers = random.standard_normal(shape, dtype=np.float32) * strength
            writer.add_tensor(f"blk.{layer}.attn_q.weight.lora_{end}", numbers)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return str(path)


def test_an_adapter_changes_what_is_said(tmp_path, backend):
    texts = []
    for strength in (0.0, 3.0):
        adapter = write_adapter(tmp_path / f"{strength}.gguf", strength)
        adapted = opened(adapter=adapter)
        texts.append(adapted.complete(PROMPT, Options(max_tokens=12)).text)
        adapted.close()
    assert texts[0] == backend.complete(PROMPT, Options(max_tokens=12)).text
    assert texts[1] != texts[0]


def python(code):
    """A program of its own, running."""
    return subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def test_without_the_library_it_says_how_to_install_it():
    run = python(
        "import sys; sys.modules['xllamacpp'] = None\n"
        "from funcgemma.backends.catalogue import open_backend\n"
        "try: open_backend('llamacpp:x.gguf')\n"
        "except Exception as error: print(error.reason, error.hint)"
    )
    assert run.communicate()[0] == 'not_installed pip install "funcgemma[llamacpp]"\n'


def endless():
    """A program in the middle of a stream that will not end soon."""
    return f"""
from funcgemma.backends.base import ChatMessage, Options
from funcgemma.backends.catalogue import Place, open_backend
backend = open_backend("llamacpp:{gguf_file("CONTROL")}", Place(threads=1, num_ctx=4096))
endless = Options(max_tokens=4000, grammar='root ::= "a"{{1,4000}}')
stream = backend.stream([ChatMessage("user", "x")], endless)
next(stream)
"""


@pytest.mark.skipif(os.name == "nt", reason="no such signal")
def test_an_interrupt_reaches_a_waiting_program():
    run = python(
        f"{endless()}try:\n    print('begun', flush=True)\n    backend.complete('x', endless)\n"
        "except KeyboardInterrupt:\n    print('interrupted')"
    )
    assert run.stdout.readline() == "begun\n"
    run.send_signal(signal.SIGINT)
    assert run.communicate() == ("interrupted\n", "")
    assert run.returncode == 0


def test_an_unfinished_stream_does_not_hold_up_the_end():
    run = python(f"{endless()}print('begun')")
    assert run.communicate() == ("begun\n", "")
    assert run.returncode == 0


def test_many_threads_may_stream_at_once(backend):
    expected = "".join(backend.stream(MESSAGES, Options(max_tokens=8)))
    found = []

    def listen():
        found.append("".join(backend.stream(MESSAGES, Options(max_tokens=8))))

    threads = [threading.Thread(target=listen) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 4


def test_a_grammar_and_log_probabilities_go_together(backend):
    answer = backend.complete(PROMPT, Options(max_tokens=8, grammar=GRAMMAR, logprobs=True))
    assert answer.text in ("yes", "no")
    assert all(token.logprob < 0 for token in answer.tokens)


@pytest.mark.parametrize(("processors", "threads"), [(1, 1), (2, 1), (3, 0), (16, 0)])
def test_of_two_processors_one_is_left_to_others(processors, threads):
    assert threads_for(processors) == threads
