"""The embedded resolver: which functions an utterance asks for, with which arguments."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from funcgemma.functions.definition import FunctionDefinition
from funcgemma.records import Decision, Dialogue, FunctionCall, Mention
from funcgemma.resolver.embedded import carry
from funcgemma.resolver.embedded import dialogue as memory
from funcgemma.resolver.embedded.anchor import anchor, named_time
from funcgemma.resolver.embedded.answer import gives_text
from funcgemma.resolver.embedded.calls import (
    Resolution,
    enum_values,
    expand,
    mentions_of,
    missing_of,
    names_something,
    ordered,
    renumber,
    shift,
    without_choices,
)
from funcgemma.resolver.embedded.choose import Probabilities, best_function, choose
from funcgemma.resolver.embedded.clauses import Clause
from funcgemma.resolver.embedded.cutting import Cut, Cutter
from funcgemma.resolver.embedded.features import NONE, Prior
from funcgemma.resolver.embedded.kinds import first_alternative
from funcgemma.resolver.embedded.model import EmbeddedModel
from funcgemma.resolver.embedded.reply import lent_by_reply
from funcgemma.resolver.embedded.slots import read_slots
from funcgemma.resolver.embedded.view import View, cut, read

GIVEN = 0.9
"""How sure it is that what the assistant asked for was given."""

OFFERED = 0.6
"""Below this probability an offer (お茶にしましょうか？) offers none of the functions."""


class EmbeddedResolver:
    """Resolves dialogues with a trained model; immutable and safe under threads."""

    def __init__(self, model: EmbeddedModel, definitions: Mapping[str, FunctionDefinition]) -> None:
        self.model = model
        self.definitions = dict(definitions)
        self.allowed = frozenset(self.definitions) & frozenset(model.chooser.labels)
        self._required = {name: d.required for name, d in self.definitions.items()}

    def prior(self, dialogue: Dialogue, decisions: Mapping[int, Decision]) -> Prior:
        """The state of the dialogue before its newest utterance."""
        return memory.prior_of(dialogue, decisions, self._required)

    def resolve(self, dialogue: Dialogue, prior: Prior, matched: str | None = None) -> Resolution:
        """Decide about the newest utterance of a dialogue.

        Args:
            dialogue: The conversation.
            prior: Its state before the newest utterance.
            matched: The utterance as `gate_text` normalises it, if that is known already.
        """
        if not self.allowed:  # the model knows none of the functions that may be called
            return Resolution((), (), (), {}, 1.0)
        if memory.refuses(dialogue):
            return Resolution((), (), (), {NONE: 0.95}, 0.95, ("The utterance refuses.",))
        if memory.acknowledges(dialogue):
            return Resolution((), (), (), {NONE: 0.95}, 0.95, ("The utterance acknowledges.",))
        offer = memory.accepted_offer(dialogue)
        if offer is not None:
            return self._resolve_offer(dialogue, prior, offer)
        view = read(dialogue.text, dialogue.now, matched)
        return self.resolve_view(view, prior)

    def resolve_view(self, view: View, prior: Prior) -> Resolution:
        """Decide about an utterance that has been read."""
        scores = choose(self.model, view, prior, self.allowed)
        if self._gives_text(view, prior):
            return self._given(view, prior, scores)
        whole = self._whole(view, scores)
        if whole is None:
            return Resolution((), (), (), scores, scores.get(NONE, 1.0))
        found = self._one(view, prior, whole.function, whole.probability, scores)
        return self._cutter(view, prior, scores).best(whole, found)

    def _gives_text(self, view: View, prior: Prior) -> bool:
        name = prior.call.name if prior.call is not None else ""
        return name in self.allowed and gives_text(view, prior, self.definitions[name])

    def _given(self, view: View, prior: Prior, scores: Probabilities) -> Resolution:
        """Whatever it reads like, it is the text that the assistant asked for."""
        assert prior.call is not None
        found = self._one(view, prior, prior.call.name, GIVEN, scores)
        note = "The utterance is the text that the assistant asked for."
        return replace(found, notes=(*found.notes, note), agreed=True)

    def filled(self, view: View, prior: Prior, name: str) -> Resolution:
        """The calls of a function, where it is known to be the one that is asked for."""
        return self._one(view, prior, name, 1.0, {name: 1.0})

    def cuts(self, view: View, prior: Prior) -> tuple[Resolution | None, list[Cut]]:
        """For training: what an utterance asks for uncut, and the ways to cut it once."""
        scores = choose(self.model, view, prior, self.allowed)
        whole = self._whole(view, scores)
        if whole is None:
            return None, []
        found = self._one(view, prior, whole.function, whole.probability, scores)
        return found, list(self._cutter(view, prior, scores).cuts((whole,), found))

    def _whole(self, view: View, scores: Probabilities) -> Clause | None:
        """The utterance as one clause; None if it asks for nothing."""
        name, probability = best_function(scores)
        if not name or scores.get(NONE, 0.0) >= probability:
            return None
        return Clause(0, len(view.words), name, probability)

    def _cutter(self, view: View, prior: Prior, scores: Probabilities) -> Cutter:
        def join(parts: Sequence[Clause]) -> Resolution:
            return self._join(view, parts, prior, scores)

        return Cutter(self.model, view, scores, self.allowed, self.definitions, join)

    def _resolve_offer(self, dialogue: Dialogue, prior: Prior, offer: str) -> Resolution:
        """はい after 東京の天気を調べましょうか？ asks for what was offered."""
        view = read(offer, dialogue.now)
        scores = choose(self.model, view, Prior(), self.allowed)
        name, probability = best_function(scores)
        if prior.call is not None and scores.get(prior.call.name, 0.0) * 3 >= probability:
            name = prior.call.name
        if not name or (prior.call is None and probability < OFFERED):
            return Resolution((), (), (), scores, max(0.5, scores.get(NONE, 0.5)))
        found = self._one(view, prior, name, max(probability, 0.5), scores, accepted=True)
        found = self._with_what_was_told(found, dialogue)
        turn = len(dialogue.messages) - 2
        mentions = tuple(
            Mention(m.kind, m.text, m.start, m.end, m.value, m.argument, turn)
            for m in found.mentions
        )
        note = "The utterance accepts what the assistant offered."
        return replace(found, mentions=mentions, notes=(note,), agreed=True)

    def _with_what_was_told(self, found: Resolution, dialogue: Dialogue) -> Resolution:
        """登録しましょうか？ offers to write down what the user has told just before."""
        definition = self.definitions[found.calls[0].name]
        told = dialogue.messages[-3:-2]
        if len(found.calls) > 1 or names_something(found.calls[0], definition):
            return found
        if not told or told[0].role != "user":
            return found
        view = read(told[0].content, dialogue.now)
        values = read_slots(self.model, view, definition, Prior(), None).values
        more = {n: m[0].value for n, m in values.items() if len(m) == 1}
        calls = (
            FunctionCall(
                definition.name, ordered({**more, **found.calls[0].arguments}, definition)
            ),
        )
        return replace(found, calls=calls, missing=missing_of(calls, definition))

    def _join(
        self, view: View, parts: Sequence[Clause], prior: Prior, scores: Probabilities
    ) -> Resolution:
        """One resolution of several clauses."""
        calls: list[FunctionCall] = []
        missing: list[str] = []
        mentions: list[Mention] = []
        certainty = 1.0
        for part in parts:
            stretch = cut(view, part.first, part.last)
            before = prior if not calls else Prior()
            day = self._day_of(calls)
            found = self._one(stretch, before, part.function, part.probability, scores, day=day)
            found = self._shared(found, calls)
            offset = len(calls)
            calls += found.calls
            missing += [renumber(name, offset) for name in found.missing]
            mentions += [shift(mention, offset) for mention in found.mentions]
            certainty *= found.certainty
        note = f"The utterance was cut into {len(parts)} clauses."
        return Resolution(tuple(calls), tuple(missing), tuple(mentions), scores, certainty, (note,))

    def _day_of(self, earlier: list[FunctionCall]) -> str | None:
        """The day of the clause before: 明日10時に会議、15時に歯医者."""
        if not earlier:
            return None
        return named_time(earlier[-1], self.definitions)

    def _shared(self, found: Resolution, earlier: list[FunctionCall]) -> Resolution:
        """Give a clause what an earlier one named: 萩の見どころと、明日の天気."""
        if not earlier or not found.missing:
            return found
        before, call = earlier[-1], found.calls[0]
        definition = self.definitions[call.name]
        lent = carry.candidates(before, definition, self.definitions[before.name])
        filled = {
            name: first_alternative(lent[name])
            for name in definition.required
            if name in lent and name not in call.arguments
        }
        calls = tuple(
            FunctionCall(c.name, ordered({**filled, **c.arguments}, definition))
            for c in found.calls
        )
        return replace(found, calls=calls, missing=missing_of(calls, definition))

    def _one(
        self,
        view: View,
        prior: Prior,
        name: str,
        probability: float,
        scores: Probabilities,
        *,
        accepted: bool = False,
        day: str | None = None,
    ) -> Resolution:
        """One function, filled: several calls where an argument has several values."""
        definition = self.definitions[name]
        before = day or anchor(view, prior, self.definitions)
        slots = read_slots(self.model, view, definition, prior, before)
        single = {n: m[0].value for n, m in slots.values.items() if len(m) == 1}
        given = frozenset(slots.values)
        short = len(view.words) <= carry.SHORT
        said = carry.Said(definition, given, enum_values(slots), short)
        lent = carry.carried(self.model, view, prior, said, self.definitions)
        if accepted and prior.call is not None and prior.call.name == name:
            lent = {k: v for k, v in prior.call.arguments.items() if k not in given}
        lent |= lent_by_reply(self.model, view, prior, definition, slots, lent)
        arguments = {**without_choices(lent, slots, definition), **enum_values(slots), **single}
        rows = expand(slots, arguments, definition)
        calls = tuple(FunctionCall(name, ordered(row, definition)) for row in rows)
        missing = missing_of(calls, definition)
        certainty = probability
        for _, p in slots.enums.values():
            certainty *= p
        notes = (f"Carried over from before: {', '.join(lent)}.",) if lent else ()
        return Resolution(calls, missing, mentions_of(slots, rows), scores, certainty, notes)
