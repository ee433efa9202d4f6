"""A small server that speaks Ollama's protocol over an engine; as a script over a GGUF file.

python tests/servers/ollama_server.py --gguf model.gguf --port 11434
"""

import argparse
import json
import signal
import sys
import threading
from contextlib import closing, contextmanager, suppress
from pathlib import Path

if not __package__:
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from servers.engines import Ask, EngineError, LlamaEngine, llama_server
from servers.plumbing import JsonHandler, running

NAMES = ("functiongemma", "gemma3:4b")
INFO = {
    "general.architecture": "gemma3",
    "gemma3.block_count": 6,
    "gemma3.attention.head_count": 2,
    "gemma3.attention.head_count_kv": 1,
    "gemma3.attention.key_length": 32,
    "gemma3.attention.value_length": 32,
    "gemma3.embedding_length": 96,
}


class Ollama:
    """The state of the server: what is installed and loaded, and what it was asked."""

    def __init__(self, models, engine, *, version="0.33.0", linger=0, size=2_000_000):
        self.models = {full(name): size for name in models}
        self.engine = engine
        self.version = version
        self.linger = linger
        self.loaded = {}
        self.leaving = {}
        self.asked = []

    def about(self):
        return {"version": self.version}

    def tags(self):
        return {"models": [{"name": n, "model": n, "size": s} for n, s in self.models.items()]}

    def ps(self):
        """What is loaded; a model that was unloaded stays for `linger` more looks."""
        for name, looks in list(self.leaving.items()):
            self.leaving[name] = looks - 1
            if looks == 0:
                del self.loaded[name], self.leaving[name]
        rows = [
            {"name": n, "model": n, "size": self.models[n], "size_vram": 0, "context_length": ctx}
            for n, ctx in self.loaded.items()
        ]
        return {"models": rows}

    def load(self, name, body):
        self.loaded[name] = body.get("options", {}).get("num_ctx", 4096)
        self.leaving.pop(name, None)

    def unload(self, name):
        if name in self.loaded:
            self.leaving[name] = self.linger


def full(name):
    return name if ":" in name else f"{name}:latest"


class OllamaHandler(JsonHandler):
    state = None

    def route(self, method, path, body):
        self.state.asked.append((path, body))
        name = full(body.get("model", ""))
        known = {
            "/api/version": self.state.about,
            "/api/tags": self.state.tags,
            "/api/ps": self.state.ps,
        }
        if path in known:
            self.send_json(known[path]())
        elif path == "/api/pull":
            self.send_pieces(pull(self.state, name), "application/x-ndjson")
        elif path not in ("/api/show", "/api/generate", "/api/chat"):
            self.send_json({"error": "404 page not found"}, 404)
        elif name not in self.state.models:
            self.send_json({"error": f"model '{body.get('model')}' not found"}, 404)
        elif path == "/api/show":
            self.send_json({"model_info": INFO, "capabilities": ["completion"]})
        else:
            self.answer(path, name, body)

    def answer(self, path, name, body):
        if not body.get("prompt") and not body.get("messages"):
            if body.get("keep_alive") == 0:
                self.state.unload(name)
            self.send_json({"model": name, "response": "", "done": True})
            return
        self.state.load(name, body)
        lines = answer(self.state.engine, path, body)
        try:
            first = next(lines)
        except EngineError as error:
            # Ollama hands on the words of its runner, JSON and all.
            self.send_json({"error": error.words}, error.status)
            return
        self.send_pieces(chain(first, lines), "application/x-ndjson")


def handler_of(state):
    return type("Handler", (OllamaHandler,), {"state": state})


def chain(first, rest):
    with closing(rest):
        yield first
        yield from rest


def answer(engine, path, body):
    """The lines of an answer, as `/api/generate` or `/api/chat` writes them."""
    ask = ask_of(path, body)
    with closing(engine(ask)) as parts:
        for part in parts:
            row = {"model": body["model"], "created_at": "2026-01-01T00:00:00Z"}
            if path == "/api/chat":
                row["message"] = {"role": "assistant", "content": part.text}
            else:
                row["response"] = part.text
            row["done"] = part.finish is not None
            if part.tokens:
                row["logprobs"] = [{"token": t, "logprob": p} for t, p in part.tokens]
            if part.finish is not None:
                row |= {
                    "done_reason": part.finish,
                    "prompt_eval_count": part.prompt_tokens,
                    "prompt_eval_cached_count": part.cached_tokens,
                    "eval_count": part.count,
                }
            yield json.dumps(row, ensure_ascii=False) + "\n"


def ask_of(path, body):
    options = body.get("options", {})
    schema = body.get("format")
    return Ask(
        prompt=body.get("prompt") if path == "/api/generate" else None,
        messages=body.get("messages") if path == "/api/chat" else None,
        max_tokens=options.get("num_predict", 128),
        temperature=options.get("temperature", 0.8),
        top_p=options.get("top_p", 0.9),
        seed=options.get("seed", 0),
        stop=options.get("stop", []),
        schema=schema if isinstance(schema, dict) else None,
        logprobs=bool(body.get("logprobs")),
    )


def pull(state, name):
    """The progress of a pull; a name with `nothing` in it does not exist."""
    yield json.dumps({"status": "pulling manifest"}) + "\n"
    if "nothing" in name:
        yield json.dumps({"error": "pull model manifest: file does not exist"}) + "\n"
        return
    for done in (0, 500, 1000):
        step = {"status": "pulling abc", "digest": "sha256:abc", "total": 1000, "completed": done}
        yield json.dumps(step) + "\n"
    state.models[name] = 1000
    yield json.dumps({"status": "success"}) + "\n"


@contextmanager
def ollama_server(engine, models=NAMES, port=0, **state):
    """A running server: (its address, its state)."""
    ollama = Ollama(models, engine, **state)
    with running(handler_of(ollama), port) as url:
        yield url, ollama


@contextmanager
def ollama_over(gguf, models=NAMES, port=0):
    """The same on a real llama.cpp in this process."""
    with (
        llama_server(gguf) as url,
        closing(LlamaEngine(url)) as engine,
        ollama_server(engine, models, port) as served,
    ):
        yield served


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--gguf", required=True, type=Path)
    parser.add_argument("--port", type=int, default=11434, help="0 = any free one")
    parser.add_argument("--name", action="append", help=f"default: {' and '.join(NAMES)}")
    arguments = parser.parse_args()
    names = arguments.name or NAMES
    with ollama_over(arguments.gguf, names, arguments.port) as (url, _):
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        print(url, flush=True)  # noqa: T201 - the one line that the caller waits for
        with suppress(KeyboardInterrupt):
            threading.Event().wait()


if __name__ == "__main__":
    main()
