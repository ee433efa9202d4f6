"""Judged cases worked by hand, and larger made-up sets."""

import random

import pytest

from funcgemma import Case, Decision, FunctionCall
from funcgemma.evaluation.judged import judge


def _weather(place):
    return FunctionCall("weather_info", {"location": place})


@pytest.fixture
def judged(now, registry):
    """Right; wrong place; false action; rightly silent."""
    pairs = [
        ((_weather("京都"),), (_weather("京都"),), 0.9),
        ((_weather("京都"),), (_weather("大阪"),), 0.6),
        ((), (_weather("京都"),), 0.2),
        ((), (), 1.0),
    ]
    cases = [
        Case(str(i), f"<b>発話</b> & {i}", now, calls=gold, category="c", tags=("t",), writer="w")
        for i, (gold, _, _) in enumerate(pairs)
    ]
    decisions = [
        Decision(got, confidence=sure, stage="embedded", timings={"gate": 1.0 + i})
        for i, (_, got, sure) in enumerate(pairs)
    ]
    return judge(cases, decisions, registry.schemas)


@pytest.fixture
def made(now, registry):
    """Judge `count` made-up cases by ten writers; `skill` is the share that comes out right."""

    def make(count, skill, seed=0, prefix="c"):
        chance = random.Random(seed)
        cases, decisions = [], []
        for i in range(count):
            asks = i % 2 == 0
            right = chance.random() < skill
            tags = () if asks or i % 4 == 1 else ("everyday",)
            case = Case(
                f"{prefix}{i}",
                f"発話{i}",
                now,
                calls=(_weather("京都"),) if asks else (),
                tags=tags,
                writer=f"w{i // 2 % 10}",
                group=f"w{i // 2 % 10}",
            )
            cases.append(case)
            got = (_weather("京都"),) if asks == right else ()
            decisions.append(Decision(got, confidence=skill, stage="gate"))
        return judge(cases, decisions, registry.schemas)

    return make
