"""The answer to what the assistant asked for: the utterance itself is the value.

たじみ after どちらの天気ですか？ is a place although no dictionary knows it, and whatever follows
どの文を訳しますか？ is the text, even if it reads like a request of another kind.
"""

import re
from collections.abc import Mapping, Sequence

from funcgemma.functions.definition import FunctionDefinition
from funcgemma.records import Mention
from funcgemma.resolver.embedded.dialogue import agrees, says_no
from funcgemma.resolver.embedded.fallbacks import make_mention
from funcgemma.resolver.embedded.features import Prior
from funcgemma.resolver.embedded.kinds import is_choice, kind_of
from funcgemma.resolver.embedded.view import View

SHORT = 4
"""More words than this name no place, person or product and nothing else."""

_ASKS_TEXT = re.compile(
    r"(?:文|文章|文面|本文|原文|メッセージ|テキスト|内容|言葉|フレーズ)"
    r"(?:を|は|の|が|で).{0,14}(?:ですか|でしょうか|ますか|ましょうか|ください|下さい|[？?])|"
    r"何(?:を|と).{0,10}訳|"
    r"\b(?:what|which|paste|read|send|type|share|give)\b.{0,30}"
    r"\b(?:text|message|sentence|words?|phrase|review|translate|judge)\b",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"待って|まって|(?:あと|後)で|今(?:から)?(?:送|貼|出)|なんでもな|何でもな|やっぱ|いいや|やめ|"
    r"\b(?:wait|hold on|hang on|later|one sec|never ?mind|forget it|actually|thanks)\b",
    re.IGNORECASE,
)
_STOP = re.compile(r"[。.、,，！!？?\n]|です|だよ|やで|\s-")
_EDGES = re.compile(
    r"^(?:えっと|えーと|ええと|あの|あ|oh|um|uh|er|ほれ|あー)[、,\s]*", re.IGNORECASE
)

Values = Mapping[str, Sequence[Mention]]


def gives_text(view: View, prior: Prior, definition: FunctionDefinition) -> bool:
    """Whether an utterance is the text that the assistant asked for."""
    said = view.text[view.start : view.end]
    return (
        _was_asked(prior, definition)
        and any(_is_text(definition, name) for name in prior.missing)
        and bool(_ASKS_TEXT.search(prior.reply))
        and not (len(said) < 40 and _LATER.search(said))
        and not agrees(said)
    )


def answered(
    view: View, prior: Prior, definition: FunctionDefinition, values: Values
) -> dict[str, list[Mention]]:
    """What the assistant asked for and the utterance is, where nothing was found in it."""
    if not _was_asked(prior, definition):
        return {}
    text = gives_text(view, prior, definition)
    found: dict[str, list[Mention]] = {}
    for name in prior.missing:
        schema = definition.properties.get(name, {})
        if name in values or is_choice(schema):
            continue
        place = None
        if _is_text(definition, name):
            place = _without_languages(view) if text else None
        elif kind_of(schema) in ("place", "person", "phrase"):
            place = _named(view)
        mention = make_mention(view, schema, *place) if place else None
        if mention is not None:
            found[name] = [mention]
    return found


def _was_asked(prior: Prior, definition: FunctionDefinition) -> bool:
    return (
        prior.asked
        and prior.age == 1
        and bool(prior.missing)
        and prior.call is not None
        and prior.call.name == definition.name
    )


def _is_text(definition: FunctionDefinition, name: str) -> bool:
    schema = definition.properties.get(name, {})
    return kind_of(schema) == "verbatim" and not is_choice(schema)


def _without_languages(view: View) -> tuple[int, int] | None:
    """The utterance, but for a language at its end (また電話する ポルトガル語)."""
    end = view.end
    for name in reversed(view.languages):
        if not view.text[name.end : end].strip(" 　。、,.でにへを"):
            end = name.start
    return (view.start, end) if view.text[view.start : end].strip() else None


def _named(view: View) -> tuple[int, int] | None:
    """The first stretch of the utterance, if it is short enough to be a name."""
    start = view.start
    edge = _EDGES.match(view.text[start:])
    start += edge.end() if edge else 0
    stop = _STOP.search(view.text, start)
    end = min(stop.start(), view.end) if stop else view.end
    words = view.words
    inside = [i for i in range(len(words)) if start <= words.starts[i] and words.ends[i] <= end]
    if not inside or len(inside) > SHORT or says_no(view.text[start:end]):
        return None
    if any(time.start < end and start < time.end for time in view.times):
        return None
    named = all(words.tags[i].startswith(("名詞", "接頭辞", "接尾辞", "助詞")) for i in inside)
    return (start, end) if named or len(inside) <= SHORT // 2 else None
