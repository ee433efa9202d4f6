"""What writes the text behind the test servers: a fixed text, or a real llama.cpp in process."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

PIECE = re.compile(r"<[a-z_]+>|\s*\w{1,3}|\s*\W", re.S)
TEXT = "東京の天気は晴れ、気温は15度です。\u2028傘はいりません 🌂 と思います。"


@dataclass
class Ask:
    """A request, free of any wire format."""

    prompt: str | None = None
    messages: list | None = None
    max_tokens: int = 128
    temperature: float = 0.0
    top_p: float = 1.0
    seed: int = 0
    stop: list = field(default_factory=list)
    schema: dict | None = None
    grammar: str | None = None
    logprobs: bool = False

    @property
    def text(self):
        return self.prompt if self.messages is None else self.messages[-1]["content"]


@dataclass
class Part:
    """A piece of text with its tokens as (text, log-probability); the last one says why it ends."""

    text: str = ""
    tokens: list = field(default_factory=list)
    finish: str | None = None
    prompt_tokens: int = 0
    cached_tokens: int = 0
    count: int = 0


class FixedEngine:
    """Writes the same text whatever it is asked; follows stop, max_tokens and a schema's shape."""

    def __init__(self, text=TEXT):
        self.text = text

    def __call__(self, ask: Ask) -> Iterator[Part]:
        text = json.dumps(example(ask.schema)) if ask.schema else self.text
        cuts = [text.find(stop) for stop in ask.stop if stop and stop in text]
        text = text[: min(cuts)] if cuts else text
        pieces = PIECE.findall(text)
        kept = pieces[: ask.max_tokens]
        for piece in kept:
            yield Part(piece, [(piece, -0.25)] if ask.logprobs else [])
        finish = "stop" if len(kept) == len(pieces) else "length"
        yield Part("", [], finish, prompt_tokens=len(ask.text) + 1, count=len(kept))


class LlamaEngine:
    """A real llama.cpp: its built-in server, asked as Ollama asks its own llama-server."""

    def __init__(self, url):
        import httpx

        self._client = httpx.Client(base_url=url, trust_env=False, timeout=60)

    def __call__(self, ask: Ask) -> Iterator[Part]:
        body = {
            "prompt": ask.prompt if ask.messages is None else self._render(ask.messages),
            "stream": True,
            "cache_prompt": True,
            "n_predict": ask.max_tokens,
            "temperature": ask.temperature,
            "top_p": ask.top_p,
            "seed": ask.seed,
            "stop": ask.stop,
        }
        if ask.schema:
            body["json_schema"] = ask.schema
        if ask.grammar:
            body["grammar"] = ask.grammar
        if ask.logprobs:
            body["n_probs"] = 1
        with self._client.stream("POST", "/completion", json=body) as response:
            if response.status_code >= 400:
                response.read()
                raise EngineError(response.status_code, response.text)
            for line in lines_of(response.iter_bytes()):
                if line.startswith(b"data:"):
                    yield part_of(json.loads(line.removeprefix(b"data:")))

    def close(self):
        self._client.close()

    def _render(self, messages):
        return self._client.post("/apply-template", json={"messages": messages}).json()["prompt"]


class EngineError(Exception):
    def __init__(self, status, words):
        super().__init__(words)
        self.status = status
        self.words = words


def lines_of(pieces):
    """Lines cut at line feeds alone: the server writes U+2028 inside its JSON as it is."""
    rest = b""
    for piece in pieces:
        *lines, rest = (rest + piece).split(b"\n")
        yield from lines
    yield rest


def part_of(event) -> Part:
    rows = event.get("completion_probabilities") or []
    part = Part(event["content"], [(row["token"], row["logprob"]) for row in rows])
    if event.get("stop"):
        timings = event["timings"]
        part.finish = "length" if event.get("stop_type") == "limit" else "stop"
        part.cached_tokens = timings["cache_n"]
        part.prompt_tokens = timings["cache_n"] + timings["prompt_n"]
        part.count = timings["predicted_n"]
    return part


def example(schema):
    """Some value that a simple schema allows."""
    if "enum" in schema:
        return schema["enum"][0]
    kind = schema.get("type", "string")
    if kind == "object":
        return {name: example(child) for name, child in schema.get("properties", {}).items()}
    return {"array": [], "integer": 3, "number": 1.5, "boolean": True}.get(kind, "東京")


@contextmanager
def llama_server(gguf, num_ctx=4096, special=False):
    """The address of a real llama-server in this process, over a GGUF file."""
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = str(gguf)
    params.n_ctx = num_ctx
    params.n_parallel = 1
    params.port = 0
    params.special = special
    params.warmup = False
    # More threads than free cores would wait for each other.
    params.cpuparams.n_threads = 1
    params.cpuparams_batch.n_threads = 1
    params.verbosity = -1
    server = xllamacpp.Server(params)
    try:
        yield server.listening_address
    finally:
        del server
