"""`/wrong`: the last decision was wrong; what would have been right is kept and learned."""

from collections.abc import Sequence

from funcgemma.cli.chat.words import sentence as chat_sentence
from funcgemma.cli.teach.answers import find_function, read_assignments
from funcgemma.cli.teach.asking import NONE, Asker, ask_calls
from funcgemma.cli.teach.report import lesson_lines, spoken_calls
from funcgemma.cli.teach.teacher import Teacher, draft, recalled
from funcgemma.cli.teach.words import sentence
from funcgemma.data.markup import split_outside_quotes, unquote
from funcgemma.errors import DataError
from funcgemma.records import Dialogue, FunctionCall, Message
from funcgemma.session import Session

HEARD = 12
"""Messages of the dialogue that go with a correction."""


def wrong(session: Session, line: str, language: str, teacher: Teacher, asker: Asker | None) -> str:
    """Take a correction of the newest utterance in which the router had a say.

    Args:
        session: The conversation; it goes on as if the right thing had been decided.
        line: What stands behind `/wrong`: nothing, `none`, or a function and its arguments.
        language: `ja` or `en`.
        teacher: Keeps it, and has it learned.
        asker: Who can be asked; None in a pipe, where every line is an utterance.

    Raises:
        FuncGemmaError: It makes no sense, or cannot be written down.
    """
    heard = session.state.routed_dialogue
    if heard is None:
        return chat_sentence(language, "nothing")
    words = _words(line)
    if not words and asker is None:
        return sentence(language, "how_wrong")
    router = session.router
    dialogue = _short(recalled(router, heard))
    said = router.route(dialogue)
    if words or asker is None:
        calls = _calls(session, words, dialogue)
    else:
        calls = ask_calls(asker, router, dialogue, said, language)
    case = draft(router, dialogue, said, calls)
    if not teacher.is_needed(router, case):
        return sentence(language, "agrees")
    lines = [sentence(language, "right_now", calls=spoken_calls(calls, language))]
    replaced = teacher.save(case)
    lines.append(sentence(language, "replaced" if replaced else "kept", id=case.id))
    session.put_right(calls)
    lines += _undone(session, language, asker)
    return "\n".join((*lines, *_learned(session, language, teacher, asker)))


def _words(line: str) -> list[str]:
    """Words between spaces of any width; a value with spaces stands in double quotes."""
    return [word for word in split_outside_quotes(line.replace("\u3000", " "), " ") if word]


def _calls(session: Session, words: Sequence[str], dialogue: Dialogue) -> tuple[FunctionCall, ...]:
    name, *assignments = words
    if name == NONE:
        if assignments:
            raise DataError("'none' takes no arguments", "/wrong none")
        return ()
    pairs = (word.partition("=") for word in assignments)
    plain = [f"{argument}{equals}{unquote(value)}" for argument, equals, value in pairs]
    definition = find_function(name, session.router.definitions)
    return (read_assignments(definition, plain, dialogue),)


def _short(dialogue: Dialogue) -> Dialogue:
    """The latest turns, from one of the user's on."""
    messages: tuple[Message, ...] = dialogue.messages[-HEARD - 1 :]
    while messages[0].role != "user":
        messages = messages[1:]
    return Dialogue(messages, dialogue.now)


def _undone(session: Session, language: str, asker: Asker | None) -> list[str]:
    """What the wrong call changed is taken back, if the user says so."""
    if not session.state.changed:
        return []
    if asker is None:
        return [sentence(language, "can_undo")]
    return session.undo_turn() if asker.agree(sentence(language, "undo")) else []


def _learned(session: Session, language: str, teacher: Teacher, asker: Asker | None) -> list[str]:
    """Train again, if the user says so; the conversation goes on with what came of it."""
    if teacher.keeper is None:
        return [sentence(language, "given_model")]
    if asker is None or not asker.agree(sentence(language, "learn_now")):
        return [sentence(language, "later")]
    lesson = teacher.keeper.learn()
    session.router = teacher.router_after(lesson, session.router)
    return lesson_lines(lesson, language) or [sentence(language, "up_to_date")]
