"""Gates and routers side by side, on the same cases.

A *system* is a name and a way to start it; what it starts answers a dialogue. A
further one is one more entry of the list.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from time import perf_counter
from typing import Any

from funcgemma.data.scoring import Schemas
from funcgemma.evaluation.intervals import intervals
from funcgemma.evaluation.judged import asked_llm, judge
from funcgemma.evaluation.latency import latency
from funcgemma.evaluation.outcomes import Outcome, outcomes, resampling_groups
from funcgemma.evaluation.rates import SUMMARY, ratio
from funcgemma.gate import keywords
from funcgemma.model import gate_alone
from funcgemma.records import Case, Decision, Dialogue, FunctionCall
from funcgemma.resolver.language_stage import LanguageStage, When
from funcgemma.router import Router

FORMAT = 1
ROUNDS = 5
GATE_RATES = ("gate_accuracy", "no_function_recall", "request_recall")
CALL_RATES = ("function_accuracy", "call_accuracy")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a system says: yes or no, and if it can, the calls and how sure it is.

    `unsure` is the router's own word that a call does not keep to its bound on false actions;
    `llm` tells whether a language model was asked.
    """

    acts: bool
    calls: tuple[FunctionCall, ...] | None = None
    confidence: float | None = None
    unsure: bool = False
    llm: bool = False


Decide = Callable[[Dialogue], Answer]


@dataclass(frozen=True, slots=True)
class System:
    """Something to be measured.

    Attributes:
        name: Its name in tables.
        start: Gives what answers; called for each round, so that nothing is remembered.
        resolves: Whether it finds calls; a gate only says yes or no.
        slow: Whether one round must do: it is timed while it answers.
    """

    name: str
    start: Callable[[], Decide]
    resolves: bool
    slow: bool = False


def systems_of(router: Router) -> list[System]:
    """The gates and routers that a router's functions and model give."""
    definitions = tuple(router.definitions.values())
    found = [_gate("keyword gate", keywords.needs_function)]
    if router.model is not None:
        found.append(_gate("ML gate", router.model.gate.needs_function))
    found.append(System("keyword router", lambda: _routing(Router(definitions, None)), True))
    if router.model is not None:
        model, rate = router.model, router.max_false_action
        found.append(
            System(
                "embedded router",
                lambda: _routing(Router(definitions, model, rate), True),
                True,
            )
        )
    return found + (_llm_systems(router, router.llm) if router.llm else [])


def _llm_systems(router: Router, llm: LanguageStage) -> list[System]:
    """A language model as gate, behind the gate, and behind the embedded router."""
    definitions, rate = tuple(router.definitions.values()), router.max_false_action

    def routing(when: When) -> Decide:
        model = router.model and gate_alone(router.model) if when == "passed" else router.model
        return _routing(Router(definitions, model, rate, replace(llm, when=when)))

    found = [System("LLM gate", lambda: _acting(routing("always")), False, slow=True)]
    if router.model is None:
        return [*found, System("LLM router", lambda: routing("always"), True, slow=True)]
    return [
        *found,
        System("ML gate + LLM", lambda: routing("passed"), True, slow=True),
        System("cascade", lambda: routing("unsure"), True, slow=True),
    ]


def _acting(decide: Decide) -> Decide:
    """What a router says, as a gate."""
    return lambda dialogue: replace(decide(dialogue), calls=None, confidence=None)


def _gate(name: str, needs_function: Callable[[str], bool]) -> System:
    return System(name, lambda: lambda dialogue: Answer(needs_function(dialogue.text)), False)


def _routing(router: Router, sure: bool = False) -> Decide:
    def decide(dialogue: Dialogue) -> Answer:
        decision = router.route(dialogue)
        confidence = decision.confidence if sure else None
        return Answer(
            bool(decision.calls), decision.calls, confidence, decision.unsure, asked_llm(decision)
        )

    return decide


def benchmark(
    systems: Sequence[System],
    cases: Sequence[Case],
    schemas: Schemas,
    *,
    bound: float | None = None,
    rounds: int = ROUNDS,
    done: Callable[[float, str], Any] = lambda share, name: None,
) -> dict[str, Any]:
    """Measure every system on the cases, as plain JSON values.

    Args:
        systems: What to measure.
        cases: The cases.
        schemas: Of the functions, for comparing arguments.
        bound: From which confidence on a decision needs no language model; None = where the
            router keeps to its own bound on false actions.
        rounds: How often each case is timed, after a first round that is not.
        done: Told the share that is done, and of what.
    """
    measured = []
    for number, system in enumerate(systems):
        done(number / len(systems), system.name)
        measured.append(_measure(system, cases, schemas, bound, rounds))
    return {
        "format": FORMAT,
        "cases": len(cases),
        "requests": sum(bool(case.calls) for case in cases),
        "bound": bound,
        "rounds": rounds,
        "systems": measured,
    }


def _measure(
    system: System, cases: Sequence[Case], schemas: Schemas, bound: float | None, rounds: int
) -> dict[str, Any]:
    answers, times = _first_round(system, cases)  # this also warms it up
    rows = _outcomes(cases, answers, schemas)
    names = GATE_RATES + (CALL_RATES if system.resolves else ())
    counted = {name: [SUMMARY[name](row) for row in rows] for name in names}
    bounds = intervals(counted, [row.group for row in rows])
    rates: dict[str, float | None] = dict.fromkeys((*GATE_RATES, *CALL_RATES))
    return {
        "name": system.name,
        **rates,
        **{name: ratio(parts) for name, parts in counted.items()},
        "intervals": bounds,
        "latency_ms": latency(times if system.slow else _times(system, cases, rounds)),
        "llm_calls_avoided": _avoided(answers, rows, bound),
        "llm_calls": sum(answer.llm for answer in answers),
    }


def _outcomes(cases: Sequence[Case], answers: Sequence[Answer], schemas: Schemas) -> list[Outcome]:
    _, groups = resampling_groups(cases)
    decisions = [Decision(a.calls or (), confidence=a.confidence or 0.0) for a in answers]
    rows = outcomes(judge(cases, decisions, schemas), groups)
    return [replace(row, acts=answer.acts) for row, answer in zip(rows, answers, strict=True)]


def _first_round(system: System, cases: Sequence[Case]) -> tuple[list[Answer], list[float]]:
    """The answers, and the milliseconds each took, on the wall clock."""
    decide = system.start()
    answers, times = [], []
    for case in cases:
        dialogue = case.dialogue
        started = perf_counter()
        answers.append(decide(dialogue))
        times.append(1000 * (perf_counter() - started))
    return answers, times


def _times(system: System, cases: Sequence[Case], rounds: int) -> list[float]:
    """Milliseconds of every call in all rounds."""
    return [time for _ in range(rounds) for time in _first_round(system, cases)[1]]


def _avoided(
    answers: Sequence[Answer], rows: Sequence[Outcome], bound: float | None
) -> dict[str, float | None] | None:
    """The share of cases decided within the bound, and how often such decisions are right."""
    if any(answer.confidence is None for answer in answers):
        return None
    sure = [
        not answer.unsure if bound is None else (answer.confidence or 0.0) >= bound
        for answer in answers
    ]
    decided = [(float(row.call_right), 1.0) for row, yes in zip(rows, sure, strict=True) if yes]
    left = [(float(row.call_right), 1.0) for row, yes in zip(rows, sure, strict=True) if not yes]
    return {
        "share": ratio([(float(yes), 1.0) for yes in sure]),
        "right": ratio(decided),
        "right_of_the_others": ratio(left),
    }
