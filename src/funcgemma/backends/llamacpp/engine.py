"""A model loaded by llama.cpp in this process: one generation at a time, each on its own thread.

xllamacpp runs the engine of llama-server and calls back with each piece. The thread lets the
caller wait with a time limit, be interrupted, and walk away from a generation.
"""

import atexit
import os
import secrets
from collections.abc import Generator, Mapping
from queue import Empty, SimpleQueue
from threading import Event, Lock, Thread
from typing import Any

from funcgemma.backends.catalogue import Place
from funcgemma.backends.llamacpp.file import ModelFile
from funcgemma.errors import BackendError

Chunk = Mapping[str, Any]
BEGUN, END = object(), object()
SMALL = 1 << 30
"""Bytes of a model that fits on any graphics card: it need not be measured first."""
FEW = 2
"""Of so few processors one is left to other programs."""
REMEMBERED_MIB = 256
"""Memory for the prompts before the last one, so that two kinds of prompts can take turns."""


class Engine:
    """A loaded model, safe under threads.

    Args:
        name: The backend, for messages.
        server: xllamacpp's `Server`.
        timeout: Seconds without a sign of life before a generation is given up.
    """

    def __init__(self, name: str, server: Any, timeout: float) -> None:
        self._name = name
        self._server = server
        self._timeout = timeout
        self._turn = Lock()
        self._closing = Event()
        # A thread inside llama.cpp must not outlive the interpreter, nor hold up its end.
        atexit.register(self.close)

    def chunks(self, body: Mapping[str, Any], *, chat: bool) -> Generator[Chunk]:
        """What llama.cpp answers, piece by piece; closing the generator ends the generation.

        Raises:
            BackendError: Time ran out, the model was closed, or llama.cpp refused.
        """
        box: SimpleQueue[Any] = SimpleQueue()
        stopped = Event()
        work = (body, chat, box, stopped)
        Thread(target=self._work, args=work, name=self._name, daemon=True).start()
        try:
            box.get()  # until it is our turn: for as long as the generations before take
            while (item := self._next(box)) is not END:
                if isinstance(item, BackendError):
                    raise item
                if isinstance(item, Exception):
                    raise BackendError(f"{self._name} refused: {item}") from item
                yield item
        finally:
            stopped.set()

    def close(self) -> None:
        """End what runs and free the memory."""
        self._closing.set()
        atexit.unregister(self.close)
        with self._turn:
            self._server = None

    def _work(
        self, body: Mapping[str, Any], chat: bool, box: "SimpleQueue[Any]", stopped: Event
    ) -> None:
        def take(chunk: Chunk) -> bool:
            box.put(chunk)
            if self._closing.is_set():
                box.put(self._closed())
            return stopped.is_set() or self._closing.is_set()

        with self._turn:
            box.put(BEGUN)
            try:
                if self._closing.is_set():
                    raise self._closed()
                if not stopped.is_set():
                    server = self._server
                    ask = server.handle_chat_completions if chat else server.handle_completions
                    ask(body, take)
            except Exception as error:
                box.put(error)
        box.put(END)

    def _next(self, box: "SimpleQueue[Any]") -> Any:
        try:
            return box.get(timeout=self._timeout)
        except Empty:
            raise BackendError(
                f"{self._name} gave no sign of life for {self._timeout:g} s",
                "timeout",
                "use a smaller model, a shorter prompt or a longer time-out",
            ) from None

    def _closed(self) -> BackendError:
        return BackendError(f"{self._name} was closed while it wrote", "cut")


def load(name: str, file: ModelFile, adapter: ModelFile | None, place: Place) -> Engine:
    """Load the model, quietly.

    Raises:
        BackendError: llama.cpp could not.
    """
    import xllamacpp

    params = _params(file, place)
    if adapter is not None:
        params.lora_adapters = [xllamacpp.CommonAdapterLoraInfo(str(adapter.path), 1.0)]
    try:
        return Engine(name, xllamacpp.Server(params), place.timeout)
    except RuntimeError as error:  # it says no more than that it failed
        raise BackendError(
            f"llama.cpp could not load {file.path}"
            + (f" with the adapter {adapter.path}" if adapter else ""),
            "garbage",
            "the adapter may belong to another model"
            if adapter
            else "the file may be damaged, or need a newer runtime: pip install -U xllamacpp",
        ) from error


def _params(file: ModelFile, place: Place) -> Any:
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = str(file.path)
    params.n_ctx = file.window(place.num_ctx)
    params.n_parallel = 1
    params.warmup = False
    params.verbosity = -1
    threads = place.threads or threads_for(os.cpu_count() or 1)
    if threads:
        params.cpuparams.n_threads = params.cpuparams_batch.n_threads = threads
    # llama.cpp restores remembered prompts wrongly where swa_full is on: leave it off.
    params.cache_ram_mib = REMEMBERED_MIB
    params.fit_params = file.size >= SMALL
    params.enable_reasoning = 0
    # xllamacpp opens llama-server's port as well: on loopback, locked, and with nothing to see.
    params.api_keys = [secrets.token_urlsafe()]
    params.ui = params.endpoint_slots = False
    params.n_threads_http = 1
    return params


def threads_for(processors: int) -> int:
    """How many threads to take of a machine; 0 = as llama.cpp sees fit.

    They spin while they wait for each other: where one of two loses its processor to another
    program, both do nothing for as long, and a call takes many times as long.
    """
    return 1 if processors <= FEW else 0
