"""A backend that says what it is told to: for tests, examples and documentation.

A script is a sequence of answers, or a JSON file with a list of them (`scripted:FILE`):

    [{"when": "天気", "text": "晴れです。"},
     {"text": "はい。", "tokens": [["はい", -0.1], ["。", -0.2]]},
     {"when": "壊れて", "text": "半分", "error": "cut", "fail_after": 1}]

The first answer that fits is given. One with a `when` (a regular expression that is searched in
the prompt, or in the last message) fits as often as it matches; one without fits once.
"""

import re
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from funcgemma.backends.base import (
    GREEDY,
    Abilities,
    ChatMessage,
    Completion,
    Options,
)
from funcgemma.backends.catalogue import Place
from funcgemma.backends.demands import check_options, cut_at_stop
from funcgemma.backends.scripted.script import Answer, read_script
from funcgemma.errors import BackendError

ALL = Abilities(complete=True, grammar=True, json_schema=True, logprobs=True)
PIECE = re.compile(r"\s*\S{1,8}|\s+")
"""What counts as a token where the script names none."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A request: how it came, its prompt or messages, and its options."""

    kind: Literal["complete", "chat", "stream"]
    options: Options
    prompt: str = ""
    messages: tuple[ChatMessage, ...] = ()

    @property
    def text(self) -> str:
        """What a script's `when` is searched in."""
        return self.messages[-1].content if self.messages else self.prompt


class ScriptedBackend:
    """Answers from a script; safe under threads.

    Args:
        script: Answers (a string stands for one with that text), or the path of a file of them.
        place: Not needed; for the catalogue.
        abilities: What it claims to be able to do. Grammars and schemas are not enforced.
    """

    def __init__(
        self,
        script: str | Path | Sequence[Answer | str] = (),
        place: Place | None = None,
        *,
        abilities: Abilities = ALL,
    ) -> None:
        self._file = Path(script) if isinstance(script, str | Path) else None
        lines = () if isinstance(script, str | Path) else script
        self._answers = [Answer(line) if isinstance(line, str) else line for line in lines]
        self._abilities = abilities
        self._spent: set[int] = set()
        self._heard: list[Heard] = []
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        """`scripted:FILE`, or `scripted` alone."""
        return f"scripted:{self._file}" if self._file else "scripted"

    @property
    def abilities(self) -> Abilities:
        """What it was made to claim."""
        return self._abilities

    @property
    def heard(self) -> tuple[Heard, ...]:
        """All requests so far, oldest first."""
        with self._lock:
            return tuple(self._heard)

    def check(self) -> None:
        """Whether there is a script.

        Raises:
            BackendError: Its file is missing or wrong.
        """
        self._script()

    def complete(self, prompt: str, options: Options = GREEDY) -> Completion:
        """The next answer that fits the prompt.

        Raises:
            BackendError: The answer is an error, or none is left.
        """
        return self._whole(Heard("complete", options, prompt=prompt))

    def chat(self, messages: Sequence[ChatMessage], options: Options = GREEDY) -> Completion:
        """The next answer that fits the last message.

        Raises:
            BackendError: The answer is an error, or none is left.
        """
        return self._whole(Heard("chat", options, messages=tuple(messages)))

    def stream(self, messages: Sequence[ChatMessage], options: Options = GREEDY) -> Iterator[str]:
        """As `chat`, piece by piece.

        Raises:
            BackendError: As `chat`; also in the middle, after `fail_after` pieces.
        """
        answer = self._next(Heard("stream", options, messages=tuple(messages)))
        return self._pieces(answer, options)

    def close(self) -> None:
        """There is nothing to close."""

    def _pieces(self, answer: Answer, options: Options) -> Iterator[str]:
        pieces = PIECE.findall(self._said(answer, options).text)
        if answer.error is not None:
            yield from pieces[: answer.fail_after]
            raise self._fault(answer)
        yield from pieces

    def _whole(self, heard: Heard) -> Completion:
        answer = self._next(heard)
        if answer.error is not None:
            raise self._fault(answer)
        return self._said(answer, heard.options)

    def _said(self, answer: Answer, options: Options) -> Completion:
        texts = [token.text for token in answer.tokens or ()] or PIECE.findall(answer.text)
        kept = texts[: options.max_tokens]
        whole = len(kept) == len(texts)
        said = answer.text if whole and answer.text else "".join(kept)
        text = cut_at_stop(said, options.stop)
        tokens = answer.tokens[: len(kept)] if answer.tokens is not None else None
        return Completion(
            text=text,
            finish="stop" if text != said else answer.finish if whole else "length",
            tokens=tokens if options.logprobs else None,
            completion_tokens=len(kept),
        )

    def _next(self, heard: Heard) -> Answer:
        check_options(self.name, self._abilities, heard.options)
        answers = self._script()
        with self._lock:
            self._heard.append(heard)
            for number, answer in enumerate(answers):
                if number not in self._spent and answer.fits(heard.text):
                    if answer.when is None:
                        self._spent.add(number)
                    return answer
        raise BackendError(
            f"{self.name} has no answer left for {heard.text[-60:]!r}",
            "garbage",
            'end the script with {"when": "", "text": …}',
        )

    def _script(self) -> list[Answer]:
        with self._lock:
            if self._file and not self._answers:
                self._answers = read_script(self._file)
            return self._answers

    def _fault(self, answer: Answer) -> BackendError:
        reason = answer.error or "refused"
        return BackendError(f"{self.name} fails as scripted: {reason}", reason, "change the script")
