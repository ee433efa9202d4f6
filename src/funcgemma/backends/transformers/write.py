"""Token by token with transformers: what was read before is kept for the next prompt."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from math import isnan
from threading import Lock
from typing import Any, Literal

from funcgemma.backends.base import Completion, Options, Token
from funcgemma.backends.transformers.model import Loaded, is_memory, out_of_memory
from funcgemma.backends.transformers.text import Printer, Stopper
from funcgemma.errors import BackendError

TOP_K = 64


class Read:
    """Tokens that the model has read, with its keys and values of them.

    Args:
        loaded: The model.
    """

    def __init__(self, loaded: Loaded) -> None:
        from transformers import DynamicCache

        self._loaded = loaded
        # Without the configuration every layer keeps all: a window would forget the prefix.
        self._cache = (
            DynamicCache() if loaded.croppable else DynamicCache(config=loaded.model.config)
        )
        self.tokens: list[int] = []
        self.sound = True

    def more(self, tokens: Sequence[int]) -> Any:
        """Read on; the logits of the token that comes next."""
        import torch

        self.sound = False  # should this break off in the middle
        with torch.inference_mode():
            found = self._loaded.model(
                input_ids=torch.tensor([list(tokens)], device=self._loaded.device),
                past_key_values=self._cache,
                use_cache=True,
                logits_to_keep=1,
            )
        self.tokens += tokens
        self.sound = True
        return found.logits[0, -1].float()

    def back_to(self, length: int) -> None:
        """Forget all but the first tokens."""
        if length < len(self.tokens):
            self._cache.crop(length - len(self.tokens))  # a negative number: so many less
            del self.tokens[length:]


class Memory:
    """The text read last, lent to one generation at a time.

    Args:
        loaded: The model.
    """

    def __init__(self, loaded: Loaded) -> None:
        self._loaded = loaded
        self._kept: Read | None = None
        self._lock = Lock()

    def take(self, tokens: Sequence[int]) -> Read:
        """What was read of these tokens; at least one of them is left to read."""
        with self._lock:
            read, self._kept = self._kept, None
        if read is None:
            return Read(self._loaded)
        pairs = zip(read.tokens, tokens[:-1], strict=False)
        common = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        if not common:
            return Read(self._loaded)
        read.back_to(common)
        return read

    def keep(self, read: Read) -> None:
        """For the next one."""
        if read.sound and self._loaded.croppable:
            with self._lock:
                self._kept = read


@dataclass(slots=True)
class Writing:
    """A text in the making.

    Attributes:
        prompt: The tokens to continue.
        options: How.
        cached: How many of the prompt's tokens were known.
        count: New tokens so far.
        finish: Why it ended.
        tokens: With their text and log-probabilities, if asked for.
    """

    prompt: Sequence[int]
    options: Options
    cached: int = 0
    count: int = 0
    finish: Literal["stop", "length"] = "length"
    tokens: list[Token] = field(default_factory=list)

    def completion(self, text: str) -> Completion:
        """As the protocol wants it."""
        tokens = tuple(self.tokens) if self.options.logprobs else None
        return Completion(text, self.finish, tokens, len(self.prompt), self.cached, self.count)


def write(name: str, loaded: Loaded, memory: Memory, writing: Writing) -> Generator[str]:
    """The text, piece by piece; closing the generator ends it.

    Raises:
        BackendError: The prompt is too long, or memory ran out.
    """
    if not writing.prompt:
        raise BackendError(f"{name}: the prompt is empty", "refused", "say something")
    room = loaded.window - len(writing.prompt)
    if room < 1:
        raise BackendError(
            f"{name}: the prompt has {len(writing.prompt)} tokens, "
            f"the context window {loaded.window}",
            "refused",
            "shorten the prompt or set a larger num_ctx",
        )
    read = memory.take(writing.prompt)
    writing.cached = len(read.tokens)
    try:
        yield from _pieces(loaded, read, writing, min(room, writing.options.max_tokens))
    except Exception as error:  # whatever torch makes of a model that does not fit together
        if is_memory(error):
            raise out_of_memory(name) from error
        raise BackendError(
            f"{name} failed: {error}", "garbage", "the model may be damaged: get it again"
        ) from error
    finally:
        memory.keep(read)


def _pieces(loaded: Loaded, read: Read, writing: Writing, most: int) -> Generator[str]:
    printer = Printer(loaded.decode, loaded.ends | frozenset(loaded.bos))
    stopper = Stopper(writing.options.stop)
    pick = _picker(writing.options)
    unread = list(writing.prompt[len(read.tokens) :])
    while writing.count < most:
        logits = read.more(unread)
        token = pick(logits)
        if isnan(logits[token]):
            raise ArithmeticError(f"its numbers overflow on {loaded.device}")
        writing.count += 1
        piece = "" if token in loaded.ends else stopper.feed(printer.add(token))
        if writing.options.logprobs:
            writing.tokens.append(Token(piece, float(logits.log_softmax(-1)[token])))
        if piece:
            yield piece
        if stopper.hit or token in loaded.ends:
            writing.finish = "stop"
            break
        unread = [token]
    if rest := stopper.rest():
        if writing.tokens:
            writing.tokens[-1] = Token(writing.tokens[-1].text + rest, writing.tokens[-1].logprob)
        yield rest


def _picker(options: Options) -> Any:
    """Chooses the next token from logits; the same seed chooses the same."""
    import torch

    dice = torch.Generator().manual_seed(options.seed)

    def pick(logits: Any) -> int:
        if options.temperature <= 0:
            return int(logits.argmax())
        best = logits.topk(min(TOP_K, len(logits)))
        chances = (best.values.cpu() / options.temperature).softmax(-1)
        chances = chances * (chances.cumsum(-1) - chances < options.top_p)
        return int(best.indices[int(chances.multinomial(1, generator=dice))])

    return pick
