"""Every way in which a model server can fail, over real sockets, for both protocols."""

import json
import threading

import pytest

from funcgemma.backends.base import ChatMessage, Options
from funcgemma.backends.catalogue import Place, open_backend
from funcgemma.errors import BackendError
from servers import ollama_server, openai_server
from servers.engines import FixedEngine
from servers.plumbing import running
from servers.raw_server import LAST, STREAM, answer, chunk, raw_server, unused_url

MESSAGES = [ChatMessage("user", "天気は？")]
MODELS = {
    "ollama": json.dumps({"models": [{"name": "m:latest", "size": 1}]}),
    "openai": json.dumps({"data": [{"id": "m", "owned_by": "vllm"}]}),
}


def line_of(kind, text, finish=None):
    """A piece of a streamed chat in the protocol's own form."""
    if kind == "ollama":
        row = {"message": {"content": text}, "done": finish is not None, "done_reason": finish}
        return json.dumps(row, ensure_ascii=False) + "\n"
    row = {"choices": [{"delta": {"content": text}, "finish_reason": finish}]}
    return f"data: {json.dumps(row, ensure_ascii=False)}\n\n"


def opened(kind, url, timeout=5.0):
    place = Place(ollama_url=url, openai_url=f"{url}/v1", timeout=timeout)
    backend = open_backend(f"{kind}:m", place)
    if kind == "openai":
        # Which server it is would otherwise be asked first, and fail in the same way.
        backend._kind = "vllm"
    return backend


@pytest.fixture(params=["ollama", "openai"])
def kind(request):
    return request.param


@pytest.fixture
def fault(kind):
    """The error of a streamed chat with a server that misbehaves, and the pieces before it."""

    def meet(misbehave, timeout=5.0):
        pieces = []
        with raw_server(misbehave) as url:
            backend = opened(kind, url, timeout)
            with pytest.raises(BackendError) as caught:
                for piece in backend.stream(MESSAGES):
                    pieces.append(piece)
            with pytest.raises(BackendError) as again:
                backend.chat(MESSAGES)
            backend.close()
        assert again.value.reason == caught.value.reason
        assert caught.value.hint
        return caught.value, pieces

    return meet


def test_nothing_listens(kind):
    backend = opened(kind, unused_url())
    for action in (
        backend.check,
        lambda: backend.complete("x"),
        lambda: backend.chat(MESSAGES),
        lambda: list(backend.stream(MESSAGES)),
    ):
        with pytest.raises(BackendError) as caught:
            action()
        assert caught.value.reason == "not_running"
        assert "start it" in caught.value.hint


@pytest.mark.parametrize("url", ["not an address", "ftp://x/", "http://", "http://127.0.0.1:99999"])
def test_an_address_that_is_none(kind, url):
    with pytest.raises(BackendError) as caught:
        opened(kind, url).check()
    assert caught.value.reason == "not_running"


def test_a_server_that_never_answers(fault):
    error, _ = fault(lambda connection, over: over.wait(5), timeout=0.1)
    assert error.reason == "timeout"


def test_a_server_that_hangs_up_at_once(fault):
    error, _ = fault(lambda connection, over: None)
    assert error.reason == "cut"


def test_a_stream_that_stops_without_its_last_line(fault, kind):
    error, pieces = fault(STREAM + chunk(line_of(kind, "晴れ")) + LAST)
    assert error.reason == "cut"
    assert pieces == ["晴れ"]


def test_a_connection_lost_in_the_middle(fault, kind):
    error, pieces = fault(STREAM + chunk(line_of(kind, "晴れ")))
    assert error.reason == "cut"
    assert pieces == ["晴れ"]


def test_a_stream_that_falls_silent(fault, kind):
    def stall(connection, over):
        connection.sendall(STREAM + chunk(line_of(kind, "晴れ")))
        over.wait(5)

    error, pieces = fault(stall, timeout=0.4)
    assert error.reason == "timeout"
    assert pieces == ["晴れ"]


def test_a_trickle_of_bytes_is_no_sign_of_life(fault, kind):
    def trickle(connection, over):
        connection.sendall(STREAM)
        for byte in line_of(kind, "晴れ" * 20).encode():
            connection.sendall(chunk(bytes([byte])))
            if over.wait(0.02):
                return

    error, pieces = fault(trickle, timeout=0.15)
    assert error.reason == "timeout"
    assert pieces == []


def test_half_a_line_of_json(fault, kind):
    error, _ = fault(STREAM + chunk(line_of(kind, "晴れ")[:30]) + LAST)
    assert error.reason == "garbage"


def test_a_page_instead_of_json(fault):
    error, _ = fault(answer("<!DOCTYPE html><html><body>Hello</body></html>", kind="text/html"))
    assert error.reason == "garbage"
    assert "DOCTYPE" in error.message


@pytest.mark.parametrize("body", ["[]", "7", "null", '"text"', "{}", "NaN", "{" * 9000])
def test_json_of_the_wrong_shape(fault, body):
    error, _ = fault(answer(body + "\n"))
    assert error.reason == "garbage"


def test_an_empty_answer(fault):
    error, _ = fault(answer(""))
    assert error.reason == "garbage"


def test_text_that_is_no_text(fault, kind):
    error, _ = fault(answer(line_of(kind, 7)))
    assert error.reason == "garbage"


def test_bytes_that_are_no_utf8(fault):
    error, _ = fault(answer(b'{"message": {"content": "\xff\xfe"}, "done": true}\n'))
    assert error.reason == "garbage"


def test_bytes_that_are_no_http(fault):
    error, _ = fault(b"220 mail.example.com ESMTP\r\n\r\n")
    assert error.reason == "garbage"


def test_a_line_of_ten_megabytes(fault, kind):
    error, _ = fault(STREAM + chunk("x" * 10_000_000) + LAST)
    assert error.reason == "garbage"
    assert len(error.message) < 300


@pytest.mark.parametrize(
    ("status", "body", "reason", "words"),
    [
        ("404 Not Found", '{"error": "model \'m\' not found"}', "not_pulled", "m"),
        (
            "404 Not Found",
            '{"error": {"message": "The model `m` does not exist."}}',
            "not_pulled",
            "m",
        ),
        ("404 Not Found", "404 page not found", "refused", "404 page not found"),
        ("500 Internal Server Error", '{"error": "it broke"}', "refused", "it broke"),
        ("500 Internal Server Error", "<html>proxy</html>", "refused", "did not say why"),
        ("400 Bad Request", '{"error": "invalid format"}', "refused", "invalid format"),
        ("401 Unauthorized", '{"error": {"message": "invalid key"}}', "refused", "invalid key"),
        ("302 Found", "", "refused", "302"),
        (
            "503 Service Unavailable",
            '{"error": {"message": "Loading model"}}',
            "refused",
            "Loading",
        ),
        (
            "500 Internal Server Error",
            '{"error": "model requires more system memory (5.5 GiB) than is available (2.1 GiB)"}',
            "memory",
            "5.5 GiB",
        ),
        (
            "400 Bad Request",
            json.dumps({"error": '{"error":{"code":400,"message":"exceeds the context size"}}'}),
            "refused",
            "exceeds the context size",
        ),
    ],
)
def test_a_server_that_refuses(fault, status, body, reason, words):
    error, _ = fault(answer(body, status))
    assert error.reason == reason
    assert words in error.message


def test_an_error_in_the_middle_of_a_stream(fault, kind):
    broken = {"error": "llama runner process has terminated: CUDA error: out of memory"}
    line = json.dumps(broken) + "\n"
    line = line if kind == "ollama" else f"data: {line}\n"
    error, pieces = fault(STREAM + chunk(line_of(kind, "晴")) + chunk(line) + LAST)
    assert error.reason == "memory"
    assert pieces == ["晴"]


def test_a_long_refusal_is_shortened(fault):
    error, _ = fault(answer(json.dumps({"error": "no " * 5000}), "500 Internal Server Error"))
    assert len(error.message) < 500


def test_characters_split_between_packets_are_whole(kind):
    line = (line_of(kind, "天気\u2028🌂") + line_of(kind, "!", "stop")).encode()

    def split(connection, over):
        connection.sendall(STREAM)
        for start in range(0, len(line), 3):
            connection.sendall(chunk(line[start : start + 3]))
        connection.sendall(LAST)

    with raw_server(split) as url:
        backend = opened(kind, url)
        assert list(backend.stream(MESSAGES)) == ["天気\u2028🌂", "!"]
        assert backend.chat(MESSAGES).text == "天気\u2028🌂!"
        backend.close()


def test_half_a_character_becomes_a_question_mark(kind):
    line = line_of(kind, "X", "stop").replace("X", "\\ud83c")
    with raw_server(answer(line)) as url:
        backend = opened(kind, url)
        backend.chat(MESSAGES).text.encode("utf-8")
        backend.close()


def test_an_end_is_an_end_even_if_the_connection_stays_open(kind):
    def linger(connection, over):
        done = "" if kind == "ollama" else "data: [DONE]\n\n"
        connection.sendall(STREAM + chunk(line_of(kind, "晴れ", "stop") + done))
        over.wait(5)

    with raw_server(linger) as url:
        backend = opened(kind, url, timeout=4)
        assert backend.chat(MESSAGES).text == "晴れ"
        backend.close()


def test_closing_a_stream_hangs_up(kind):
    hung_up = threading.Event()

    def write_on(connection, over):
        connection.sendall(STREAM)
        try:
            while not over.wait(0.01):
                connection.sendall(chunk(line_of(kind, "晴れ")))
        except OSError:
            hung_up.set()

    with raw_server(write_on) as url:
        backend = opened(kind, url)
        stream = backend.stream(MESSAGES, Options(max_tokens=99))
        next(stream)
        stream.close()
        assert hung_up.wait(5)
        backend.close()


def test_a_server_that_died_and_came_back_is_used_again(kind):
    engine = FixedEngine("はい。")
    handler = (
        ollama_server.handler_of(ollama_server.Ollama(["m"], engine))
        if kind == "ollama"
        else openai_server.handler_of(openai_server.OpenAI(engine, ("m",)))
    )
    with running(handler) as url:
        backend = opened(kind, url)
        assert backend.chat(MESSAGES).text == "はい。"
    with pytest.raises(BackendError) as caught:
        backend.chat(MESSAGES)
    assert caught.value.reason in ("not_running", "cut")
    with running(handler, port=int(url.rpartition(":")[2])):
        backend.check()
        assert backend.chat(MESSAGES).text == "はい。"
    backend.close()
