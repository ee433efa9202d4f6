"""The last decision explained: in plain words (/why) and in numbers (/trace)."""

import re
from collections.abc import Sequence

from funcgemma.cli.chat.words import FEATURES, WHY, say, sentence
from funcgemma.records import Decision, Trace
from funcgemma.resolver.embedded.features import NONE
from funcgemma.session import Session

SHOWN = 4
"""Most candidates and features that are named."""
LEAST = 0.005
"""Less likely functions are not named."""
_CARRIED = re.compile(r"Carried over from before: (.*)\.")
_CLAUSES = re.compile(r"cut into (\d+) clauses")
_GRAMMAR = ("p", "et", "n")
_MARKS = {"\x02": "^", "\x03": "$", "<s>": "^", "</s>": "$", "<Q>": "「…」"}

Pairs = Sequence[tuple[str, float]]


def why(session: Session, language: str) -> str:
    """The last decision in plain words."""
    explained = session.explain()
    made = session.state.decision
    if explained is None or made is None:
        return sentence(language, "nothing")
    lines = []
    if session.state.how != "routed":
        lines.append(say(language, WHY[session.state.how]))
    if session.state.how in ("routed", "asked_again", "unsure"):
        lines += _routing(explained, language)
    lines += _arguments(made, _carried(explained), language)
    percent = round(100 * made.confidence)
    return "\n".join((*lines, say(language, WHY["sure"], percent=percent)))


def trace(session: Session, language: str) -> str:
    """The numbers behind the last decision."""
    decision = session.explain()
    if decision is None:
        return sentence(language, "nothing")
    times = "  ".join(f"{stage} {ms:.2f} ms" for stage, ms in decision.timings.items())
    lines = [f"stage {decision.stage}  confidence {decision.confidence:.4f}  {times}"]
    found = decision.trace
    if found is None:
        return "\n".join((*lines, sentence(language, "untraced")))
    if found.gate_score is not None:
        lines.append(f"gate {found.gate_score:+.3f}: {_numbers(found.gate_features)}")
    if found.function_scores:
        lines.append("functions: " + "  ".join(f"{n} {p:.3f}" for n, p in found.function_scores))
        lines.append(f"because: {_numbers(found.function_features)}")
    for m in decision.mentions:
        lines.append(f"mention {m.kind} {m.text!r} = {m.value!r} -> {m.argument or '-'}")
    return "\n".join((*lines, *found.notes))


def _routing(decision: Decision, language: str) -> list[str]:
    lines = [say(language, WHY["yes" if decision.calls else "no"])]
    found = decision.trace
    if found is None:
        return [*lines, say(language, WHY["keywords"])]
    if found.gate_score is not None:
        lines.append(say(language, WHY["passed"], score=found.gate_score))
    sign = 1 if decision.calls else -1  # what speaks for a function speaks against none
    gate = [(feature, sign * weight) for feature, weight in found.gate_features]
    letters = _named(gate, language, letters=True)
    if letters:
        lines.append(say(language, WHY["letters"], features=letters))
    return [*lines, *_choice(found, language), *_notes(found, language)]


def _choice(found: Trace, language: str) -> list[str]:
    """Which functions were considered, and what decided."""
    if not found.function_scores:
        return []
    comma = "、" if language == "ja" else ", "
    names = [
        f"{say(language, WHY['none']) if name == NONE else name} {round(100 * p)}%"
        for name, p in found.function_scores[:SHOWN]
        if p >= LEAST
    ]
    lines = [say(language, WHY["scores"], scores=comma.join(names))]
    for key, sign in (("because", 1), ("against", -1)):
        pairs = [(f, sign * w) for f, w in found.function_features if sign * w > 0]
        named = _named(pairs, language)
        if named:
            lines.append(say(language, WHY[key], features=named))
    return lines


def _notes(found: Trace, language: str) -> list[str]:
    lines = []
    for note in found.notes:
        cut = _CLAUSES.search(note)
        if cut:
            lines.append(say(language, WHY["clauses"], count=cut[1]))
        elif "accepts" in note:
            lines.append(say(language, WHY["offer"]))
    return lines


def _carried(decision: Decision) -> frozenset[str]:
    notes = decision.trace.notes if decision.trace else ()
    matches = [m for note in notes if (m := _CARRIED.search(note))]
    return frozenset(name for m in matches for name in m[1].split(", "))


def _arguments(decision: Decision, carried: frozenset[str], language: str) -> list[str]:
    lines = []
    sources = {m.argument: m.text for m in decision.mentions if m.argument}
    for index, call in enumerate(decision.calls):
        for name, value in call.arguments.items():
            source = sources.get(f"{index}.{name}")
            key = "argument" if source else "carried" if name in carried else "chosen_value"
            text = say(language, WHY[key], name=name, value=value, source=source)
            lines.append(f"{call.name}: {text}")
    for missing in decision.missing:
        lines.append(say(language, WHY["missing"], name=missing.partition(".")[2]))
    return lines


def _named(pairs: Pairs, language: str, *, letters: bool = False) -> str:
    """The strongest features that speak for it, in words, each once."""
    named = [_feature(f, language, letters=letters) for f, weight in pairs if weight > 0]
    return ("、" if language == "ja" else ", ").join(list(dict.fromkeys(named))[:SHOWN])


def _feature(feature: str, language: str, *, letters: bool) -> str:
    kind, colon, rest = feature.partition(":")
    if letters or not colon:
        return say(language, FEATURES["letters"], x=_readable(feature))
    kind = "grammar" if kind in _GRAMMAR else kind
    if kind not in FEATURES:
        return say(language, FEATURES["letters"], x=_readable(feature))
    return say(language, FEATURES[kind], x=_readable(rest.replace("_", " ")))


def _readable(text: str) -> str:
    for mark, shown in _MARKS.items():
        text = text.replace(mark, shown)
    return text


def _numbers(pairs: Pairs) -> str:
    return "  ".join(f"{_readable(name)} {weight:+.2f}" for name, weight in pairs)
