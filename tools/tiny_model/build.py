"""From a source to a saved model."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
from transformers import AutoTokenizer

from funcgemma.resolver.functiongemma.declare import declaration
from funcgemma.resolver.functiongemma.wire import Wire
from tiny_model.model import new_model, save_model
from tiny_model.source import Source
from tiny_model.tokenizer import learn, write_json
from tiny_model.train import practise, train

VOCABULARY = 3072
REPORT = 20


@dataclass(frozen=True, slots=True)
class Plan:
    """How to build.

    Attributes:
        practice: Steps of copying spans of random tokens.
        steps: Steps on cases.
        seed: Of everything random.
        tokenizer: Folder with a `tokenizer.model` to take instead of learning one.
    """

    practice: int = 60
    steps: int = 600
    seed: int = 1
    tokenizer: Path | None = None


def build(source: Source, folder: Path, plan: Plan) -> Iterator[str]:
    """Make tokenizer and model, saved again and again; yields lines on how it goes."""
    torch.set_num_threads(1)  # more gain little here, and make sums depend on their number
    folder.mkdir(parents=True, exist_ok=True)
    pieces = folder / "tokenizer.model"
    if plan.tokenizer:
        shutil.copyfile(plan.tokenizer / "tokenizer.model", pieces)
    else:
        wire = Wire.of(source.definitions)
        declarations = [declaration(definition, wire) for definition in source.definitions]
        learn(source.texts, declarations, VOCABULARY, pieces)
    write_json(pieces, folder)
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = new_model(pieces, plan.seed)
    yield f"{model.num_parameters()} parameters"
    yield f"{sum(map(len, source.requests.values()))} requests, {len(source.silence)} others"
    yield from _told("copying", practise(model, plan.practice, plan.seed))
    for line in _told("calls", train(model, tokenizer, source, plan.steps, plan.seed)):
        save_model(model, folder)  # again and again: a build can be stopped
        yield line
    save_model(model, folder)


def _told(what: str, losses: Iterator[float]) -> Iterator[str]:
    window: list[float] = []
    for step, loss in enumerate(losses, start=1):
        window.append(loss)
        if step % REPORT == 0:
            yield f"{what} {step}: loss {sum(window) / len(window):.3f}"
            window.clear()
