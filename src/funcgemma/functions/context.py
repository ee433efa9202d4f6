"""What a handler may reach of the world, handed to it so that tests and servers can give another.

A handler that has a parameter named `ctx` receives one; nothing else in a
handler opens files, sockets or clocks.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from funcgemma.errors import WorldError
from funcgemma.records import Mention, Message

if TYPE_CHECKING:
    from funcgemma.functions.http import HttpClient
    from funcgemma.functions.reminders.store import ReminderStore


class ChatModel(Protocol):
    """A language model that answers in free text."""

    def reply(self, messages: Sequence[Message], *, system: str = "") -> str:
        """Answer the last message.

        Raises:
            WorldError: The model cannot be reached.
        """
        ...


@runtime_checkable
class StreamingChat(ChatModel, Protocol):
    """A chat model that answers piece by piece, and knows whether it is there."""

    def stream(
        self,
        messages: Sequence[Message],
        *,
        system: str = "",
        limit: int = 512,
        temperature: float = 0.0,
    ) -> Iterator[str]:
        """Answer the last message piece by piece; closing the iterator ends the generation.

        Args:
            messages: The conversation, oldest first.
            system: What the model is and how it speaks.
            limit: At most so many new tokens.
            temperature: 0 = the likeliest words.

        Raises:
            WorldError: The model cannot be reached; also in the middle of the text.
        """
        ...

    def reachable(self) -> bool:
        """Whether it could answer now: quick, and never an error."""
        ...

    @property
    def problem(self) -> WorldError | None:
        """Why it does not answer; None while it does, or where there simply is none."""
        ...


@dataclass(frozen=True, slots=True)
class Context:
    """One call's view of the world.

    Attributes:
        now: Returns the current aware datetime.
        language: `ja` or `en`: the language results are written in.
        http: The HTTP layer; None where the network must not be used.
        store: The reminder store; None where nothing may be kept.
        chat: The chat model; None without one.
        settings: Plain values from the user's settings (home_location, base URLs, …).
        mentions: Values the router found in the utterance, also those no argument uses
            (the old time in 3時から4時に変更).
        progress: Called with a short text while something slow happens.
    """

    now: Callable[[], datetime]
    language: str = "ja"
    http: "HttpClient | None" = None
    store: "ReminderStore | None" = None
    chat: ChatModel | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    mentions: tuple[Mention, ...] = ()
    progress: Callable[[str], None] = lambda text: None
