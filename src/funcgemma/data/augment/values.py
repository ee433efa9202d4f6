"""`values`: the words of an argument exchanged for others of its kind (京都の天気 → 松江の天気).

Only words that are their own value are exchanged, and only where they stand nowhere else in
the dialogue, so that nothing still points at the old ones.
"""

import re
from dataclasses import replace
from random import Random

from funcgemma.data.augment.edits import Edit, edited
from funcgemma.data.augment.gold import kind_of
from funcgemma.data.augment.kit import Kit, lexicon
from funcgemma.language.languages import NAMES
from funcgemma.records import Case, FunctionCall

LANGUAGES = ("fr", "de", "es", "it", "pt", "ru", "ko", "vi", "th", "id", "nl", "tr", "ar", "hi",
             "sv", "fi", "pl", "el")  # fmt: skip
TITLE = re.compile(r"(?:選手|監督|大統領|首相|総理|教授|博士|社長|公|氏|先生|投手|棋士)|'s\b")
VERB = re.compile(r"[うくぐすつぬぶむる]$")
BEFORE_NOUN = re.compile(r"\b(?:add|schedule|put|book|move|cancel|delete|the|my|a)\s$", re.I)
ARTICLE = re.compile(r"\b(an?)\s$", re.I)
OPENING = '「『“"‘'

Places = tuple[str, ...]


def exchange(case: Case, rng: Random, kit: Kit) -> Case | None:
    """Exchange the words of one argument."""
    options = []
    for span in sorted(set(case.spans.values())):
        places = tuple(sorted(p for p, s in case.spans.items() if s == span))
        if words := _words(case, span, places, kit):
            options.append((span, places, words))
    if not options:
        return None
    span, places, words = rng.choice(options)
    surface, value = rng.choice(words)
    return edited(case, [Edit(*span, surface)], calls=_with_value(case, places, value))


def _with_value(case: Case, places: Places, value: str) -> tuple[FunctionCall, ...]:
    calls = list(case.calls)
    for place in places:
        number, argument = place.split(".", 1)
        call = calls[int(number)]
        calls[int(number)] = replace(call, arguments={**call.arguments, argument: value})
    return tuple(calls)


def _words(case: Case, span: tuple[int, int], places: Places, kit: Kit) -> list[tuple[str, str]]:
    """(words, value) that may stand in a span."""
    slots = [(case.calls[int(p.split(".")[0])], p.split(".", 1)[1]) for p in places]
    kinds = {kind_of(call.name, argument, kit.schemas) for call, argument in slots}
    surface = case.text[slice(*span)]
    overlaps = any(s != span and s[0] < span[1] and span[0] < s[1] for s in case.spans.values())
    if len(kinds) != 1 or overlaps or _stands_elsewhere(case, surface, len(places)):
        return []
    kind, (call, argument) = kinds.pop(), slots[0]
    if kind == "language":
        return _languages(case, surface, call)
    if any(c.arguments.get(a) != surface for c, a in slots):
        return []
    if "comparison" in call.arguments.values():
        return []  # the words name two things
    taken = {str(v) for c in case.calls for v in c.arguments.values()}
    found = _listed(case, span, kind, (call.name, argument), kit)
    said = [word for word in found if word not in taken and word not in case.text]
    return [(word, word) for word in said if _agrees(word, case.text[: span[0]])]


def _agrees(word: str, before: str) -> bool:
    """Whether an English article in front fits: a kettle, an e-reader."""
    article = ARTICLE.search(before)
    return not article or (len(article[1]) == 2) == (word[0].lower() in "aeiou")


def _stands_elsewhere(case: Case, surface: str, slots: int) -> bool:
    """Whether the dialogue, or another argument, says the same words."""
    said = case.text.count(surface) > 1 or any(surface in m.content for m in case.history)
    values = [v for call in case.calls for v in call.arguments.values()]
    return said or sum(surface in str(v) for v in values) > slots


def _listed(
    case: Case, span: tuple[int, int], kind: str, slot: tuple[str, str], kit: Kit
) -> tuple[str, ...]:
    """The lexicon for a slot; the words of the cases where there is none."""
    surface, before = case.text[slice(*span)], case.text[: span[0]]
    language = "en" if surface.isascii() else "ja"
    if kind in ("place", "person"):
        titled = kind == "person" and TITLE.match(case.text, span[1])
        return () if titled else lexicon(language, kind)
    argument = slot[1]
    if not lexicon(language, argument):
        return kit.pool.get(slot, ())
    if argument == "text":
        known = _is_known_language(case, surface)
        return lexicon(language, argument) if known and before[-1:] in OPENING and before else ()
    if argument == "description":
        return _descriptions(surface, before, language)
    return lexicon(language, argument)


def _descriptions(surface: str, before: str, language: str) -> tuple[str, ...]:
    """Things to do stand where a thing to do stood, appointments where an appointment stood."""
    if language == "ja":
        return lexicon("ja", "description_verb" if VERB.search(surface) else "description")
    if before.endswith(" to "):
        return lexicon("en", "description_verb")
    return lexicon("en", "description") if BEFORE_NOUN.search(before) else ()


def _is_known_language(case: Case, surface: str) -> bool:
    """Whether a text to translate or judge is plain Japanese, or English as far as one can tell."""
    if any("source_language" in call.arguments for call in case.calls):
        return False
    japanese = re.search(r"[ぁ-ん]", surface)
    return bool(japanese) or (surface.isascii() and case.language == "en")


def _languages(case: Case, surface: str, call: FunctionCall) -> list[tuple[str, str]]:
    """Other languages, named as this one is."""
    names = [n for code in NAMES for n in NAMES[code]]
    if surface not in names and surface.capitalize() not in names:
        return []
    used = {str(v) for c in case.calls for v in c.arguments.values()}
    column = 1 if surface.isascii() else 0
    found = [(NAMES[code][column], code) for code in LANGUAGES if code not in used]
    lower = surface.islower()
    return [(name.lower() if lower else name, code) for name, code in found]
