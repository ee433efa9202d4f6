"""One conversation: route, clarify, confirm, run, reply, remember."""

from collections.abc import Callable
from dataclasses import replace

from funcgemma.functions.context import Context
from funcgemma.records import Decision, Dialogue, FunctionCall, Message
from funcgemma.resolver.embedded.dialogue import accepted_offer
from funcgemma.router import Router
from funcgemma.session import reminders
from funcgemma.session.chatter import answer_freely
from funcgemma.session.choice import chosen_call
from funcgemma.session.clarify import spoken_request
from funcgemma.session.consent import agreement, cancels, takes_back
from funcgemma.session.decisions import older, rest
from funcgemma.session.health import with_news
from funcgemma.session.merge import is_new_request, merge_answer, says_nothing
from funcgemma.session.offers import is_offered
from funcgemma.session.perform import perform
from funcgemma.session.phrase import LOOKUPS, phrase
from funcgemma.session.policy import Manners, asked_again, too_unsure
from funcgemma.session.speaker import Speaker
from funcgemma.session.state import How, SessionState, Turn, Waiting
from funcgemma.session.voice import Voice
from funcgemma.session.words import sentence

TALKLESS = LOOKUPS | {"schedule_reminder", "sentiment_label"}
"""Functions that use no chat model: whether it answers is not asked for them."""


class Session:
    """A conversation with one user; not for several threads at once.

    Args:
        router: Decides what is asked for.
        context: What handlers may reach: one value, or a callable that gives it anew each time.
        manners: When to ask the user, and where home is.
        state: A conversation to take up again.
    """

    def __init__(
        self,
        router: Router,
        context: Context | Callable[[], Context],
        *,
        manners: Manners | None = None,
        state: SessionState | None = None,
    ) -> None:
        self.router = router
        self.manners = manners or Manners()
        self.state = _usable(state or SessionState(), router)
        self._context = context

    def say(
        self,
        text: str,
        *,
        stream: Callable[[str], None] | None = None,
        begin: Callable[[Turn], None] | None = None,
    ) -> Turn:
        """Hear one utterance, act on it, and give the reply.

        Whoever raises an exception in `stream` (or interrupts it) ends the generation; what
        has been said by then is remembered.

        Args:
            text: The utterance.
            stream: Hears the reply while it is made; its pieces make up `Turn.reply`.
            begin: Hears the turn with its results before the model says anything, and only
                if it may; `stream` then hears the rest alone.
        """
        context = self.context()
        voice = Voice(context.chat)
        context = replace(context, chat=voice)
        state = self.state.heard(text, context.now())
        turn = self._turn(state, text, context)
        turn, lost = with_news(turn, state.told_no_resolver, context.language)
        speaker, told = Speaker(turn, stream, begin), state.told_no_model
        try:
            if turn.asks_nothing:
                told = answer_freely(speaker, state.messages, context, voice, told=told)
            elif self.manners.phrase:
                told = phrase(speaker, state.messages, context, voice, told=told)
            return speaker.finish()
        finally:
            answered = state.answered(speaker.turn)
            self.state = replace(answered, told_no_model=told, told_no_resolver=lost)

    def _turn(self, state: SessionState, text: str, context: Context) -> Turn:
        """What is done about an utterance, without the words of a model."""
        if state.changed and state.waiting is None and takes_back(text):
            done = (reminders.undo(context),)
            return Turn(text, Decision(confidence=1.0), notices=done, how="undone")
        return self._react(state, text, context)

    def announcements(self) -> list[str]:
        """Reminders that are due now, each told once."""
        return reminders.announcements(self.context())

    def undo(self) -> str:
        """Take back the last change of the reminders, and say which."""
        self.state = replace(self.state, changed=False)
        return reminders.undo(self.context())

    def undo_turn(self) -> list[str]:
        """Take back every change of the reminders that the last turn made, the newest first."""
        changes = self.state.changes if self.state.changed else 0
        return [self.undo() for _ in range(changes)]

    def put_right(self, calls: tuple[FunctionCall, ...]) -> None:
        """Go on as if the router had said this of the newest utterance it had a say in.

        What was asked about that utterance is dropped, and nothing is run.
        """
        required = {name: d.required for name, d in self.router.definitions.items()}
        missing = tuple(
            f"{index}.{name}"
            for index, call in enumerate(calls)
            for name in required.get(call.name, ())
            if name not in call.arguments
        )
        right = Decision(calls, missing, confidence=1.0)
        decisions = {**self.state.decisions, self.state.routed: right}
        self.state = replace(self.state, decisions=decisions, waiting=None)

    def reset(self) -> None:
        """Forget the conversation; reminders stay."""
        told = self.state
        self.state = SessionState(
            told_no_model=told.told_no_model, told_no_resolver=told.told_no_resolver
        )

    def explain(self) -> Decision | None:
        """The router's decision about the newest utterance once more, with its trace."""
        dialogue = self.state.dialogue
        return self.router.route(dialogue, trace=True) if dialogue else None

    def context(self) -> Context:
        """What handlers may reach at this moment."""
        return self._context() if callable(self._context) else self._context

    def _react(self, state: SessionState, text: str, context: Context) -> Turn:
        waiting = state.waiting
        if waiting is None:
            return self._request(state, self._routed(state), context)
        said = _consent(state, waiting, text) if waiting.kind == "yes" else None
        if said:
            yes = replace(older(waiting.decision), confidence=1.0, unsure=False)
            turn = Turn(text, yes, how="confirmed")
            return self._perform(turn, context, agreed=True, offered=waiting.offered)
        if said is False or cancels(text):
            return self._declined(waiting, text, context)
        return self._answer(state, waiting, text, context)

    def _answer(self, state: SessionState, waiting: Waiting, text: str, context: Context) -> Turn:
        """An open question was met with something else than yes or no."""
        if waiting.kind == "choice":
            decision = chosen_call(waiting, text, self.router.definitions)
            if decision:
                return self._perform(Turn(text, decision, how="chosen"), context, agreed=True)
        definition = self.router.definitions[waiting.decision.calls[0].name]
        routed = self._routed(state)
        if waiting.kind == "argument":
            alone = self.router.route(Dialogue((Message("user", text),), context.now()))
            if is_new_request(waiting, text, alone, definition):
                return self._request(state, alone, context, dropped=waiting)
            merged = merge_answer(waiting, text, routed, definition, context.now())
            if merged:
                turn = Turn(text, merged, how="answered")
                return self._perform(turn, context, offered=waiting.offered)
        if waiting.kind != "choice" and waiting.asked == 1 and says_nothing(waiting, text, routed):
            again = asked_again(waiting, context.language)
            nothing = replace(routed, calls=(), missing=(), mentions=())
            return Turn(text, nothing, question=again.question, waiting=again, how="asked_again")
        return self._request(state, routed, context, dropped=waiting)

    def _request(
        self,
        state: SessionState,
        routed: Decision,
        context: Context,
        dropped: Waiting | None = None,
    ) -> Turn:
        """A request of its own, or none."""
        text = state.messages[-1].content
        notices = self._dropped(dropped, routed, context.language)
        how: How = "routed"
        if routed.calls and self._is_unsure(state, routed):
            routed, how = replace(routed, calls=(), missing=(), mentions=()), "unsure"
        if routed.calls:
            offered = is_offered(state, routed, self.router.definitions)
            return self._perform(Turn(text, routed, notices=notices), context, offered=offered)
        return Turn(text, routed, notices=notices, how=how)

    def _is_unsure(self, state: SessionState, routed: Decision) -> bool:
        """Whether the calls had better not be made; an accepted offer is no guess."""
        if not too_unsure(routed, self.router.definitions, self.manners):
            return False
        return state.dialogue is None or accepted_offer(state.dialogue) is None

    def _dropped(self, waiting: Waiting | None, routed: Decision, language: str) -> tuple[str, ...]:
        """A request that was left for another one is named; one that was only changed is not."""
        if waiting is None or waiting.kind == "choice":
            return ()
        call = waiting.decision.calls[0]
        if routed.calls and routed.calls[0].name == call.name:
            return ()
        name = spoken_request(call, self.router.definitions[call.name], language)
        return (sentence(language, "dropped", call=name),)

    def _declined(self, waiting: Waiting, text: str, context: Context) -> Turn:
        """A no; what was asked for behind the declined call still goes on."""
        others = replace(older(rest(waiting.decision, 1)), confidence=1.0, unsure=False)
        notice = sentence(context.language, "declined")
        turn = Turn(text, others, notices=(notice,), how="declined")
        return self._perform(turn, context, offered=waiting.offered)

    def _perform(
        self, turn: Turn, context: Context, *, agreed: bool = False, offered: bool = False
    ) -> Turn:
        """Run what was decided; handlers get the chat model only where it would answer."""
        chat = context.chat
        needed = any(call.name not in TALKLESS for call in turn.decision.calls)
        if isinstance(chat, Voice):
            context = replace(context, chat=chat.model if needed else chat.unasked)
        functions = self.router.definitions
        return perform(turn, functions, context, self.manners, agreed=agreed, offered=offered)

    def _routed(self, state: SessionState) -> Decision:
        """What the router makes of the newest utterance; earlier decisions are given to it."""
        dialogue = state.dialogue
        if dialogue is None:  # nothing was said yet
            return Decision()
        return self.router.route(dialogue)


def _usable(state: SessionState, router: Router) -> SessionState:
    """A question about a function that is not registered now cannot be answered any more."""
    calls = state.waiting.decision.calls if state.waiting else ()
    known = all(call.name in router.definitions for call in calls)
    return state if known else replace(state, waiting=None)


def _consent(state: SessionState, waiting: Waiting, text: str) -> bool | None:
    said = agreement(text, waiting.question)
    if said is None and state.dialogue and accepted_offer(state.dialogue) is not None:
        return True
    return said
