"""Shared fixtures: a clock, the built-in functions, and a small model trained once a session."""

from datetime import datetime, timedelta, timezone

import pytest

from funcgemma import Dialogue, Message
from funcgemma.data.shipped import read_files, shipped_files
from funcgemma.functions.builtin import builtin_registry
from funcgemma.router import Router
from funcgemma.training.build import build_model

CLOCK = datetime(2026, 5, 13, 10, 20, tzinfo=timezone(timedelta(hours=9)))


@pytest.fixture(scope="session")
def now():
    """Wednesday 2026-05-13 10:20 +09:00, the clock of docs/corpus.md."""
    return CLOCK


@pytest.fixture(scope="session")
def registry():
    return builtin_registry()


@pytest.fixture(scope="session")
def definitions(registry):
    return {definition.name: definition for definition in registry}


@pytest.fixture(scope="session")
def corpus(registry):
    return read_files(shipped_files(), registry.schemas)


@pytest.fixture(scope="session")
def small_model(corpus, registry):
    """A model of four writers: quick to train, good enough to behave like the real one."""
    writers = ("w01", "w04", "w05", "w11")
    cases = [case for case in corpus if case.writer in writers]
    return build_model(cases, registry)


@pytest.fixture(scope="session")
def router(small_model, registry):
    return Router(registry, small_model)


@pytest.fixture(scope="session")
def say():
    """A dialogue from its messages, the user's first."""

    def build(*texts, now=CLOCK):
        roles = ("user", "assistant")
        return Dialogue(tuple(Message(roles[i % 2], text) for i, text in enumerate(texts)), now)

    return build
