"""What a session knows, as plain frozen values: what was said, decided, run, and is waited for."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

from funcgemma.functions.run import CallResult
from funcgemma.records import Decision, Dialogue, Message

KEPT = 40
"""Messages kept; the router looks at fewer."""

CHANGING = frozenset(("created", "updated", "deleted"))
"""Statuses of schedule_reminder after which the store is another one."""

How = Literal[
    "routed",
    "answered",
    "confirmed",
    "declined",
    "chosen",
    "asked_again",
    "unsure",
    "undone",
]
"""What the utterance was taken for: a request, the answer to a question, a yes, a no, …"""

ROUTED = frozenset(("routed", "answered", "asked_again", "unsure"))
"""Those in which the router had a say."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A question that the session has asked.

    Attributes:
        kind: `argument` (a missing one), `yes` (go ahead?), or `choice` (which of several?).
        decision: What is still to be done; the question is about its first call.
        question: The question as it was asked.
        argument: The argument that was asked for.
        candidates: What may be chosen from.
        asked: How often it was asked.
        offered: Whether the call comes from words the user did not say but only agreed to:
            then nothing of it changes anything before it has been spelled out.
    """

    kind: Literal["argument", "yes", "choice"]
    decision: Decision
    question: str
    argument: str = ""
    candidates: tuple[Mapping[str, Any], ...] = ()
    asked: int = 1
    offered: bool = False


@dataclass(frozen=True, slots=True)
class SessionState:
    """One conversation so far. It can be written down and taken up again elsewhere.

    Attributes:
        messages: Oldest first; the earliest go once there are many.
        decisions: What each user message was taken for, by its index.
        results: What the latest calls gave.
        waiting: The open question, if there is one.
        told_no_model: Whether the user was told that there is no chat model, or that it is gone.
        told_no_resolver: Whether the user was told that the resolver's language model is gone.
        clock: When the newest utterance was heard.
        how: What the newest utterance was taken for.
        changed: Whether the last turn changed the reminders.
        routed: Index of the newest utterance in which the router had a say; -1 = none.
    """

    messages: tuple[Message, ...] = ()
    decisions: Mapping[int, Decision] = field(default_factory=dict)
    results: tuple[CallResult, ...] = ()
    waiting: Waiting | None = None
    told_no_model: bool = False
    told_no_resolver: bool = False
    clock: datetime | None = None
    how: How = "routed"
    changed: bool = False
    routed: int = -1

    def heard(self, text: str, now: datetime) -> "SessionState":
        """The state with one more utterance of the user."""
        return replace(self, messages=(*self.messages, Message("user", text)), clock=now)

    def answered(self, turn: "Turn") -> "SessionState":
        """The state after the reply to the newest utterance."""
        index = len(self.messages) - 1
        messages = (*self.messages, Message("assistant", turn.reply))
        decisions = {**self.decisions, index: turn.decision}
        surplus = max(0, len(messages) - KEPT)
        routed = index if turn.how in ROUTED else self.routed
        return replace(
            self,
            messages=messages[surplus:],
            decisions={i - surplus: d for i, d in decisions.items() if i >= surplus},
            results=turn.results or self.results,
            waiting=turn.waiting,
            how=turn.how,
            changed=turn.changed,
            routed=max(-1, routed - surplus),
        )

    @property
    def dialogue(self) -> Dialogue | None:
        """The conversation up to the user's newest utterance, as the router sees it."""
        users = [i for i, message in enumerate(self.messages) if message.role == "user"]
        return self._dialogue_to(users[-1]) if users else None

    @property
    def routed_dialogue(self) -> Dialogue | None:
        """The conversation up to the newest utterance in which the router had a say."""
        return self._dialogue_to(self.routed) if self.routed >= 0 else None

    def _dialogue_to(self, index: int) -> Dialogue | None:
        if self.clock is None:
            return None
        earlier = {i: decision for i, decision in self.decisions.items() if i < index}
        return Dialogue(self.messages[: index + 1], self.clock, earlier)

    @property
    def decision(self) -> Decision | None:
        """What the user's newest utterance was taken for."""
        return self.decisions[max(self.decisions)] if self.decisions else None

    @property
    def changes(self) -> int:
        """How many of the latest calls changed the reminders."""
        return sum(changes_reminders(result) for result in self.results)

    def to_json(self) -> dict[str, Any]:
        """The state as plain JSON values."""
        from funcgemma.session.codec import state_to_json

        return state_to_json(self)

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> "SessionState":
        """The state from plain JSON values.

        Raises:
            DataError: They are no state of this program.
        """
        from funcgemma.session.codec import state_from_json

        return state_from_json(data)


def changes_reminders(result: CallResult) -> bool:
    """Whether a call left the store another one."""
    return result.call.name == "schedule_reminder" and result.status in CHANGING


@dataclass(frozen=True, slots=True)
class Turn:
    """What the session made of one utterance.

    Attributes:
        text: The utterance.
        decision: The calls it led to, with what earlier turns had left open.
        results: What became of the calls that were run, in order.
        replies: One text a result.
        notices: Remarks: a place taken from the settings, a request that was dropped.
        question: What the session asks back.
        answer: The chat model's answer, or a sentence in its place.
        waiting: What the next utterance is expected to answer.
        how: What the utterance was taken for.
        phrased: What the chat model says about the results.
        remark: The program's own words behind those of the model: that they broke off, …
        by_model: Whether `answer` or `phrased` hold words of the chat model.
    """

    text: str
    decision: Decision
    results: tuple[CallResult, ...] = ()
    replies: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    question: str = ""
    answer: str = ""
    waiting: Waiting | None = None
    how: How = "routed"
    phrased: str = ""
    remark: str = ""
    by_model: bool = False

    @property
    def asks_nothing(self) -> bool:
        """Whether no function was asked for, so that the chat model answers."""
        return not self.decision.calls and self.how in ("routed", "unsure")

    @property
    def changed(self) -> bool:
        """Whether it changed the reminders."""
        return any(map(changes_reminders, self.results))

    @property
    def reply(self) -> str:
        """The whole answer as one text."""
        said = (self.phrased, self.answer, self.remark)
        parts = (*self.notices, *self.replies, *said, self.question)
        return "\n".join(part for part in parts if part)
