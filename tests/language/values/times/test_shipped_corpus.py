"""The marked times of the corpus that people wrote: most values must come out as marked.

The rest needs the dialogue (その日の8時半, 30分遅く, an hour whose day was named before).
"""

import pytest

from funcgemma.data.shipped import read_files, shipped_files
from funcgemma.language.values.times import find_times

FIELDS = {"date": "first_day", "datetime": "value", "recurrence": "recurrence"}


def agreement(cases):
    for case in cases:
        found = find_times(case.text, case.now)
        for key, (start, end) in case.spans.items():
            call, argument = key.split(".", 1)
            gold = case.calls[int(call)].arguments.get(argument)
            if argument not in FIELDS or gold is None:
                continue
            near = [x for x in found if x.start < end and start < x.end]
            got = {getattr(x, FIELDS[argument]) for one in near for x in (one, *one.parts)}
            yield not got.isdisjoint(gold if isinstance(gold, list) else [gold])


@pytest.mark.parametrize("path", shipped_files(), ids=lambda path: path.name)
def test_marked_times(path, registry):
    results = list(agreement(read_files([path], registry.schemas)))
    assert sum(results) >= 0.8 * len(results)
