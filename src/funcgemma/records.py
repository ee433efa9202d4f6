"""The nouns of the program: frozen values that flow between the stages.

All are picklable and compare by value. Character positions are Python string
indices into the *original* text of the message they belong to.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

Role = Literal["user", "assistant"]
Stage = Literal["keywords", "gate", "embedded", "llm"]


@dataclass(frozen=True, slots=True)
class FunctionCall:
    """One call: a function's name and its arguments (plain JSON values)."""

    name: str
    arguments: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a conversation; `calls` are those known to have been made in it."""

    role: Role
    content: str
    calls: tuple[FunctionCall, ...] | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A value found in the text.

    Attributes:
        kind: The x-kind of the value (place, person, date, datetime, rrule, language, …).
        text: The characters it was read from.
        start: Index of the first character in the message.
        end: Index after the last character.
        value: The normalised value.
        argument: `"<call index>.<argument>"` if a call uses it, else None.
        turn: Index of the message in the dialogue; -1 = the newest.
    """

    kind: str
    text: str
    start: int
    end: int
    value: Any
    argument: str | None = None
    turn: int = -1


@dataclass(frozen=True, slots=True)
class Trace:
    """Why the decision is what it is: scores, and the features that spoke loudest.

    Attributes:
        gate_score: Signed distance from the gate's threshold (positive = need_function).
        gate_features: (n-gram, contribution), strongest first.
        function_scores: (name, probability), best first; `no_function` is one of them.
        function_features: (feature, contribution) for the chosen function, strongest first.
        notes: Sentences on what later steps did.
    """

    gate_score: float | None = None
    gate_features: tuple[tuple[str, float], ...] = ()
    function_scores: tuple[tuple[str, float], ...] = ()
    function_features: tuple[tuple[str, float], ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """The router's answer for the newest utterance.

    Attributes:
        calls: The calls asked for, in order; `()` = no function.
        missing: `"<call index>.<argument>"` for each required argument that was not given.
        confidence: Probability (0..1) that the whole decision, also "no function", is right.
        stage: Who decided.
        mentions: Values found in the text, used (`argument` set) or not.
        unsure: Whether a call is less sure than the bound on false actions asks for: ask
            first, or let another stage decide.
        problem: Why a stage's answer could not be used, if so; the answer then fell back.
        timings: Stage -> milliseconds.
        trace: The explanation; None unless asked for.
    """

    calls: tuple[FunctionCall, ...] = ()
    missing: tuple[str, ...] = ()
    confidence: float = 0.0
    stage: Stage = "gate"
    mentions: tuple[Mention, ...] = ()
    unsure: bool = False
    problem: str | None = None
    timings: Mapping[str, float] = field(default_factory=dict, compare=False)
    trace: Trace | None = field(default=None, compare=False)

    @property
    def latency_ms(self) -> float:
        """Total time of the decision in milliseconds."""
        return sum(self.timings.values())


@dataclass(frozen=True, slots=True)
class Dialogue:
    """A conversation up to the newest user message, and the clock it happens at.

    Attributes:
        messages: Oldest first; the last one is the user's newest utterance.
        now: Aware datetime against which 明日, 来週 … are resolved.
        decisions: Decisions already made, by index of the user message; others are recomputed.
    """

    messages: tuple[Message, ...]
    now: datetime
    decisions: Mapping[int, Decision] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The newest utterance."""
        return self.messages[-1].content


@dataclass(frozen=True, slots=True)
class Case:
    """A dialogue with its gold calls: one line of a case file.

    An argument's gold value may be a list of alternatives. `spans` maps
    `"<call index>.<argument>"` to (start, end) in `text` where it is known.
    """

    id: str
    text: str
    now: datetime
    history: tuple[Message, ...] = ()
    calls: tuple[FunctionCall, ...] = ()
    category: str = ""
    tags: tuple[str, ...] = ()
    language: str = "ja"
    writer: str = ""
    group: str = ""
    spans: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def dialogue(self) -> Dialogue:
        """The case as the router sees it."""
        return Dialogue((*self.history, Message("user", self.text)), self.now)
