"""What makes a bare number an hour: at 5, ten on Friday, eight tonight, make it 11."""

from funcgemma.language.values.times.english.patterns import compile_ascii, compile_spaced
from funcgemma.language.values.times.model import Token

# A number is no hour where something is counted behind it.
COUNTED = (
    "st|nd|rd|th|percent|dollars?|bucks|euros?|yen|pounds?|degrees?|km|kilo|miles?|people|persons?"
    "|years?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|points?|stars?|items?|times|kg|mph"
    "|street|avenue|more|other|of"
)
TO = r"\s*(?:-|to|until|till|and)\s*"

_DAYS = "mon|tue|wed|thu|fri|sat|sun"
_AT = compile_ascii(r"(?:\b(?:at|around|until|till)(?: about| around)?|@)\s*$")
_MOVED_TO = compile_ascii(
    r"\b(?:move|bump|change|push|reschedule|prepone|postpone|shift|make)\b[^.!?]*\bto\s*$"
)
_MADE = compile_spaced(
    r"\b(?:(?:make|shift|move|bump|change|set) (?:it|that|this)(?: (?:at|to|for))?"
    r"|wait,? no,?|no,? wait,?|sorry,? no,?|no,? sorry,?)\s*$"
)
_DAY_MOVED_TO = compile_spaced(
    rf"\b(?:move|bump|change|push|reschedule|postpone|shift|make)\b[^.!?]*\b(?:{_DAYS})[a-z]* $"
)
_SAID = compile_spaced(
    r"\s*(?:$|[,.!?;](?![0-9])| (?:instead|please|pls|plz|thanks|ta|then|if|actually|sharp)\b"
    r"| (?:today|tonight|tomorrow|on (?:the|next|mon|tue|wed|thu|fri|sat|sun)|in the)\b)"
)
_BY = compile_ascii(r"\bby\s*$")
_DEADLINE = compile_ascii(r"\s*(?:$|[,.!?]|today|tomorrow|tonight|on\b)")
_OF_DAY = compile_spaced(
    r" (?:in the (?:morning|afternoon|evening|arvo)|at night|that (?:morning|afternoon|evening"
    r"|night))\b"
)
_OF_TODAY = compile_spaced(
    r" (?:tonight|tonite|2nite|2night|this (?:morning|afternoon|evening|arvo))\b"
)
_OF_OTHER_DAY = compile_spaced(
    rf" (?:today|2day|tomorrow|tmrw|tomoz|on (?:the [0-9a-z]|next |this )?(?:{_DAYS})[a-z]*)\b"
)
_FOR = compile_spaced(r"(?:\b(?:for|to|by|say|from|before|after|make it)|(?<![0-9])4)\s*$")
# Two in the morning is no time behind `take`, four tonight none behind `a table for`.
_COUNTING = compile_spaced(
    r"\b(?:no|any|every|the|this|that|which|another|each|last|first|next|only|just|of|these|those"
    r"|all|take|takes|took|have|has|had|got|get|need|drink|eat|want|see|saw|are|am|i'm|turn|turns"
    r"|turning|minus|plus|than|or|and|chapter|page|part|season|episode|level|number|act|table"
    r"|channel|platform|gate|bus|iphone|ipad|pixel|galaxy|(?:table|dinner|lunch|breakfast|supper|rooms?|meal|beds?|seats?"
    r"|tickets?|places?|reservation|food|enough|party|cook|cooking|recipe) (?:for|of))\s*$"
)
_FROM = compile_ascii(r"\b(?:from|between)\s+$")
_SECOND = compile_ascii(
    rf"{TO}[0-9]{{1,2}}(?::[0-5][0-9])?\b(?![:/.%-]?[0-9]|\s*(?:[$%]|(?:{COUNTED})\b))"
)
_BETWEEN = compile_ascii(TO)


def is_hour(text: str, start: int, end: int, previous: Token | None) -> bool:
    """Whether the words around digits make an hour of them."""
    near = text[max(0, start - 14) : start]
    return bool(
        _AT.search(near)
        or _OF_DAY.match(text, end)
        or _MOVED_TO.search(text, max(0, start - 60), start)
        or _follows_hour(text, start, previous)
        or (_BY.search(near) and _DEADLINE.match(text, end))
        or (_FROM.search(near) and _SECOND.match(text, end))
        or _is_said(text, start, end)
        or (_DAY_MOVED_TO.search(text, max(0, start - 60), start) and _SAID.match(text, end))
    )


def is_spoken_hour(text: str, start: int, end: int) -> bool:
    """Whether the words around a number word make an hour of it; much is counted in words."""
    if _AT.search(text, max(0, start - 14), start) or _is_said(text, start, end):
        return True
    if _MOVED_TO.search(text, max(0, start - 60), start) and _SAID.match(text, end):
        return True
    counting = _COUNTING.search(text, max(0, start - 18), start)
    return counting is None and _OF_DAY.match(text, end) is not None


def _is_said(text: str, start: int, end: int) -> bool:
    """Eight tonight, for ten on Friday, make it three."""
    near = text[max(0, start - 18) : start]
    if _MADE.search(near) and _SAID.match(text, end):
        return True
    if _OF_TODAY.match(text, end):
        return _COUNTING.search(near) is None
    if _OF_OTHER_DAY.match(text, end):
        return _FOR.search(near) is not None and _COUNTING.search(near) is None
    return False


def _follows_hour(text: str, start: int, previous: Token | None) -> bool:
    """The second number of from 2 to 4."""
    if previous is None or "clock" not in previous.slots or not previous.free:
        return False
    return _BETWEEN.fullmatch(text, previous.end, start) is not None
