"""A language model behind the embedded resolver: when it is asked, and what if it fails."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from time import perf_counter
from typing import Literal, Protocol

from funcgemma.backends.recovery import Recovery
from funcgemma.errors import BackendError
from funcgemma.functions.definition import FunctionDefinition
from funcgemma.records import Decision, Dialogue
from funcgemma.resolver.cascade import combine, needs_second

When = Literal["unsure", "passed", "always"]


class Resolves(Protocol):
    """A language model as resolver."""

    @property
    def name(self) -> str:
        """How users name it."""
        ...

    def resolve(self, dialogue: Dialogue) -> Decision:
        """Decide about the newest utterance.

        Raises:
            BackendError: The runtime failed.
        """
        ...


@dataclass(frozen=True, slots=True)
class LanguageStage:
    """Asks a language model where it is wanted; without it the decision before stands.

    Attributes:
        resolver: The model.
        when: `unsure` = where the embedded resolver does not keep to its bound (the cascade);
            `passed` = for all that the gate lets through; `always` = without a gate.
        recovery: Remembers that the runtime failed, so that nobody waits for it each time.
        strict: Whether a failure of the runtime is raised instead: measuring must not mix.
    """

    resolver: Resolves
    when: When = "unsure"
    recovery: Recovery = field(default_factory=Recovery)
    strict: bool = False

    def decide(
        self,
        first: Decision,
        dialogue: Dialogue,
        definitions: Mapping[str, FunctionDefinition],
        *,
        untrained: bool = False,
    ) -> Decision:
        """The decision, with the model's say where it is wanted.

        Args:
            first: What gate and embedded resolver (or the keywords) say.
            dialogue: The conversation.
            definitions: The functions by name.
            untrained: Whether there are functions that only a language model can know.

        Raises:
            BackendError: The runtime failed, and the stage is strict.
        """
        if not self._wanted(first, untrained):
            return first
        second = self._ask(dialogue)
        if isinstance(second, str):
            return replace(first, problem=second)
        if self.when == "unsure":
            return combine(first, second, definitions)
        return replace(second, timings={**first.timings, **second.timings}, trace=first.trace)

    def _wanted(self, first: Decision, untrained: bool) -> bool:
        if self.when == "always":
            return True
        if self.when == "passed":
            return first.stage != "gate" or untrained
        return needs_second(first, untrained)

    def _ask(self, dialogue: Dialogue) -> Decision | str:
        """The model's decision, or why there is none."""
        if not self.strict and not self.recovery.ready():
            return f"{self.resolver.name} does not answer"
        started = perf_counter()
        try:
            decision = self.resolver.resolve(dialogue)
        except BackendError as error:
            if self.strict:
                raise
            self.recovery.failed(error)
            return str(error)
        self.recovery.worked()
        return replace(decision, timings={"llm": 1000 * (perf_counter() - started)})
