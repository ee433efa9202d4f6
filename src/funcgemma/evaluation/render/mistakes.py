"""The list of the surest mistakes: what was said, wanted and decided."""

from collections.abc import Mapping, Sequence
from typing import Any

from funcgemma.data.scoring import value_right
from funcgemma.evaluation.render.page import escape, percent
from funcgemma.evaluation.render.words import Say

Call = Mapping[str, Any]


def mistakes_list(mistakes: Sequence[Mapping[str, Any]], say: Say) -> str:
    """A card for each mistake."""
    if not mistakes:
        return f'<p class="note">{escape(say("no_mistakes"))}</p>'
    return '<ol class="mistakes">\n' + "\n".join(_card(m, say) for m in mistakes) + "\n</ol>"


def _card(mistake: Mapping[str, Any], say: Say) -> str:
    language = escape(mistake["language"] or "")
    earlier = "".join(_turn(turn, language, say) for turn in mistake["history"])
    expected, got = mistake["expected"], mistake["got"]
    missing = ", ".join(mistake["missing"])
    lacks = f'<p class="lack">{escape(say("missing"))}: {escape(missing)}</p>' if missing else ""
    problem = f'<p class="lack">{escape(mistake["problem"])}</p>' if mistake["problem"] else ""
    kind = escape(mistake["kind"])
    return (
        f'<li><p class="meta"><span class="badge {kind}">{escape(say(mistake["kind"]))}</span>'
        f"<b>{percent(mistake['confidence'], 0)}</b> <span>{escape(mistake['stage'])}</span> "
        f"<code>{escape(mistake['id'])}</code></p>{earlier}"
        f'<p class="said"><bdi lang="{language}">{escape(mistake["text"])}</bdi></p>'
        f'<div class="pair"><div><h4>{escape(say("expected"))}</h4>{_calls(expected, got, say)}'
        f"</div><div><h4>{escape(say('got'))}</h4>{_calls(got, expected, say)}{lacks}{problem}"
        "</div></div></li>"
    )


def _turn(turn: Mapping[str, str], language: str, say: Say) -> str:
    who = escape(say(turn["role"]))
    return (
        f'<p class="turn"><span>{who}</span> <bdi lang="{language}">'
        f"{escape(turn['content'])}</bdi></p>"
    )


def _calls(calls: Sequence[Call], others: Sequence[Call], say: Say) -> str:
    if not calls:
        return f'<p class="none">{escape(say("no_call"))}</p>'
    return "".join(_call(call, others) for call in calls)


def _call(call: Call, others: Sequence[Call]) -> str:
    alike = [other["arguments"] for other in others if other["name"] == call["name"]]
    name = f'<p class="call{"" if alike else " off"}"><code>{escape(call["name"])}</code></p>'
    rows = "".join(_argument(key, value, alike) for key, value in call["arguments"].items())
    return f"{name}<dl>{rows}</dl>" if rows else name


def _argument(name: str, value: Any, others: Sequence[Mapping[str, Any]]) -> str:
    """One argument; set off where no call of that name on the other side agrees with it."""
    agrees = any(name in other and _same(value, other[name]) for other in others)
    shade = "" if agrees else ' class="off"'
    shown = " | ".join(map(str, value)) if isinstance(value, list) else str(value)
    return f"<div{shade}><dt>{escape(name)}</dt><dd><bdi>{escape(shown)}</bdi></dd></div>"


def _same(one: Any, other: Any) -> bool:
    """Either side may hold alternatives."""
    return value_right(one, other, {}) or value_right(other, one, {})
