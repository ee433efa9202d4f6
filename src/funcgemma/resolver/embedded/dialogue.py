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
_AGREES = re.compile(
    r"はい|うん|ええ|おう|ああ|そう|ほうじゃ|お願い|おねがい|願います|頼み?|たの[みむん]|よろしく|宜しく|もちろん|ぜひ|"
    r"是非|オッケー|おっけー|それで|そうして|いいよ|いいです|いいね|よか|して|やって|しといて|ほしい|"
    r"欲しい|ください|下さい|くれる|くれ|ちょうだい|します|いたします|致します|申し上げます|調べて|"
    r"\b(?:ok|okay|yes|yeah|yep|sure|please|go ahead|do it|do|that|would be great|thanks)\b",
    re.IGNORECASE,
)
_PARTICLES = re.compile(r"[、。！!？?,.\sねよなわーっのでじゃけんとう〜～ぞさ…]")
_REFUSES = re.compile(
    r"いや|いい[えや]|結構|けっこう|大丈夫|いらん|いらない|要らない|不要|なくて|やめ|\bno\b|\bnot\b"
)
LEFT_OVER = 2
"""More characters than this beside words of agreement, and it is an utterance of its own."""
_OFFERED = re.compile(
    r"(?:[をもは])?(?:お|ご)?(?:調べ|探し|検索|登録|設定|確認|案内|紹介|翻訳|訳|入れ|お見せ|見|出)"
    r"[ぁ-ん]{0,4}(?:しょうか|ますか).*$"
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
    """What the assistant offered and a bare はい or お願い accepts; None if it is none.

    What it would do (…を調べましょうか？) is cut off: the rest reads like a request.
    """
    if len(dialogue.messages) < 2 or dialogue.messages[-2].role != "assistant":
        return None
    offer = dialogue.messages[-2].content
    if not _OFFERS.search(offer) or not agrees(dialogue.text):
        return None
    return _OFFERED.sub("", offer) or offer


def agrees(text: str) -> bool:
    """Whether a text is agreement and nothing else."""
    if len(text) > 40 or _REFUSES.search(text) or not _AGREES.search(text):
        return False
    rest = _PARTICLES.sub("", _AGREES.sub("", text))
    return len(rest) <= LEFT_OVER


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
    lent = candidates(prior.call, definition, definitions[prior.call.name])
    if model.carry and model.carry.score(carry_features(view, prior, definition.name)) <= 0:
        # even a turn that starts afresh is still about the same thing if it names no other
        lent = {name: value for name, value in lent.items() if _subject(definition, name)}
    return {name: value for name, value in lent.items() if name not in given}


def _subject(definition: FunctionDefinition, name: str) -> bool:
    """Whether an argument says what a call is about, rather than when or how."""
    schema = definition.properties[name]
    return not is_choice(schema) and kind_of(schema) in ("place", "person", "verbatim", "phrase")


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
