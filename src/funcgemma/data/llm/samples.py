"""Cases that were written by people, as items of an answer: they show the model the form."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from funcgemma.data.corpus import Schemas
from funcgemma.data.labels import label_of
from funcgemma.data.llm.plan import Plan
from funcgemma.data.llm.schema import COMPUTED, kind_of
from funcgemma.records import Case

SHOWN = 3


class Samples:
    """Cases by label, from which a few are drawn for each question."""

    def __init__(self, cases: Sequence[Case], schemas: Schemas) -> None:
        self._schemas = schemas
        self._cases: dict[str, list[Case]] = {}
        for case in cases:
            self._cases.setdefault(label_of(case), []).append(case)

    def draw(self, plan: Plan, number: int = SHOWN) -> list[dict[str, Any]]:
        """Items of the form that a plan asks for; fewer where there are no such cases."""
        rng = Random(f"{plan.seed} samples")
        fitting = [case for case in self._cases.get(plan.label, ()) if _fits(case, plan)]
        rng.shuffle(fitting)
        # those that have the settled values come first
        fitting.sort(key=lambda case: not _has_focus(case, plan))
        items = (item_of(case, self._schemas) for case in fitting)
        found: list[dict[str, Any]] = []
        for item in items:
            if item is not None:
                found.append(item)
            if len(found) == number:
                break
        return found


def item_of(case: Case, schemas: Schemas) -> dict[str, Any] | None:
    """A case as the model would have to write it; None where it cannot be put so.

    That is where values have alternatives or come from no words of the text.
    """
    calls: list[dict[str, Any]] = []
    for number, call in enumerate(case.calls):
        properties = schemas.get(call.name, {}).get("properties", {})
        arguments: dict[str, Any] = {}
        for name, value in call.arguments.items():
            span = case.spans.get(f"{number}.{name}")
            written = _written(value, properties.get(name, {}), span, case.text)
            if written is None:
                return None
            arguments[name] = written
        calls.append({"name": call.name, "arguments": arguments})
    return {**_before(case), "text": case.text, **({"calls": calls} if calls else {})}


def _written(
    value: Any, schema: Mapping[str, Any], span: tuple[int, int] | None, text: str
) -> Any | None:
    kind = kind_of(schema)
    if kind in COMPUTED:
        return text[slice(*span)] if span else None
    if kind == "array":  # alternatives are lists of lists
        return None if not value or isinstance(value[0], list) else value
    if isinstance(value, list) or (kind != "choice" and isinstance(value, str) and not span):
        return None
    return value


def _before(case: Case) -> dict[str, Any]:
    turns = [turn.content for turn in case.history]
    pairs = [{"user": u, "assistant": a} for u, a in zip(turns[::2], turns[1::2], strict=False)]
    return {"before": pairs[-2:]} if pairs else {}


def _fits(case: Case, plan: Plan) -> bool:
    """Whether a case has the form of the plan: as many calls, a dialogue or none."""
    asked = tuple(call.name for call in case.calls)
    alternating = [turn.role for turn in case.history] == ["user", "assistant"] * (
        len(case.history) // 2
    )
    told = {name for call in case.calls for name in call.arguments}
    return (
        case.language == plan.language
        and asked == tuple(d.name for d in plan.functions)
        and bool(case.history) == (plan.phenomenon.key == "followup")
        and alternating
        and plan.absent not in told
        and ("missing" in case.tags) == (plan.absent is not None)
        and (plan.topic is None or case.category == plan.topic.category)
    )


def _has_focus(case: Case, plan: Plan) -> bool:
    return all(
        focus is None or call.arguments.get(focus.argument) == focus.value
        for call, focus in zip(case.calls, plan.focus, strict=True)
    )
