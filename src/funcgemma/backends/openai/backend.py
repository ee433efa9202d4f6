"""Models on any OpenAI-compatible server: llama-server, vLLM, LM Studio.

The servers differ in what lies beyond the standard; which one it is, `/v1/models` tells. On
llama-server control tokens in a prompt are read as such, and those named in a request are
printed; vLLM is asked to skip none. LM Studio prints no token that its model file marks CONTROL.
"""

import threading
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from typing import Any

from funcgemma.backends.base import GREEDY, Abilities, ChatMessage, Completion, Options
from funcgemma.backends.catalogue import Place
from funcgemma.backends.demands import CONTROL_TOKENS, check_options, without_bos
from funcgemma.backends.openai.replies import OpenAIReply, events
from funcgemma.backends.remote.faults import Peer, garbage, no_model
from funcgemma.backends.remote.http import ModelServer
from funcgemma.errors import BackendError

ABILITIES = Abilities(complete=True, grammar=False, json_schema=True, logprobs=True)
LLAMA_SERVER = "llamacpp"
VLLM = "vllm"


class OpenAIBackend:
    """One model of an OpenAI-compatible server.

    Args:
        model: As the server names it; a llama-server has one and takes any name.
        place: Address, key and time-out.
    """

    def __init__(self, model: str, place: Place | None = None) -> None:
        self.model = model
        place = place or Place()
        peer = Peer(
            "the OpenAI-compatible server",
            place.openai_url.rstrip("/"),
            "start it: llama-server -m MODEL.gguf --port 8080",
            "load {model} there, or name one that it has",
        )
        key = place.openai_key.strip()
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._http = ModelServer(peer, place.timeout, headers)
        self._kind: str | None = None
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        """How users name it."""
        return f"openai:{self.model}"

    @property
    def abilities(self) -> Abilities:
        """Asks the server once what it is; one that does not run is taken for the plainest."""
        try:
            return replace(ABILITIES, grammar=self._server() == LLAMA_SERVER)
        except BackendError:
            return ABILITIES

    def check(self) -> None:
        """Whether the server runs and has the model.

        Raises:
            BackendError: It does not.
        """
        rows = self._models()
        names = {str(row.get("id")) for row in rows}
        aliases = {str(alias) for row in rows for alias in row.get("aliases") or ()}
        if self._learn(rows) != LLAMA_SERVER and self.model not in names | aliases:
            raise no_model(self._http.peer, self.model)

    def complete(self, prompt: str, options: Options = GREEDY) -> Completion:
        """Continue a rendered prompt, control tokens and all.

        Raises:
            BackendError: The server failed, or cannot do what the options ask for.
        """
        kind = self._server()
        body = self._body(options, kind)
        body["prompt"] = without_bos(prompt)
        if options.logprobs:
            body["logprobs"] = 1
        if kind == LLAMA_SERVER:
            body["preserved_tokens"] = list(CONTROL_TOKENS)
        elif kind == VLLM:
            body |= {"skip_special_tokens": False, "spaces_between_special_tokens": False}
        return self._gather("/completions", body, options)

    def chat(self, messages: Sequence[ChatMessage], options: Options = GREEDY) -> Completion:
        """Answer the last message; the server renders the conversation.

        Raises:
            BackendError: The server failed, or cannot do what the options ask for.
        """
        body = self._chat_body(messages, options)
        return self._gather("/chat/completions", body, options)

    def stream(self, messages: Sequence[ChatMessage], options: Options = GREEDY) -> Iterator[str]:
        """As `chat`, piece by piece; closing the iterator ends the generation.

        Raises:
            BackendError: As `chat`; also in the middle of the text.
        """
        return self._pieces("/chat/completions", self._chat_body(messages, options), OpenAIReply())

    def close(self) -> None:
        """Close the connections; a further use opens them again."""
        self._http.close()
        with self._lock:
            self._kind = None

    def _gather(self, path: str, body: Mapping[str, Any], options: Options) -> Completion:
        reply = OpenAIReply()
        for _ in self._pieces(path, body, reply):
            pass
        return reply.completion(options)

    def _pieces(self, path: str, body: Mapping[str, Any], reply: OpenAIReply) -> Generator[str]:
        peer = self._http.peer
        with closing(self._http.lines(path, body)) as lines:
            for event in events(lines, peer, self.model):
                piece = reply.add(event, peer)
                if piece:
                    yield piece
        reply.check_end(peer)

    def _chat_body(self, messages: Sequence[ChatMessage], options: Options) -> dict[str, Any]:
        body = self._body(options, self._server())
        body["messages"] = [{"role": m.role, "content": m.content} for m in messages]
        if options.logprobs:
            body["logprobs"] = True
        return body

    def _body(self, options: Options, kind: str) -> dict[str, Any]:
        able = replace(ABILITIES, grammar=kind == LLAMA_SERVER)
        check_options(self.name, able, options)
        body: dict[str, Any] = {
            "model": self.model,
            "max_tokens": options.max_tokens,
            "temperature": options.temperature,
            "top_p": options.top_p,
            "seed": options.seed,
            "stream": True,
            "stream_options": {"include_usage": True},
        }
        if kind == LLAMA_SERVER:
            # Left to itself it drops unlikely tokens beyond what `top_p` says.
            body |= {"cache_prompt": True, "min_p": 0.0}
        if options.stop:
            body["stop"] = list(options.stop)
        if options.grammar is not None:
            body["grammar"] = options.grammar
        if options.json_schema is not None:
            body |= _schema(options.json_schema, kind)
        return body

    def _server(self) -> str:
        """Which server it is: `llamacpp`, `vllm`, another word, or "" where it does not say."""
        if self._kind is not None:
            return self._kind
        try:
            return self._learn(self._models())
        except BackendError as error:
            # A server that lists no models may still have one.
            if error.reason != "refused":
                raise
            return self._learn(())

    def _learn(self, rows: Sequence[Mapping[str, Any]]) -> str:
        kind = str(rows[0].get("owned_by") or "") if rows else ""
        with self._lock:
            self._kind = kind
        return kind

    def _models(self) -> list[Mapping[str, Any]]:
        rows = self._http.get("/models").get("data")
        if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
            raise garbage(self._http.peer, "it lists no models")
        return rows


def _schema(schema: Mapping[str, Any], kind: str) -> dict[str, Any]:
    if kind == LLAMA_SERVER:
        # Its plain completions know no response_format.
        return {"json_schema": dict(schema)}
    named = {"name": "answer", "schema": dict(schema), "strict": True}
    return {"response_format": {"type": "json_schema", "json_schema": named}}
