"""The tiny model for tests: a Gemma-3 of a million parameters that calls functions of ours.

It is made by `tools/build_tiny_model.py` and stands in for FunctionGemma wherever a test needs
a real model. GGUF files are written from it when they are first asked for.
"""

import atexit
import shutil
import tempfile
from datetime import datetime, timedelta, timezone
from functools import cache
from pathlib import Path

import pytest

from funcgemma.finetune.gguf.writer import write_gguf
from funcgemma.functions.builtin import builtin_registry
from funcgemma.records import Dialogue, FunctionCall, Message
from funcgemma.resolver.functiongemma.prompt import render_prompt

MODEL_DIR = Path(__file__).parent / "assets" / "tiny_functiongemma"
"""The transformers folder: weights in bfloat16, tokenizer in both formats, chat template."""

NAMES = ("weather_info", "translation_assist", "celebrity_info")
FUNCTIONS = tuple(builtin_registry().get(name) for name in NAMES)
"""The functions it calls. It bears all seven being declared, in short or in full."""

CLOCK = datetime(2026, 5, 13, 10, 20, tzinfo=timezone(timedelta(hours=9)))


def _asked(said, name="", **arguments):
    calls = (FunctionCall(name, arguments),) if name else ()
    return Dialogue((Message("user", said),), CLOCK), calls


EXAMPLES = (
    _asked("大阪、今雨降ってる？", "weather_info", forecast_type="current", location="大阪"),
    _asked(
        "is it raining in Leeds right now",
        "weather_info",
        forecast_type="current",
        location="Leeds",
    ),
    _asked(
        "「おはよう」を韓国語で言うと？",
        "translation_assist",
        target_language="ko",
        text="おはよう",
    ),
    _asked(
        "「元気？」をフランス語にして", "translation_assist", target_language="fr", text="元気？"
    ),
    _asked("これを英語にして", "translation_assist", target_language="en"),
    _asked("米津玄師の代表曲を教えて", "celebrity_info", info_type="works", person_name="米津玄師"),
    _asked("how old is Tom Hanks", "celebrity_info", info_type="profile", person_name="Tom Hanks"),
    _asked("おはよ〜"),
    _asked("今日は疲れた"),
    _asked("京都が好き"),
    _asked("thanks, that helps"),
)
"""Dialogues and the calls it answers them with, with `FUNCTIONS` or all seven declared."""


def prompt_of(dialogue, functions=FUNCTIONS, compact=True):
    """The prompt as the model was taught to read it."""
    return render_prompt(dialogue, functions, compact=compact).text


@cache
def gguf_file(control="CONTROL", dtype="f16"):
    """The model as a GGUF file, its call tokens marked CONTROL or USER_DEFINED."""
    pytest.importorskip("gguf")
    name = f"{control}-{dtype}.gguf".lower()
    return write_gguf(MODEL_DIR, _folder() / name, control=control, dtype=dtype)


@cache
def _folder():
    folder = Path(tempfile.mkdtemp(prefix="funcgemma-tiny-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
