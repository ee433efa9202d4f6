"""Cases and a kit for the tests of the transforms."""

from random import Random

import pytest

from funcgemma.data.augment.kit import make_kit
from funcgemma.data.calls import parse_call_line, resolve_calls
from funcgemma.data.examples import CLOCK
from funcgemma.data.markup import parse_markup
from funcgemma.records import Case


@pytest.fixture
def read(registry):
    """A case from the corpus markup: `read("[京都](location)の天気", "weather_info")`."""

    def build(marked, *lines, language="ja", **fields):
        text, spans = parse_markup(marked)
        gold = resolve_calls(
            [parse_call_line(line) for line in lines or ("none other",)],
            text,
            spans,
            registry.schemas,
        )
        return Case(
            "t-0001",
            text,
            CLOCK,
            calls=gold.calls,
            language=language,
            spans=gold.spans,
            **fields,
        )

    return build


@pytest.fixture
def kit(registry):
    return make_kit((), registry.schemas)


@pytest.fixture
def texts(kit):
    """All texts that a transform makes of a case, over some seeds."""

    def collect(transform, case, seeds=30):
        made = [transform(case, Random(seed), kit) for seed in range(seeds)]
        return {row.text for row in made if row is not None}

    return collect


@pytest.fixture(scope="session")
def sample(corpus):
    """A case in seven of the corpus, so that every writer and function is there."""
    return corpus[::7]
