"""What is particular to a real llama-server, and to Ollama's protocol on a real llama.cpp."""

import subprocess
import sys
from pathlib import Path

import pytest

from backends.contract import MESSAGES, PROMPT, SHORT
from funcgemma.backends.base import Options
from funcgemma.backends.catalogue import Place, open_backend
from funcgemma.backends.memory import Room, make_room
from funcgemma.errors import BackendError
from servers import ollama_server
from servers.engines import llama_server
from tiny import gguf_file

TOKENS = 'root ::= <start_function_call> <escape> "東京" <escape> <end_function_call>'
CALL = "<start_function_call><escape>東京<escape><end_function_call>"


@pytest.fixture(scope="module", autouse=True)
def llama_cpp():
    pytest.importorskip("xllamacpp")


@pytest.fixture(scope="module", params=["CONTROL", "USER_DEFINED"])
def url(request):
    with llama_server(gguf_file(request.param), num_ctx=1024) as url:
        yield f"{url}/v1"


@pytest.fixture
def backend(url):
    opened = open_backend("openai:tiny", Place(openai_url=url))
    yield opened
    opened.close()


def test_control_tokens_are_printed_whatever_their_type(backend):
    answer = backend.complete(PROMPT, Options(max_tokens=16, grammar=TOKENS, logprobs=True))
    assert answer.text == CALL
    assert [token.text for token in answer.tokens][:2] == ["<start_function_call>", "<escape>"]


def test_a_control_token_can_be_a_stop(backend):
    stop = ("<end_function_call>",)
    answer = backend.complete(PROMPT, Options(max_tokens=16, grammar=TOKENS, stop=stop))
    assert answer.text == CALL.removesuffix(*stop)
    assert answer.finish == "stop"


def test_the_prompts_prefix_is_computed_once(backend):
    backend.complete(PROMPT, SHORT)
    again = backend.complete(PROMPT + "x", SHORT)
    assert again.cached_tokens > again.prompt_tokens // 2


def test_a_prompt_that_is_too_long(backend):
    with pytest.raises(BackendError) as caught:
        backend.complete("a " * 3000)
    assert caught.value.reason == "refused"
    assert "num_ctx" in caught.value.hint


@pytest.mark.parametrize("rules", ["root ::= (", "root ::= <no_such_token>"])
def test_a_grammar_that_is_none(backend, rules):
    with pytest.raises(BackendError) as caught:
        backend.complete(PROMPT, Options(grammar=rules))
    assert caught.value.reason == "unsupported"


def test_ollama_hands_on_what_llama_cpp_says():
    with ollama_server.ollama_over(gguf_file("CONTROL")) as (url, _):
        backend = open_backend("functiongemma", Place(ollama_url=url))
        with pytest.raises(BackendError) as caught:
            backend.complete("a " * 9000)
        backend.close()
    assert caught.value.reason == "refused"
    assert "num_ctx" in caught.value.hint
    assert "{" not in caught.value.message


def test_the_script_serves_a_file():
    script = Path(ollama_server.__file__)
    command = [sys.executable, str(script), "--gguf", str(gguf_file("CONTROL")), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        backend = open_backend("gemma3:4b", Place(ollama_url=process.stdout.readline().strip()))
        backend.check()
        assert backend.chat(MESSAGES, SHORT).text
        assert make_room(backend.server, "functiongemma") == Room()
        backend.close()
        process.terminate()
    assert process.returncode == 0
