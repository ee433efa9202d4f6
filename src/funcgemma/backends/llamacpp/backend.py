"""GGUF models run by llama.cpp in this process, through xllamacpp.

The beginning of a prompt that was computed before is reused, so that the declarations of the
functions are read once. Control tokens in rendered prompts are read as such, and FunctionGemma's
stay in the text whatever type the file gives them.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from threading import Lock

from funcgemma.backends.base import GREEDY, Abilities, ChatMessage, Completion, Options
from funcgemma.backends.catalogue import Place
from funcgemma.backends.demands import check_options
from funcgemma.backends.installed import require
from funcgemma.backends.llamacpp.answer import gather, pieces
from funcgemma.backends.llamacpp.engine import Engine, load
from funcgemma.backends.llamacpp.file import ModelFile, check_memory, open_file
from funcgemma.backends.llamacpp.request import chat_body, completion_body

ABILITIES = Abilities(complete=True, grammar=True, json_schema=True, logprobs=True)


class LlamaCppBackend:
    """A GGUF file, loaded at the first use.

    Args:
        model: Path of the file.
        place: Context window, time-out, threads, and a LoRA adapter as GGUF.

    Raises:
        BackendError: xllamacpp is not installed.
    """

    def __init__(self, model: str, place: Place | None = None) -> None:
        self.model = model
        self._place = place or Place()
        self._lock = Lock()
        self._engine: Engine | None = None
        require(self.name, "llamacpp", "xllamacpp")

    @property
    def name(self) -> str:
        """How users name it."""
        return f"llamacpp:{self.model}"

    @property
    def abilities(self) -> Abilities:
        """All there are."""
        return ABILITIES

    def check(self) -> None:
        """Whether the files are there and the machine can hold the model; loads nothing.

        Raises:
            BackendError: Something is missing, or is no GGUF file, or is too large.
        """
        self._files()

    def complete(self, prompt: str, options: Options = GREEDY) -> Completion:
        """Continue a rendered prompt.

        Raises:
            BackendError: The model cannot be loaded, or cannot do what the options ask for.
        """
        check_options(self.name, ABILITIES, options)
        body = completion_body(prompt, options)
        with closing(self._loaded().chunks(body, chat=False)) as chunks:
            return gather(self.name, chunks, options)

    def chat(self, messages: Sequence[ChatMessage], options: Options = GREEDY) -> Completion:
        """Answer the last message, rendered by the template in the file.

        Raises:
            BackendError: The model cannot be loaded, or cannot do what the options ask for.
        """
        check_options(self.name, ABILITIES, options)
        body = chat_body(messages, options)
        with closing(self._loaded().chunks(body, chat=True)) as chunks:
            return gather(self.name, chunks, options)

    def stream(self, messages: Sequence[ChatMessage], options: Options = GREEDY) -> Iterator[str]:
        """As `chat`, piece by piece; closing the iterator ends the generation.

        Raises:
            BackendError: As `chat`; also in the middle of the text.
        """
        check_options(self.name, ABILITIES, options)
        body = chat_body(messages, options)
        with closing(self._loaded().chunks(body, chat=True)) as chunks:
            yield from pieces(self.name, chunks)

    def close(self) -> None:
        """End what runs and free the memory; a further use loads the model again."""
        with self._lock:
            engine, self._engine = self._engine, None
        if engine is not None:
            engine.close()

    def _files(self) -> tuple[ModelFile, ModelFile | None]:
        file = open_file(Path(self.model).expanduser())
        check_memory(file, file.window(self._place.num_ctx))
        adapter = self._place.adapter
        return file, open_file(Path(adapter).expanduser(), "adapter") if adapter else None

    def _loaded(self) -> Engine:
        with self._lock:
            if self._engine is None:
                self._engine = load(self.name, *self._files(), self._place)
            return self._engine
