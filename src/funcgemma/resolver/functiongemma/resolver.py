"""Ask FunctionGemma: render, generate, parse, ground, and let it mend its answer once."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from funcgemma.backends.base import Backend, Completion, Options
from funcgemma.errors import BackendError, FunctionError
from funcgemma.functions.definition import FunctionDefinition
from funcgemma.records import Decision, Dialogue, FunctionCall, Mention
from funcgemma.resolver.functiongemma.confidence import confidence
from funcgemma.resolver.functiongemma.ground import Ungrounded, ground
from funcgemma.resolver.functiongemma.guided import Guide
from funcgemma.resolver.functiongemma.parse import parse
from funcgemma.resolver.functiongemma.prompt import (
    Prompt,
    developer_turn,
    estimate_tokens,
    render_prompt,
)
from funcgemma.resolver.functiongemma.repair import repair_request
from funcgemma.resolver.functiongemma.wire import Wire, wire_names
from funcgemma.resolver.functiongemma.write import STOPS

ANSWER_TOKENS = 256
"""Room for the answer: several calls, or one with a long text to translate."""
TEXT_TOKENS = 1024
"""Room where the newest message is long: its text may have to be copied into an argument."""
LONG_TEXT = 200
CHOICES = ("auto", "required", "none")


@dataclass(frozen=True, slots=True)
class _Answer:
    """What became of one generation: usable calls, and what is wrong with the others."""

    calls: tuple[FunctionCall, ...]
    mentions: tuple[Mention, ...]
    problems: tuple[str, ...]
    completion: Completion


class FunctionGemma:
    """FunctionGemma on any backend; immutable, and as safe under threads as its backend.

    Args:
        backend: Continues rendered prompts.
        definitions: The functions that may be called.
        num_ctx: Context window in tokens; the oldest messages are dropped to keep to it.
        compact: Whether functions are declared in short.
        repair: Whether an answer with problems is shown to the model once more.

    Raises:
        BackendError: The backend cannot continue rendered prompts.
    """

    def __init__(
        self,
        backend: Backend,
        definitions: Mapping[str, FunctionDefinition],
        *,
        num_ctx: int = 4096,
        compact: bool = False,
        repair: bool = True,
    ) -> None:
        if not backend.abilities.complete:
            raise BackendError(
                f"{backend.name} cannot continue a prompt", "unsupported", "choose another backend"
            )
        self.backend = backend
        self.definitions = dict(definitions)
        self._wire = Wire.of(self.definitions.values())
        self._num_ctx = num_ctx
        self._compact = compact
        self._repair = repair
        self._guide = Guide(backend, self.definitions.values())

    @property
    def name(self) -> str:
        """The backend's name."""
        return self.backend.name

    def warm(self, now: datetime) -> None:
        """Let the runtime load the model and read the declarations, so that nobody waits later.

        Args:
            now: The clock of the conversation to come.

        Raises:
            BackendError: The runtime failed.
        """
        head = developer_turn(now, self.definitions.values(), self._wire, compact=self._compact)
        self.backend.complete(head, Options(max_tokens=1))

    def resolve(self, dialogue: Dialogue, choice: str = "auto") -> Decision:
        """Decide about the newest utterance.

        Args:
            dialogue: The conversation; its `decisions` show the model earlier calls.
            choice: `auto`; `required` = at least one call; `none` = no call, the model is not
                asked; or the name of the only function that may be called. It is enforced here,
                whatever the runtime makes of it.

        Raises:
            BackendError: The runtime failed.
            FunctionError: The choice names no function.
        """
        if choice not in CHOICES and choice not in self.definitions:
            raise FunctionError(f"no function '{choice}'", f"known: {', '.join(self.definitions)}")
        if choice == "none" or not self.definitions:
            return Decision(confidence=1.0, stage="llm")
        prompt = self._prompt(dialogue)
        if prompt.over:
            problem = f"the message is {prompt.over} tokens too long for {self.name}"
            return Decision(confidence=0.0, stage="llm", problem=problem)
        answer = self._answer(prompt.text, dialogue, choice)
        if answer.problems and self._repair:
            mended = self._mended(answer, dialogue, choice)
            answer = mended if len(mended.problems) < len(answer.problems) else answer
        return self._decision(answer)

    def _prompt(self, dialogue: Dialogue, taken: int = 0) -> Prompt:
        """The prompt, with room for the answer and for so many tokens behind the prompt."""
        budget = self._num_ctx - answer_room(dialogue) - taken
        return render_prompt(
            dialogue, self.definitions.values(), compact=self._compact, budget=budget
        )

    def _mended(self, answer: _Answer, dialogue: Dialogue, choice: str) -> _Answer:
        """The second attempt, with what is wrong with the first; the first if there is no room."""
        request = repair_request(answer.completion.text, answer.problems)
        prompt = self._prompt(dialogue, estimate_tokens(request))
        return answer if prompt.over else self._answer(prompt.text + request, dialogue, choice)

    def _answer(self, prompt: str, dialogue: Dialogue, choice: str) -> _Answer:
        options = Options(
            max_tokens=answer_room(dialogue),
            stop=STOPS,
            logprobs=self.backend.abilities.logprobs,
        )
        completion = self._guide.complete(prompt, choice, options)
        parsed = parse(completion.text, self._wire)
        grounded = ground(parsed.calls, dialogue, self.definitions)
        problems = [problem.message for problem in parsed.problems]
        problems += [self._sentence(parsed.calls[u.call].name, u) for u in grounded.ungrounded]
        calls, mentions = _chosen(grounded.calls, grounded.mentions, choice)
        if len(calls) < len(grounded.calls):
            problems.append(f"only {choice} may be called")
        if choice != "auto" and not calls:
            problems.append("no function was called")
        return _Answer(calls, mentions, tuple(problems), completion)

    def _sentence(self, function: str, lost: Ungrounded) -> str:
        """What to tell the model, which knows the argument by its name on the wire."""
        name = wire_names(self.definitions[function].properties)[lost.argument]
        return f"{name} must be in the words of the conversation, and {lost.value!r} is not there"

    def _decision(self, answer: _Answer) -> Decision:
        missing = tuple(
            f"{index}.{name}"
            for index, call in enumerate(answer.calls)
            for name in self.definitions[call.name].required
            if name not in call.arguments
        )
        return Decision(
            answer.calls,
            missing,
            confidence(answer.completion.tokens, bool(answer.calls)),
            "llm",
            answer.mentions,
            unsure=bool(answer.problems),
            problem="; ".join(answer.problems) or None,
        )


def answer_room(dialogue: Dialogue) -> int:
    """Tokens of the context window that are kept free for the answer, in tuning as in serving."""
    return ANSWER_TOKENS if len(dialogue.text) <= LONG_TEXT else TEXT_TOKENS


def _chosen(
    calls: tuple[FunctionCall, ...], mentions: tuple[Mention, ...], choice: str
) -> tuple[tuple[FunctionCall, ...], tuple[Mention, ...]]:
    """Only calls of the function that was demanded, if one was."""
    if choice in CHOICES or all(call.name == choice for call in calls):
        return calls, mentions
    kept = [index for index, call in enumerate(calls) if call.name == choice]
    new = {str(old): str(index) for index, old in enumerate(kept)}
    moved = []
    for mention in mentions:
        old, _, argument = (mention.argument or "").partition(".")
        if old in new:
            moved.append(replace(mention, argument=f"{new[old]}.{argument}"))
    return tuple(calls[index] for index in kept), tuple(moved)
