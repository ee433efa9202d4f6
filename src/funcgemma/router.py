"""The whole decision, from a dialogue to calls. Read this file first.

    dialogue ─> gate ──no──────────────────────> Decision(calls=())
                 │yes
                 └─> resolver ─> calls, missing ─> confidence ─> Decision
                                    unsure? a language model, if there is one

A `Router` never changes after it is built, may be used by many threads, and
remembers its latest decisions, so that the earlier turns of a conversation are
not decided again.
"""

import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from funcgemma.functions.definition import FunctionDefinition
from funcgemma.gate.gate import Gate
from funcgemma.language.normalise import gate_text
from funcgemma.model import Model, load_model
from funcgemma.records import Decision, Dialogue, Message, Trace
from funcgemma.resolver.embedded.bound import SHARES, Bounds
from funcgemma.resolver.embedded.calls import Resolution
from funcgemma.resolver.embedded.confidence import confidence
from funcgemma.resolver.embedded.dialogue import MEMORY, accepted_offer
from funcgemma.resolver.embedded.features import NONE, Prior, dialogue_features
from funcgemma.resolver.embedded.numbers import sigmoid
from funcgemma.resolver.embedded.resolve import EmbeddedResolver
from funcgemma.resolver.embedded.view import read
from funcgemma.resolver.keywords import resolve_by_keywords
from funcgemma.resolver.language_stage import LanguageStage

MAX_FALSE_ACTION = 0.01
REMEMBERED = 512
"""How many decisions a router keeps for the earlier turns of conversations."""


class Router:
    """Decides which registered functions an utterance asks for, and with which arguments.

    Args:
        definitions: The functions that may be called now. One the model was trained on but
            that is not here is never chosen; one it has never seen is in `untrained`.
        model: Gate and embedded resolver; None = keywords only.
        max_false_action: Allowed share of everyday text that asks for nothing and is acted on
            without asking first, 0..1; decisions above it are `unsure`.
        llm: A language model that has a say in some decisions; None = it works alone.
    """

    def __init__(
        self,
        definitions: Iterable[FunctionDefinition],
        model: Model | None,
        max_false_action: float = MAX_FALSE_ACTION,
        llm: LanguageStage | None = None,
    ) -> None:
        self.definitions = {d.name: d for d in definitions}
        self.model = model
        self.llm = llm
        self._resolver = EmbeddedResolver(model.embedded, self.definitions) if model else None
        self.max_false_action = max_false_action
        bounds = model.embedded.bounds if model else Bounds()
        self._least = {risk: bounds.threshold(risk, max_false_action) for risk in SHARES}
        self._memory: OrderedDict[object, Decision] = OrderedDict()
        self._lock = threading.Lock()

    @staticmethod
    def load(folder: Path, definitions: Iterable[FunctionDefinition]) -> "Router":
        """A router with the model in a folder; it never trains.

        Raises:
            ArtefactError: The model is missing, damaged or too new.
        """
        return Router(definitions, load_model(folder))

    @property
    def untrained(self) -> tuple[str, ...]:
        """Registered functions that the model has never seen; it leaves them alone."""
        if self._resolver is None:
            return ()
        return tuple(name for name in self.definitions if name not in self._resolver.allowed)

    def route(self, dialogue: Dialogue, *, trace: bool = False) -> Decision:
        """Decide about the newest utterance of a dialogue.

        Args:
            dialogue: Its last message is the user's newest utterance.
            trace: Whether the decision explains itself (costs some time).
        """
        key = _key(dialogue.messages, dialogue)
        if not trace and not dialogue.decisions:
            known = self._recall(key)
            if known is not None:
                return known
        decision = self._decide(dialogue, trace)
        # Given decisions may differ from what would be made here, and a runtime may come back.
        if not dialogue.decisions and decision.problem is None:
            self._remember(key, decision)
        return decision

    def route_many(self, dialogues: Iterable[Dialogue]) -> Iterator[Decision]:
        """Decide about each dialogue in turn, as a stream."""
        return (self.route(dialogue) for dialogue in dialogues)

    def _decide(self, dialogue: Dialogue, trace: bool) -> Decision:
        first = self._alone(dialogue, trace)
        if self.llm is None:
            return first
        known = {} if self.model is None else self._earlier(dialogue)
        told = replace(dialogue, decisions=known)
        return self.llm.decide(first, told, self.definitions, untrained=bool(self.untrained))

    def _alone(self, dialogue: Dialogue, trace: bool) -> Decision:
        """The decision without a language model."""
        started = perf_counter()
        if self.model is None:
            decision = resolve_by_keywords(dialogue, self.definitions)
            return replace(decision, timings={"keywords": _since(started)})
        return self._decide_after(dialogue, self._earlier(dialogue), trace)

    def _decide_after(
        self, dialogue: Dialogue, earlier: Mapping[int, Decision], trace: bool
    ) -> Decision:
        """Decide about the newest utterance, given the decisions about the turns before it."""
        assert self.model is not None and self._resolver is not None
        started = perf_counter()
        prior = self._resolver.prior(dialogue, earlier)
        gate = self.model.gate
        matched = gate_text(dialogue.text)
        score = gate.score_matched(matched)
        passed = score >= gate.reject or prior.asked or accepted_offer(dialogue) is not None
        gated = perf_counter()
        explained = _explain_gate(gate, dialogue.text, score) if trace else None
        if not passed:
            sure = sigmoid(gate.calibration[0] * score + gate.calibration[1])
            timings = {"gate": 1000 * (gated - started)}
            return Decision(confidence=sure, stage="gate", timings=timings, trace=explained)
        found = self._resolver.resolve(dialogue, prior, matched)
        sure = confidence(found, prior, self.model.embedded.calibration)
        if explained is not None:
            explained = _explain(self._resolver, dialogue, prior, found, explained)
        return Decision(
            found.calls,
            found.missing,
            sure,
            "embedded",
            found.mentions,
            unsure=self._is_unsure(found),
            timings={"gate": 1000 * (gated - started), "embedded": _since(gated)},
            trace=explained,
        )

    def _is_unsure(self, found: Resolution) -> bool:
        """Whether a call is less sure than the bound for its risk asks for."""
        risks = (self.definitions[call.name].worst_risk(call.arguments) for call in found.calls)
        return any(found.demand <= self._least[risk] for risk in risks)

    def _earlier(self, dialogue: Dialogue) -> Mapping[int, Decision]:
        """Decisions of the earlier user turns: given, remembered, or made now, oldest first.

        Only the last turns matter, and what they in turn remember: older ones are left out.
        """
        users = [i for i, m in enumerate(dialogue.messages[:-1]) if m.role == "user"]
        known = dict(dialogue.decisions)
        for i in users[-2 * MEMORY :]:
            if i not in known and dialogue.messages[i].calls is None:
                known[i] = self._decision_at(dialogue, i, known)
        return known

    def _decision_at(self, dialogue: Dialogue, i: int, known: Mapping[int, Decision]) -> Decision:
        """The decision about an earlier user turn, remembered or made from what came before it."""
        before = Dialogue(dialogue.messages[: i + 1], dialogue.now, known)
        if dialogue.decisions:
            return self._decide_after(before, known, trace=False)
        key = _key(before.messages, before)
        decision = self._recall(key) or self._decide_after(before, known, trace=False)
        self._remember(key, decision)
        return decision

    def _recall(self, key: object) -> Decision | None:
        with self._lock:
            known = self._memory.get(key)
            if known is not None:
                self._memory.move_to_end(key)
            return known

    def _remember(self, key: object, decision: Decision) -> None:
        with self._lock:
            self._memory[key] = decision
            if len(self._memory) > REMEMBERED:
                self._memory.popitem(last=False)


def _key(messages: tuple[Message, ...], dialogue: Dialogue) -> object:
    turns = tuple((m.role, m.content, None if m.calls is None else repr(m.calls)) for m in messages)
    now = dialogue.now
    return turns, now, now.utcoffset()  # equal instants in two zones are two clocks


def _since(started: float) -> float:
    return 1000 * (perf_counter() - started)


def _explain_gate(gate: Gate, text: str, score: float) -> Trace:
    return Trace(gate_score=score - gate.threshold, gate_features=gate.explain(text))


def _explain(
    resolver: EmbeddedResolver, dialogue: Dialogue, prior: Prior, found: Resolution, trace: Trace
) -> Trace:
    features = dialogue_features(read(dialogue.text, dialogue.now), prior)
    label = found.calls[0].name if found.calls else NONE
    return Trace(
        trace.gate_score,
        trace.gate_features,
        tuple(sorted(found.scores.items(), key=lambda pair: -pair[1])),
        resolver.model.chooser.explain(features, label),
        found.notes,
    )
