"""The scripted backend through the contract; it enforces no grammar, so it claims none."""

import pytest

from backends.contract import *  # noqa: F403
from funcgemma.backends.base import Abilities, Token
from funcgemma.backends.scripted.backend import ScriptedBackend
from funcgemma.backends.scripted.script import Answer

WORDS = ("東京", "の", "天気", "は", "晴れ", "です", "。", "傘", "は", "いりません", "🌂")


@pytest.fixture
def backend():
    tokens = tuple(Token(word, -0.1) for word in WORDS)
    return ScriptedBackend([Answer(when="", tokens=tokens)], abilities=Abilities(logprobs=True))
