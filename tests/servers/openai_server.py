"""A small OpenAI-compatible server over an engine, in the manner of vLLM, or of a plainer one.

llama-server's manner needs no imitation: the real one runs in the tests.
"""

import json
from contextlib import closing, contextmanager

from servers.engines import Ask
from servers.plumbing import JsonHandler, running


class OpenAI:
    """The state of the server.

    `manner`: `vllm` (older form of log-probabilities, usage in an event of its own, thoughts
    aloud), `whole` (no usage, no streaming at all), as `owned_by` tells.
    """

    def __init__(self, engine, models=("tiny",), manner="vllm", key=""):
        self.engine = engine
        self.models = models
        self.manner = manner
        self.key = key
        self.asked = []


def handler_of(state):
    class Handler(JsonHandler):
        def route(self, method, path, body):
            state.asked.append((path, body))
            if state.key and self.headers.get("Authorization") != f"Bearer {state.key}":
                self.fail(401, "invalid api key")
            elif path == "/v1/models":
                rows = [
                    {"id": m, "object": "model", "owned_by": state.manner} for m in state.models
                ]
                self.send_json({"object": "list", "data": rows})
            elif path not in ("/v1/completions", "/v1/chat/completions"):
                self.fail(404, "Not Found")
            elif body.get("model") not in state.models:
                self.fail(404, f"The model `{body.get('model')}` does not exist.")
            elif state.manner == "whole":
                self.send_json(whole(state.engine, path, body))
            else:
                self.send_pieces(stream(state.engine, path, body), "text/event-stream")

        def fail(self, status, words):
            self.send_json({"error": {"message": words, "code": status}}, status)

    return Handler


def stream(engine, path, body):
    """Server-sent events, with a comment in between as a sign of life."""
    chat = path.endswith("chat/completions")
    yield ": ping\n\n"
    if chat:
        yield event({"choices": [{"delta": {"role": "assistant", "reasoning_content": "hm"}}]})
    with closing(engine(ask_of(body))) as parts:
        for part in parts:
            text = {"delta": {"content": part.text}} if chat else {"text": part.text}
            choice = {"index": 0, **text, "finish_reason": part.finish}
            if part.tokens:
                choice["logprobs"] = logprobs_of(part.tokens, chat)
            yield event({"object": "chunk", "choices": [choice]})
            if part.finish is not None:
                yield event({"choices": [], "usage": usage_of(part)})
    yield "data: [DONE]\n\n"


def whole(engine, path, body):
    """One object, from a server that does not stream."""
    parts = list(engine(ask_of(body)))
    text = "".join(part.text for part in parts)
    tokens = [token for part in parts for token in part.tokens]
    choice = {"index": 0, "finish_reason": parts[-1].finish}
    if path.endswith("chat/completions"):
        choice["message"] = {"role": "assistant", "content": text}
    else:
        choice["text"] = text
    if tokens:
        choice["logprobs"] = logprobs_of(tokens, chat=True)
    return {"object": "completion", "choices": [choice]}


def event(value):
    return f"data: {json.dumps(value, ensure_ascii=False)}\n\n"


def logprobs_of(tokens, chat):
    if chat:
        return {"content": [{"token": text, "logprob": number} for text, number in tokens]}
    return {"tokens": [text for text, _ in tokens], "token_logprobs": [n for _, n in tokens]}


def usage_of(part):
    return {
        "prompt_tokens": part.prompt_tokens,
        "completion_tokens": part.count,
        "prompt_tokens_details": {"cached_tokens": part.cached_tokens},
    }


def ask_of(body):
    schema = body.get("response_format", {}).get("json_schema", {}).get("schema")
    return Ask(
        prompt=body.get("prompt"),
        messages=body.get("messages"),
        max_tokens=body.get("max_tokens", 16),
        temperature=body.get("temperature", 1.0),
        top_p=body.get("top_p", 1.0),
        seed=body.get("seed", 0),
        stop=body.get("stop", []),
        schema=schema,
        logprobs=bool(body.get("logprobs")),
    )


@contextmanager
def openai_server(engine, **state):
    """A running server: (its address with `/v1`, its state)."""
    server = OpenAI(engine, **state)
    with running(handler_of(server)) as url:
        yield f"{url}/v1", server
