"""Corrections written down without a dialogue."""

import pytest

from funcgemma.cli.teach.teacher import Teacher, draft
from funcgemma.records import Dialogue, Message


@pytest.fixture
def correct(router, now):
    """Write a correction down: text, calls."""

    def write(keeper, text, *calls):
        dialogue = Dialogue((Message("user", text),), now)
        case = draft(router, dialogue, router.route(dialogue), calls)
        Teacher(keeper.file, 0.01, keeper).save(case)
        return case

    return write
