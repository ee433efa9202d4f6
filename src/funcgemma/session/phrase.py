"""What the results mean for the question, in a sentence or two of the chat model's.

The results themselves have been shown by then: they are the facts. What the model makes of
them is shown sentence by sentence, each only if the results bear it out.
"""

from collections.abc import Generator, Mapping, Sequence
from contextlib import closing
from datetime import datetime
from typing import Any

from funcgemma.errors import WorldError
from funcgemma.functions.context import Context
from funcgemma.functions.run import CallResult
from funcgemma.records import Message
from funcgemma.session.reply import FORMAL
from funcgemma.session.sentences import sentences
from funcgemma.session.speaker import Speaker
from funcgemma.session.state import Turn
from funcgemma.session.trust import Facts, borne_out, facts_of
from funcgemma.session.untrusted import quoted
from funcgemma.session.voice import Voice
from funcgemma.session.window import tokens
from funcgemma.session.words import sentence

COMPLETE = frozenset(("schedule_reminder", "translation_assist", "sentiment_label"))
"""Functions whose plain results say everything there is to say."""
LOOKUPS = frozenset(("weather_info", "travel_guide", "celebrity_info", "shopping_intent"))
"""The other functions of the program: they look something up and change nothing."""
UNFINISHED = frozenset(("invalid", "failed", "unavailable", "ambiguous", "incomplete", "not_found"))
"""Statuses of results that answer nothing."""
ASIDE = frozenset(("source", "url", "units", "detail", "reason", "candidates"))
"""Parts of results that help nobody to say what they mean."""
SIZES = ((500, 8), (200, 5), (80, 3))
"""How many characters of a text and items of a list the model is shown, most first."""
MOST_DATA = 1200
"""Tokens of all data together: reading takes small machines long, too."""
AGAIN = frozenset(("answered", "confirmed", "chosen"))
"""Utterances that mean little without the one before."""

LIMIT = 160
"""New tokens."""
MOST = 3
"""Sentences; two are asked for."""


def phrase(
    speaker: Speaker, messages: Sequence[Message], context: Context, voice: Voice, *, told: bool
) -> bool:
    """Say what the results of a turn mean, where that helps.

    Args:
        speaker: Says it; holds the turn.
        messages: The conversation; the last one is the user's.
        context: Clock and language.
        voice: The chat model.
        told: Whether the user knows that the chat model is missing.

    Returns:
        The same after this.
    """
    results = worth_phrasing(speaker.turn)
    question = _question(speaker.turn, messages)
    data = _data(results, question, context.now()) if results else ""
    if not data:
        return told
    speaker.start()  # the facts at once: asking for the model may take a moment
    if not voice.present:
        return _lost(speaker, context.language, voice.problem, told)
    own = any(result.call.name not in LOOKUPS for result in results)
    facts = facts_of(results, question, context.now(), own=own)
    try:
        trusted = _say(speaker, data, facts, context.language, voice)
    except WorldError as error:
        if speaker.turn.phrased:
            speaker.remark(sentence(context.language, "model_cut", problem=str(error)))
            return True
        return _lost(speaker, context.language, error if voice.is_lost else None, told)
    if not trusted:
        speaker.remark(sentence(context.language, "untrusted"))
    if told:
        speaker.remark(sentence(context.language, "model_back"))
    return False


def worth_phrasing(turn: Turn) -> tuple[CallResult, ...]:
    """The results that a sentence makes easier to take in; `()` while a question is open."""
    if turn.waiting is not None or turn.question:
        return ()
    return tuple(result for result in turn.results if _says_more(result))


def _says_more(result: CallResult) -> bool:
    """Whether there is more to a result than its message."""
    if result.problem is not None or result.status in UNFINISHED:
        return False
    return result.call.name not in COMPLETE and bool(set(result.value) - FORMAL)


def _question(turn: Turn, messages: Sequence[Message]) -> str:
    """What the user asked, with the utterance before where this one only answers."""
    said = [message.content for message in messages if message.role == "user"]
    return " → ".join(said[-2:]) if turn.how in AGAIN else turn.text


def _say(speaker: Speaker, data: str, facts: Facts, language: str, voice: Voice) -> bool:
    """Pass on sentences as long as the facts bear them out; whether all of them were."""
    spoken = 0
    with closing(_pieces(data, language, voice)) as pieces:
        for said in sentences(pieces):
            if not borne_out(said, facts):
                return False
            speaker.say(said)
            spoken += bool(said.strip())
            if spoken == MOST:
                break
    return True


def _pieces(data: str, language: str, voice: Voice) -> Generator[str, None, None]:
    asked = sentence(language, "phrase_ask", data=data)
    system = sentence(language, "phrase")
    return voice.pieces([Message("user", asked)], system=system, limit=LIMIT, temperature=0.0)


def _data(results: Sequence[CallResult], question: str, now: datetime) -> str:
    """Question and results as JSON, as much of them as is allowed; "" where that is too much."""
    for size in SIZES:
        shown = [
            {"function": result.call.name, "arguments": dict(result.call.arguments)}
            | _short(result.value, *size)
            for result in results
        ]
        values = {"question": question, "now": f"{now:%Y-%m-%d %H:%M}", "results": shown}
        data = quoted(values)
        if tokens(data) <= MOST_DATA:
            return data
    return ""


def _short(value: Any, longest: int, most: int) -> Any:
    """A value without what only machines need, long texts and lists cut."""
    if isinstance(value, str):
        return value if len(value) <= longest else value[:longest] + "…"
    if isinstance(value, Mapping):
        shown = {name: item for name, item in value.items() if name not in ASIDE}
        return {name: _short(item, longest, most) for name, item in shown.items()}
    if isinstance(value, list | tuple):
        return [_short(item, longest, most) for item in value[:most]]
    return value


def _lost(speaker: Speaker, language: str, problem: WorldError | None, told: bool) -> bool:
    """The facts stand alone; that is said once, and not where there never was a model."""
    if problem is None or told:
        return told
    speaker.remark(sentence(language, "model_lost", problem=str(problem)))
    return True
