"""The real world for handlers: the network, the reminder store, the clock, the user's settings."""

import re
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from funcgemma.backends.catalogue import split_spec
from funcgemma.cli.settings import NO_MODEL, SECRETS, Settings, names
from funcgemma.errors import StoreError
from funcgemma.functions.context import ChatModel, Context

if TYPE_CHECKING:
    from funcgemma.backends.base import Backend
    from funcgemma.functions.http import HttpClient
    from funcgemma.functions.reminders.store import ReminderStore
    from funcgemma.session.model_chat import ModelChat


_JAPANESE = re.compile("[\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uff66-\uff9f]")
_ASCII_LETTER = re.compile("[A-Za-z]")


def local_now() -> datetime:
    """This machine's clock, with its time zone."""
    return datetime.now().astimezone()


def language_of(text: str) -> str:
    """`ja` for a text with kana or kanji, `en` for one with ASCII letters only; "" = neither."""
    if _JAPANESE.search(text):
        return "ja"
    return "en" if _ASCII_LETTER.search(text) else ""


@dataclass(slots=True)
class World:
    """Opens what handlers need when they first need it.

    A store that cannot be opened does not stop the conversation: handlers then get none,
    and `news` says why.

    Attributes:
        settings: The user's settings.
        chat: The chat model; None = the one that the settings name, if they name one.
        language: What is spoken at the moment: `ja` or `en`.
    """

    settings: Settings
    chat: ChatModel | None = None
    language: str = field(default="", init=False)
    _model: "ModelChat | None" = field(default=None, init=False)
    _http: "HttpClient | None" = field(default=None, init=False)
    _store: "ReminderStore | None" = field(default=None, init=False)
    _said: set[str] = field(default_factory=set, init=False)
    _news: list[str] = field(default_factory=list, init=False)

    def __post_init__(self) -> None:
        self.language = self.settings.spoken
        if self.settings.chat_model not in NO_MODEL:
            split_spec(self.settings.chat_model)  # a wrong one is said at once

    def hear(self, text: str) -> None:
        """Take up the language of an utterance, unless one was set."""
        if self.settings.language == "auto":
            self.language = language_of(text) or self.language

    def context(self) -> Context:
        """What a handler may reach at this moment."""
        return Context(
            now=local_now,
            language=self.language,
            http=self._client(),
            store=self._reminders(),
            chat=self.chat or self._chat_model(),
            settings={
                name: getattr(self.settings, name) for name in names() if name not in SECRETS
            },
        )

    def news(self) -> list[str]:
        """What went wrong with the store since this was last asked, each thing once."""
        told, self._news = self._news, []
        return told

    def tell(self, text: str) -> None:
        """Keep a remark for `news`, unless it was made before."""
        if text not in self._said:
            self._said.add(text)
            self._news.append(text)

    def close(self) -> None:
        """Give back what was opened."""
        if self._model is not None:
            self._model.close()
        if self._http is not None:
            self._http.close()
        if self._store is not None:
            self._store.close()
        self._http = self._store = None

    def _chat_model(self) -> "ModelChat | None":
        """The chat model; whether it answers is asked when it is needed."""
        if self._model is None and self.settings.chat_model not in NO_MODEL:
            from funcgemma.session.model_chat import ModelChat

            self._model = ModelChat(self._backend, num_ctx=self.settings.num_ctx)
        return self._model

    def _backend(self) -> "Backend":
        from funcgemma.backends.catalogue import open_backend
        from funcgemma.cli.chat.room import memory_warnings
        from funcgemma.cli.resolvers import place_of

        for warning in memory_warnings(self.settings):
            self.tell(warning)
        # The adapter belongs to the resolver's model.
        place = replace(place_of(self.settings), adapter="")
        return open_backend(self.settings.chat_model, place)

    def _client(self) -> "HttpClient | None":
        if self.settings.offline:
            return None
        if self._http is None:
            from funcgemma.functions.http import HttpClient

            folder = self.settings.data_path / "cache" / "http"
            self._http = HttpClient(
                folder, timeout=self.settings.http_timeout, proxy=self.settings.proxy or None
            )
        return self._http

    def _reminders(self) -> "ReminderStore | None":
        if self._store is None:
            from funcgemma.functions.reminders.store import ReminderStore

            try:
                self._store = ReminderStore(self.settings.data_path / "reminders.db")
            except StoreError as error:
                self.tell(str(error))
                return None
            if self._store.warning:
                self.tell(self._store.warning)
        return self._store
