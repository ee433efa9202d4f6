"""Look before asking: what an irreversible call would do, so that the question names it.

A handler with an attribute `look` (a function with the same parameters that changes
nothing) is asked first. Its status `found` comes with the question as its message;
any other status is the result itself: there is nothing to confirm.
"""

from dataclasses import replace

from funcgemma.functions.context import Context
from funcgemma.functions.definition import FunctionDefinition
from funcgemma.functions.run import CallResult, run_call
from funcgemma.records import Decision
from funcgemma.session.decisions import mentions_of
from funcgemma.session.policy import is_irreversible
from funcgemma.session.state import Waiting


def look(decision: Decision, definition: FunctionDefinition, context: Context) -> CallResult | None:
    """What the first call would meet; None where its handler cannot tell."""
    call = decision.calls[0]
    looking = getattr(definition.handler, "look", None)
    if looking is None or not is_irreversible(definition, call):
        return None
    seen = run_call(replace(definition, handler=looking), call, heard(decision, context))
    return None if seen.problem else seen


def asking(waiting: Waiting, seen: CallResult | None) -> Waiting:
    """The question, with what was seen in place of what was said."""
    message = seen.value.get("message") if seen else None
    return replace(waiting, question=str(message)) if message else waiting


def heard(decision: Decision, context: Context) -> Context:
    """The context for the first call; to a handler the request is one utterance."""
    mentions = tuple(replace(m, turn=-1) for m in mentions_of(decision, 0))
    return replace(context, mentions=mentions)
