"""Which arguments of the earlier call still hold: じゃあ大阪は？, やっぱり消して, 19時に変えて.

An utterance that is a request of its own takes next to nothing over; one that
leans on the conversation takes what a small linear model says still holds.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from funcgemma.functions.definition import FunctionDefinition
from funcgemma.records import FunctionCall
from funcgemma.resolver.embedded.choose import choose_alone
from funcgemma.resolver.embedded.features import Prior, prior_features, time_features
from funcgemma.resolver.embedded.kinds import is_choice, kind_of
from funcgemma.resolver.embedded.model import EmbeddedModel
from funcgemma.resolver.embedded.times import TIME_KINDS
from funcgemma.resolver.embedded.view import View

COMPLETE = 0.5
"""From this probability, read alone, an utterance is a request of its own."""

SHORT = 10
"""An utterance of at most so many words holds no text or product that was overlooked."""

SUBJECTS = ("place", "person", "verbatim", "phrase")
"""Kinds that say what a call is about, rather than when or how."""

_LEANS = re.compile(
    r"^\s*(?:じゃあ|じゃ|では|なら|それなら|ほな|ほんなら|ほいじゃ|あと)|"
    r"^\s*(?:and|what about|how about|then)\b|"
    r"それ|その|そっち|そちら|そこ|さっき|先ほど|同じ|やっぱ|代わり|かわり|じゃなく|ではなく|違う|違った|"
    r"ちがう|ちゃう|これ|\b(?:it|its|that|this|there|same|instead|actually|those|them|one)\b",
    re.IGNORECASE,
)

Definitions = Mapping[str, FunctionDefinition]


@dataclass(frozen=True, slots=True)
class Said:
    """What the newest utterance itself says of the chosen function's arguments."""

    definition: FunctionDefinition
    given: frozenset[str]
    enums: Mapping[str, Any]
    short: bool


def carried(
    model: EmbeddedModel, view: View, prior: Prior, said: Said, definitions: Definitions
) -> dict[str, Any]:
    """Arguments of the earlier call that the newest utterance leaves standing."""
    if prior.call is None or prior.call.name not in definitions:
        return {}
    definition = said.definition
    lent = candidates(prior.call, definition, definitions[prior.call.name])
    lent = {name: value for name, value in lent.items() if name not in said.given}
    if _complete(model, view, prior, definition.name, definitions):
        return {name: v for name, v in lent.items() if _needed(name, prior.call, said)}
    holds = not model.carry or model.carry.score(carry_features(view, prior, definition.name)) > 0
    return {
        name: value
        for name, value in lent.items()
        if _kind(definition, name) in SUBJECTS
        or (holds and (prior.asked or not _own_time(name, said)))
    }


def _complete(
    model: EmbeddedModel, view: View, prior: Prior, name: str, definitions: Definitions
) -> bool:
    """Whether an utterance would be the same request without the conversation."""
    if prior.asked or _LEANS.search(view.text[view.start : view.end]):
        return False
    return choose_alone(model, view, frozenset(definitions)).get(name, 0.0) >= COMPLETE


def _needed(name: str, before: FunctionCall, said: Said) -> bool:
    """What even a request of its own takes over.

    The place or person it does not name; the text or product if it is too short to hold one
    (フランス語だと); and, where it does something else with the same thing (作った予定を消す),
    that thing.
    """
    kind = _kind(said.definition, name)
    if name in said.definition.required:
        return kind in ("place", "person") or (kind in SUBJECTS and said.short)
    if kind not in SUBJECTS or said.definition.risk_of(dict(said.enums)) == "read":
        return False
    return any(before.arguments.get(enum) != value for enum, value in said.enums.items())


def _own_time(name: str, said: Said) -> bool:
    """A thing of its own that is to be written down does not happen when the last one did.

    And what is dropped is known by its name: a time narrows it down only if it is said again.
    """
    if _kind(said.definition, name) not in TIME_KINDS:
        return False
    risk = said.definition.risk_of(dict(said.enums))
    if risk == "irreversible":
        return True
    return risk != "read" and any(_kind(said.definition, given) in SUBJECTS for given in said.given)


def _kind(definition: FunctionDefinition, name: str) -> str:
    schema = definition.properties.get(name, {})
    return "" if is_choice(schema) else kind_of(schema)


def candidates(
    call: FunctionCall, definition: FunctionDefinition, earlier: FunctionDefinition
) -> dict[str, Any]:
    """What an earlier call could lend: the same argument, or one of the same kind."""
    if call.name == definition.name:
        return dict(call.arguments)
    lent: dict[str, Any] = {}
    for name in definition.required:
        schema = definition.properties[name]
        kind = kind_of(schema)
        if is_choice(schema) or kind not in ("place", "person", "verbatim"):
            continue
        for other, value in call.arguments.items():
            known = earlier.properties.get(other)
            if known is not None and not is_choice(known) and kind_of(known) == kind:
                lent[name] = value
    return lent


def carry_features(view: View, prior: Prior, function: str) -> list[str]:
    """What speaks for and against arguments of the earlier call still holding."""
    same = prior.call is not None and prior.call.name == function
    features = prior_features(view, prior) + time_features(view)
    features += [
        f"same:{same}",
        f"len:{min(len(view.words), 20) // 2}",
        f"same:{same}_age{prior.age}",
    ]
    features += ["w:" + form for form in view.words.forms]
    features += ["end:" + "_".join(view.words.forms[-2:]), "to:" + function]
    features += ["c:" + kind for kind in set(view.words.classes)]
    return features
