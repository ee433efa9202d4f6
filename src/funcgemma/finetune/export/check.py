"""Whether an export writes what the tuned model writes: greedy output, prompt by prompt."""

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from funcgemma.backends.base import Options
from funcgemma.backends.catalogue import Place
from funcgemma.data.cases import read_cases
from funcgemma.errors import FuncGemmaError
from funcgemma.finetune.examples import Example, make_examples
from funcgemma.finetune.export.source import Source
from funcgemma.resolver.functiongemma.write import STOPS

MOST_TOKENS = 128
"""New tokens of an answer that are compared; calls are shorter."""
PARTS = ("validation", "test", "train")
"""Where prompts are taken from: the first of these that has any."""
SHOWN = 3
NOT_ASKED = "it was not asked for"
NO_PROMPTS = "the cases of the run are not at hand"
NO_LLAMACPP = 'xllamacpp is not installed: pip install "funcgemma[llamacpp]"'


@dataclass(frozen=True, slots=True)
class Difference:
    """A prompt that the export continued in another way: its case, and both texts."""

    case: str
    tuned: str
    export: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """How often an export wrote what the tuned model wrote.

    Attributes:
        runtime: What ran the export; "" = nothing did.
        checked: Prompts.
        equal: Those with the same text.
        differences: The first of the others.
        skipped: Why nothing was checked; "" = it was.
    """

    runtime: str = ""
    checked: int = 0
    equal: int = 0
    differences: tuple[Difference, ...] = ()
    skipped: str = ""

    @property
    def poor(self) -> bool:
        """Whether so much differs that the export must be broken: rounding flips near ties only."""
        return self.checked > 0 and 2 * self.equal < self.checked

    def to_json(self) -> dict[str, Any]:
        """The agreement as plain values."""
        if self.skipped:
            return {"skipped": self.skipped}
        return {
            "runtime": self.runtime,
            "checked": self.checked,
            "equal": self.equal,
            "differences": [
                {"case": d.case, "tuned": d.tuned, "export": d.export} for d in self.differences
            ],
        }


def sample_prompts(source: Source, most: int) -> tuple[Example, ...]:
    """Some prompts of the run's validation cases, spread over the file; () = none are at hand."""
    folder = Path(str(source.manifest.data["folder"]))
    for part in PARTS if most else ():
        try:
            cases = read_cases(folder / f"{part}.jsonl")
        except FuncGemmaError:  # the split may be gone; the export does not hang on it
            continue
        count = min(most, len(cases))
        spread = [cases[i * len(cases) // count] for i in range(count)]
        made = make_examples(spread, source.definitions, source.prompt).examples
        if made:
            return made
    return ()


def compare(
    runtime: str, prompts: Sequence[Example], tuned: Sequence[str], export: Sequence[str]
) -> Agreement:
    """The agreement of two runs over the same prompts."""
    other = [
        Difference(prompt.id, one, two)
        for prompt, one, two in zip(prompts, tuned, export, strict=True)
        if one != two
    ]
    return Agreement(runtime, len(prompts), len(prompts) - len(other), tuple(other[:SHOWN]))


def why_not_llamacpp(prompts: Sequence[Example]) -> str:
    """Why llama.cpp cannot be asked; "" = it can."""
    if find_spec("xllamacpp") is None:
        return NO_LLAMACPP
    return "" if prompts else NO_PROMPTS


def ask_llamacpp(
    model: Path,
    prompts: Sequence[Example],
    num_ctx: int,
    adapter: Path | None = None,
    tick: Callable[[], None] = lambda: None,
) -> tuple[str, ...]:
    """What llama.cpp makes of the prompts, greedily.

    Raises:
        BackendError: It cannot run the file.
    """
    from funcgemma.backends.llamacpp.backend import LlamaCppBackend

    place = Place(num_ctx=num_ctx, adapter=str(adapter) if adapter else "", timeout=600.0)
    options = Options(max_tokens=MOST_TOKENS, stop=STOPS)
    texts = []
    with closing(LlamaCppBackend(str(model), place)) as backend:
        for prompt in prompts:
            texts.append(backend.complete(prompt.prompt, options).text)
            tick()
    return tuple(texts)
