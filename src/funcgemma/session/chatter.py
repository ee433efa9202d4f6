"""The answer to an utterance that asks for no function: the chat model's, if there is one."""

from collections.abc import Sequence
from contextlib import closing

from funcgemma.errors import WorldError
from funcgemma.functions.context import Context
from funcgemma.functions.sources.weather_words import day_name
from funcgemma.records import Message
from funcgemma.session.speaker import Speaker
from funcgemma.session.trust import claims_deed
from funcgemma.session.voice import Voice
from funcgemma.session.words import sentence

LIMIT = 512
"""New tokens of a chat reply."""
TEMPERATURE = 0.7


def answer_freely(
    speaker: Speaker, messages: Sequence[Message], context: Context, voice: Voice, *, told: bool
) -> bool:
    """Answer where no function is asked for.

    Args:
        speaker: Says it.
        messages: The conversation; the last one is the user's.
        context: Clock and language.
        voice: The chat model.
        told: Whether the user knows that the chat model is missing.

    Returns:
        The same after this answer.
    """
    if not voice.present:
        speaker.answer(_absence(voice, context.language, told))
        return True
    speaker.start()
    try:
        _converse(speaker, messages, context, voice)
    except WorldError as error:
        return _failed(speaker, context.language, error, voice, told)
    if claims_deed(speaker.turn.answer):
        speaker.remark(sentence(context.language, "nothing_done"))
    if told:
        speaker.remark(sentence(context.language, "model_back"))
    return False


def _converse(
    speaker: Speaker, messages: Sequence[Message], context: Context, voice: Voice
) -> None:
    system = system_text(context)
    pieces = voice.pieces(messages, system=system, limit=LIMIT, temperature=TEMPERATURE)
    with closing(pieces):
        for piece in pieces:
            speaker.say(piece)
    if not speaker.turn.answer:
        speaker.say(sentence(context.language, "model_silent"), by_model=False)


def system_text(context: Context) -> str:
    """What the model is told of its part; the same all day, so that runtimes can keep it."""
    today = context.now().date()
    japanese = f"{today.year}年{day_name(today, 'ja')}"
    day = japanese if context.language == "ja" else f"{today:%A}, {today.isoformat()}"
    return sentence(context.language, "system", today=day)


def _absence(voice: Voice, language: str, told: bool) -> str:
    """What is said in place of an answer."""
    problem = voice.problem
    if told:
        return sentence(language, "model_away" if problem else "no_model_again")
    if problem is None:
        return sentence(language, "no_model")
    return sentence(language, "model_failed", problem=str(problem))


def _failed(speaker: Speaker, language: str, error: WorldError, voice: Voice, told: bool) -> bool:
    """Say that the model failed, once; whether the user now knows it to be missing."""
    lost = voice.is_lost
    if speaker.turn.answer:
        speaker.remark(sentence(language, "model_cut", problem=str(error)))
    else:
        known = told and lost
        words = sentence(language, "model_away" if known else "model_failed", problem=str(error))
        speaker.say(words, by_model=False)
    return told or lost
