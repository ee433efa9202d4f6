"""Makes the files of an export and compares what it writes with what the tuned model writes."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, cast

from funcgemma.finetune.examples import Example
from funcgemma.finetune.export.adapter import AdapterType, write_adapter
from funcgemma.finetune.export.check import (
    NO_PROMPTS,
    NOT_ASKED,
    Agreement,
    ask_llamacpp,
    compare,
    sample_prompts,
    why_not_llamacpp,
)
from funcgemma.finetune.export.folder import Room
from funcgemma.finetune.export.ollama import MODELFILE, Recipe
from funcgemma.finetune.export.order import ADAPTER, BASE, MODEL, Kind, Order, libraries
from funcgemma.finetune.export.source import Source
from funcgemma.finetune.gguf.shape import read_shape
from funcgemma.finetune.gguf.weights import DType
from funcgemma.finetune.gguf.writer import write_gguf

if TYPE_CHECKING:
    from funcgemma.finetune.export.network import TunedNetwork

Tick = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Work:
    """One export in the making.

    Attributes:
        source: The checkpoint.
        order: What to make of it.
        room: Where.
        tick: Told what is being done.
    """

    source: Source
    order: Order
    room: Room
    tick: Tick

    @property
    def name(self) -> str:
        """What GGUF files call the model."""
        return self.source.name.replace("/", "-")

    def prompts(self) -> tuple[Example, ...]:
        """What the models are asked."""
        return sample_prompts(self.source, self.order.checked)

    def load(self) -> "TunedNetwork":
        """The tuned model."""
        self.tick("loading the tuned model")
        from funcgemma.finetune.export.network import load_tuned

        return load_tuned(self.source)

    def ask(self, who: str, network: "TunedNetwork", prompts: Sequence[Example]) -> tuple[str, ...]:
        """What a model of transformers writes."""
        with self._counted(f"asking {who}", prompts) as tick:
            return network.write(prompts, tick)

    def ask_llamacpp(
        self, model: Path, prompts: Sequence[Example], adapter: Path | None = None
    ) -> tuple[str, ...]:
        """What llama.cpp writes."""
        with self._counted("asking llama.cpp", prompts) as tick:
            return ask_llamacpp(model, prompts, self.source.prompt.num_ctx, adapter, tick)

    def why_not_llamacpp(self, prompts: Sequence[Example]) -> str:
        """Why its output cannot be compared; "" = it can."""
        if not self.order.checked:
            return NOT_ASKED
        missing = [name for name in libraries(self.source) if find_spec(name) is None]
        if missing:
            return f'{missing[0]} is not installed: pip install "funcgemma[finetune]"'
        return why_not_llamacpp(prompts)

    @contextmanager
    def _counted(self, what: str, prompts: Sequence[Example]) -> Iterator[Callable[[], None]]:
        done = iter(range(1, len(prompts) + 1))
        self.tick(what)
        yield lambda: self.tick(f"{what}: {next(done)} of {len(prompts)}")


def make(work: Work) -> Agreement:
    """Write the files of an export into its room.

    Raises:
        ArtefactError: The checkpoint or its base is damaged.
        BackendError: A model cannot be loaded.
        WorldError: A file cannot be written.
    """
    return _MAKERS[work.order.kind](work)


def _merged(work: Work) -> Agreement:
    from funcgemma.finetune.export.network import TunedNetwork

    prompts = work.prompts()
    tuned = work.load()
    wanted = work.ask("the tuned model", tuned, prompts)
    work.tick("merging")
    tuned.merge()
    tuned.save(work.room.out, work.order.numbers)
    del tuned  # two models at a time are one too many for a small machine
    if not prompts:
        return Agreement(skipped=NO_PROMPTS if work.order.checked else NOT_ASKED)
    return compare(
        "transformers",
        prompts,
        wanted,
        work.ask("the export", TunedNetwork(work.room.out), prompts),
    )


def _gguf(work: Work) -> Agreement:
    prompts = work.prompts()
    skipped = work.why_not_llamacpp(prompts)
    folder, wanted = _standing_alone(work, () if skipped else prompts)
    work.tick(f"writing {MODEL}")
    target = work.room.out / MODEL
    write_gguf(folder, target, control="USER_DEFINED", dtype=cast(DType, work.order.numbers))
    if skipped:
        return Agreement(skipped=skipped)
    return compare("llama.cpp", prompts, wanted, work.ask_llamacpp(target, prompts))


def _standing_alone(work: Work, prompts: Sequence[Example]) -> tuple[Path, tuple[str, ...]]:
    """A folder with the model without an adapter, and what the tuned one writes."""
    if work.source.base is None and not prompts:
        return work.source.folder, ()  # no library is needed for this
    tuned = work.load()
    wanted = work.ask("the tuned model", tuned, prompts) if prompts else ()
    if work.source.base is None:
        return work.source.folder, wanted
    work.tick("merging")
    tuned.merge()
    tuned.save(work.room.work / work.name)
    return work.room.work / work.name, wanted


def _ollama(work: Work) -> Agreement:
    agreement = _gguf(work)
    recipe = Recipe(work.source.name, work.source.prompt.num_ctx, MODEL, work.order.tools)
    (work.room.out / MODELFILE).write_text(recipe.modelfile(), encoding="utf-8")
    return agreement


def _adapter(work: Work) -> Agreement:
    source, room = work.source, work.room
    prompts = work.prompts()
    skipped = work.why_not_llamacpp(prompts)
    work.tick(f"writing {ADAPTER}")
    shape, numbers = read_shape(source.model_folder), cast(AdapterType, work.order.numbers)
    adapter = write_adapter(source.folder, room.out / ADAPTER, shape, work.name, numbers)
    base = (room.out if work.order.with_base else room.work) / BASE
    if work.order.with_base or not skipped:
        work.tick(f"writing {BASE}")
        write_gguf(source.model_folder, base, control="USER_DEFINED", dtype="f16")
    if skipped:
        return Agreement(skipped=skipped)
    wanted = work.ask("the tuned model", work.load(), prompts)
    return compare("llama.cpp", prompts, wanted, work.ask_llamacpp(base, prompts, adapter))


_MAKERS: Mapping[Kind, Callable[[Work], Agreement]] = {
    "merged": _merged,
    "gguf": _gguf,
    "ollama": _ollama,
    "adapter": _adapter,
}
