"""What earlier turns give the newest one: the prior call, offers, and carried arguments."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from funcgemma.functions.definition import FunctionDefinition
from funcgemma.records import Decision, Dialogue, FunctionCall, Message
from funcgemma.resolver.embedded.features import Prior, prior_features, time_features
from funcgemma.resolver.embedded.model import EmbeddedModel
from funcgemma.resolver.embedded.slots import is_choice, kind_of
from funcgemma.resolver.embedded.view import View

MEMORY = 6
"""Calls asked for more user turns ago than this are forgotten."""

_ASKS = re.compile(r"[？?]\s*$|(?:ですか|ますか|しょうか|ください)[。\s]*$")
_OFFERS = re.compile(
    r"ましょうか|(?:し|調べ|登録し|探し|訳し)ますか|いかがでしょうか|どうでしょうか|よろしいですか|"
    r"\b(?:shall|should|would you like|do you want|want) (?:I|me)\b|would you like",
    re.IGNORECASE,
)
_YES = re.compile(
    r"(?:はい|うん|ええ|そう|お願い|おねがい|頼む|たのむ|よろしく|もちろん|ぜひ|オッケー|"
    r"おっけー|それで|いいよ|いいです|して|やって|しといて|ほしい|欲しい|ください|下さい|します|"
    r"いたします|ok|okay|yes|yeah|yep|sure|please|go ahead|do it|[、。！!,.\sねよーっ〜～])+$",
    re.IGNORECASE,
)
_FIRST_YES = re.compile(
    r"^(?:はい|うん|ええ|お願い|おねがい|頼む|ぜひ|yes|yeah|sure|please|ok)", re.IGNORECASE
)


def prior_of(
    dialogue: Dialogue, decisions: Mapping[int, Decision], required: Mapping[str, Sequence[str]]
) -> Prior:
    """The state of a dialogue before its newest utterance.

    Args:
        dialogue: The conversation.
        decisions: Decisions of earlier user turns by message index.
        required: Function -> its required arguments.
    """
    earlier = dialogue.messages[:-1]
    asked = (
        bool(earlier)
        and earlier[-1].role == "assistant"
        and bool(_ASKS.search(earlier[-1].content))
    )
    reply = earlier[-1].content if earlier and earlier[-1].role == "assistant" else ""
    age = 0
    for index in range(len(earlier) - 1, -1, -1):
        if earlier[index].role != "user":
            continue
        age += 1
        calls = calls_of(earlier[index], decisions.get(index))
        if age > MEMORY:
            break
        if calls:
            call = calls[-1]
            missing = tuple(n for n in required.get(call.name, ()) if n not in call.arguments)
            return Prior(call, age, missing, asked, len(earlier), reply)
    return Prior(None, 0, (), asked, len(earlier), reply)


def calls_of(message: Message, decision: Decision | None) -> tuple[FunctionCall, ...]:
    """The calls of an earlier user message: those that are known, else those decided."""
    if message.calls is not None:
        return message.calls
    return decision.calls if decision else ()


def accepted_offer(dialogue: Dialogue) -> str | None:
    """The assistant's offer that a bare はい or お願い accepts; None if it is none."""
    if len(dialogue.messages) < 2 or dialogue.messages[-2].role != "assistant":
        return None
    text, offer = dialogue.text.strip(), dialogue.messages[-2].content
    short = len(text) <= 24 and bool(_FIRST_YES.match(text)) and bool(_YES.match(text))
    return offer if short and _OFFERS.search(offer) else None


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


def carried(
    model: EmbeddedModel,
    view: View,
    prior: Prior,
    definition: FunctionDefinition,
    given: Mapping[str, Any],
    definitions: Mapping[str, FunctionDefinition],
) -> dict[str, Any]:
    """Arguments of the earlier call that the newest utterance leaves standing."""
    if prior.call is None or prior.call.name not in definitions:
        return {}
    if model.carry and model.carry.score(carry_features(view, prior, definition.name)) <= 0:
        return {}
    return {
        name: value
        for name, value in candidates(prior.call, definition, definitions[prior.call.name]).items()
        if name not in given
    }


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
            if other in earlier.properties and kind_of(earlier.properties[other]) == kind:
                lent[name] = value
    return lent
