"""Models run by transformers in this process, with or without a PEFT adapter.

The keys and values of the last prompt are kept: the next one is read from where it differs.
The time-out of the place does not apply: a step of the model cannot be interrupted.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing
from threading import Lock

from funcgemma.backends.base import GREEDY, Abilities, ChatMessage, Completion, Options
from funcgemma.backends.catalogue import Place
from funcgemma.backends.demands import check_options
from funcgemma.backends.installed import require
from funcgemma.backends.transformers.model import Loaded, find, load
from funcgemma.backends.transformers.write import Memory, Writing, write

ABILITIES = Abilities(complete=True, grammar=False, json_schema=False, logprobs=True)


class TransformersBackend:
    """A folder of a model, or the id of one downloaded from the hub; loaded at the first use.

    Args:
        model: The folder or the id.
        place: Context window, threads, and a PEFT adapter's folder.

    Raises:
        BackendError: torch, transformers or, for an adapter, peft is not installed.
    """

    def __init__(self, model: str, place: Place | None = None) -> None:
        self.model = model
        self._place = place or Place()
        self._lock = Lock()
        self._loaded: tuple[Loaded, Memory] | None = None
        needed = (
            ("torch", "transformers", "peft") if self._place.adapter else ("torch", "transformers")
        )
        require(self.name, "finetune", *needed)

    @property
    def name(self) -> str:
        """How users name it."""
        return f"transformers:{self.model}"

    @property
    def abilities(self) -> Abilities:
        """Neither grammars nor JSON schemas."""
        return ABILITIES

    def check(self) -> None:
        """Whether the model is on this machine; loads nothing.

        Raises:
            BackendError: It is not.
        """
        find(self.name, self.model, self._place.adapter)

    def complete(self, prompt: str, options: Options = GREEDY) -> Completion:
        """Continue a rendered prompt.

        Raises:
            BackendError: The model cannot be loaded, or cannot do what the options ask for.
        """
        check_options(self.name, ABILITIES, options)
        loaded, memory = self._ready()
        return self._whole(loaded, memory, prompt, options)

    def chat(self, messages: Sequence[ChatMessage], options: Options = GREEDY) -> Completion:
        """Answer the last message, rendered by the model's own template.

        Raises:
            BackendError: The model cannot be loaded, or cannot do what the options ask for.
        """
        check_options(self.name, ABILITIES, options)
        loaded, memory = self._ready()
        return self._whole(loaded, memory, loaded.render(messages), options)

    def stream(self, messages: Sequence[ChatMessage], options: Options = GREEDY) -> Iterator[str]:
        """As `chat`, piece by piece; closing the iterator ends the generation.

        Raises:
            BackendError: As `chat`; also in the middle of the text.
        """
        check_options(self.name, ABILITIES, options)
        loaded, memory = self._ready()
        writing = Writing(loaded.encode(loaded.render(messages)), options)
        with closing(write(self.name, loaded, memory, writing)) as pieces:
            yield from pieces

    def close(self) -> None:
        """Give back the memory; a further use loads the model again."""
        with self._lock:
            gone, self._loaded = self._loaded, None
        if gone is not None and gone[0].device != "cpu":
            import torch

            cache = getattr(torch, gone[0].device)
            del gone
            cache.empty_cache()

    def _whole(self, loaded: Loaded, memory: Memory, prompt: str, options: Options) -> Completion:
        writing = Writing(loaded.encode(prompt), options)
        with closing(write(self.name, loaded, memory, writing)) as pieces:
            return writing.completion("".join(pieces))

    def _ready(self) -> tuple[Loaded, Memory]:
        with self._lock:
            if self._loaded is None:
                loaded = load(self.name, self.model, self._place)
                self._loaded = loaded, Memory(loaded)
            return self._loaded
