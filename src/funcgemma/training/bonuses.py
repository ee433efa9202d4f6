"""How readily each function's tagger finds an argument.

A tagger is trained word by word, but a call is right or wrong as a whole: where an argument is
mostly there, leaving it out costs more than it does word by word. How much more differs from
function to function, so it is chosen on text by writers that the taggers have not seen.
"""

from collections.abc import Sequence
from dataclasses import replace

from funcgemma.data.scoring import score_calls
from funcgemma.resolver.embedded.model import EmbeddedModel
from funcgemma.resolver.embedded.resolve import EmbeddedResolver
from funcgemma.training.examples import Definitions, Example
from funcgemma.training.held import Held

Requests = Sequence[tuple[EmbeddedModel, Example]]
"""Examples with the model that has not seen their writer."""

BONUSES = (0.5, 1.0, 1.5, 2.0, 2.5, 3.0)

MADE_UP = 1
"""Calls that are right and make up for one with an invented value: the user would be asked."""

LEAST = 100
"""With fewer requests of a function nothing is chosen for it."""

MOST = 300
"""About so many requests of a function are looked at, taken from all of its writers."""


def choose_bonuses(
    held: Held, examples: Sequence[Example], definitions: Definitions
) -> dict[str, float]:
    """Function -> the bonus with which its calls come out best."""
    asked: dict[str, list[tuple[EmbeddedModel, Example]]] = {}  # by the one function of each
    for rows, model in held.models:
        for i in rows if model.taggers else ():
            names = [call.name for call in examples[i].case.calls]
            if len(names) == 1 and names[0] in model.taggers:
                asked.setdefault(names[0], []).append((model, examples[i]))
    return {
        name: _best(name, requests[:: 1 + len(requests) // MOST], definitions)
        for name, requests in asked.items()
        if len(requests) >= LEAST
    }


def _best(name: str, requests: Requests, definitions: Definitions) -> float:
    return max(BONUSES, key=lambda bonus: _right(name, bonus, requests, definitions))


def _right(name: str, bonus: float, requests: Requests, definitions: Definitions) -> int:
    """How many of the calls come out right, less those with something needed made up."""
    schemas = {name: definitions[name].parameters}
    needed = definitions[name].required
    resolvers: dict[int, EmbeddedResolver] = {}
    count = 0
    for model, example in requests:
        resolver = resolvers.get(id(model))
        if resolver is None:
            tuned = replace(model, span_bonus={name: bonus})
            resolver = resolvers[id(model)] = EmbeddedResolver(tuned, definitions)
        calls = resolver.filled(example.view, example.prior, name).calls
        gold = example.case.calls[0].arguments
        count += score_calls(calls, example.case.calls, schemas).call_right
        count -= MADE_UP * any(n in calls[0].arguments and n not in gold for n in needed)
    return count
