"""`clock`: the same dialogue on another day, its times read again.

It changes no text, so that it only serves beside another transform, and only where something
in the gold hangs on the clock.
"""

from dataclasses import replace
from datetime import timedelta
from random import Random

from funcgemma.data.augment.gold import (
    TIME_KINDS,
    kind_of,
    time_arguments,
    times_hold,
    with_times_read,
)
from funcgemma.data.augment.kit import Kit
from funcgemma.language.values.times import find_times
from funcgemma.records import Case

FARTHEST = 365


def shift(case: Case, rng: Random, kit: Kit) -> Case | None:
    """Another `now`, between six in the morning and midnight, within a year."""
    timed = any(True for _ in time_arguments(case, kit.schemas))
    if not timed or _history_has_times(case, kit) or not times_hold(case, kit.schemas):
        return None
    day = case.now + timedelta(days=rng.randint(1, FARTHEST))
    now = day.replace(hour=rng.randint(6, 23), minute=5 * rng.randint(0, 11), second=0)
    return with_times_read(replace(case, now=now), kit.schemas)


def _history_has_times(case: Case, kit: Kit) -> bool:
    """Whether earlier turns say something that hangs on the old clock."""
    if any(find_times(message.content, case.now) for message in case.history):
        return True
    return any(
        kind_of(call.name, argument, kit.schemas) in TIME_KINDS
        for message in case.history
        for call in message.calls or ()
        for argument in call.arguments
    )
