"""The models that `funcgemma finetune` has made: where they stand, and how they are served."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from funcgemma.cli.settings import Settings
from funcgemma.errors import ArtefactError
from funcgemma.functions.definition import FunctionDefinition
from funcgemma.functions.plugins import known_functions
from funcgemma.functions.registry import FunctionRegistry

if TYPE_CHECKING:
    from funcgemma.finetune.manifest import Manifest

FOLDER = Path("data/peft_adapters")
BEST, LAST = "best", "last"
SHOWN = 8
"""Longer lists of checkpoints are told in part."""


@dataclass(frozen=True, slots=True)
class Tuned:
    """A checkpoint of a fine-tuning run.

    Attributes:
        folder: Its own, with the manifest and the adapter, or a whole model.
        manifest: What it was made of.
        functions: Those it was tuned on, in that order and with those descriptions.
    """

    folder: Path
    manifest: "Manifest"
    functions: FunctionRegistry

    @property
    def name(self) -> str:
        """`run_1/checkpoint-200`."""
        return f"{self.folder.parent.name}/{self.folder.name}"

    @property
    def base(self) -> str:
        """The model it was tuned from: a folder, or an id on the hub."""
        return str(self.manifest.base["model"])

    @property
    def clock(self) -> str:
        """How exactly its prompts tell the time."""
        return str(self.manifest.prompt["clock"])

    def registry(self) -> FunctionRegistry:
        """Its functions, with the code of those that are known here."""
        known = known_functions()
        same = known.fingerprint() == self.functions.fingerprint()
        return known if same else self.functions

    def among(self, known: FunctionRegistry) -> FunctionRegistry:
        """Its functions out of all that are known, with their code; all, if one is not there."""
        mine = tuple(known.get(name) for name in self.functions.names if name in known)
        found = FunctionRegistry(mine)
        return found if found.fingerprint() == self.functions.fingerprint() else known

    def prompting(self, settings: Settings) -> Settings:
        """The settings with its prompts."""
        prompt = self.manifest.prompt
        return replace(
            settings,
            compact_declarations=bool(prompt["compact"]),
            num_ctx=int(prompt["num_ctx"]),
        )

    def serving(self, settings: Settings, *, untuned: bool = False) -> Settings:
        """The settings that serve it with transformers, or the model it was tuned from."""
        whole = self.manifest.plan.method == "full" and not untuned
        model = str(self.folder) if whole else self.base
        adapter = "" if whole or untuned else str(self.folder)
        return replace(settings, resolver_model=f"transformers:{model}", adapter=adapter)

    def fit(self, definitions: Mapping[str, FunctionDefinition]) -> dict[str, FunctionDefinition]:
        """The functions as it knows them; the prompt must be the very one it was tuned on.

        Raises:
            ArtefactError: Those that are served are others; says which.
        """
        served = FunctionRegistry(tuple(definitions.values()))
        if served.fingerprint() == self.functions.fingerprint():
            return {definition.name: definition for definition in self.functions}
        raise ArtefactError(
            f"{self.folder}: was tuned for other functions ({_difference(self.functions, served)})",
            "give the --functions and --model it was tuned for, or leave both out",
        )

    def check_base(self) -> None:
        """See that the model it was tuned from is still the same.

        Raises:
            ArtefactError: Another one stands there now.
            BackendError: None does.
        """
        from funcgemma.finetune.base import find_base

        if not find_base(self.base).is_the_one_of(self.manifest.base):
            raise ArtefactError(
                f"{self.folder}: was tuned from another {self.base} than the one that is there",
                "bring that one back, or fine-tune again",
            )

    def weights_hash(self) -> str:
        """SHA-256 of its weights."""
        from funcgemma.finetune.checkpoint import weights_hash

        return weights_hash(self.folder)


def _difference(tuned: FunctionRegistry, served: FunctionRegistry) -> str:
    mine, theirs = set(tuned.names), set(served.names)
    changed = [name for name in mine & theirs if _alone(tuned, name) != _alone(served, name)]
    told = {"not served": mine - theirs, "unknown to it": theirs - mine}
    told["with other arguments"] = set(changed)
    return "; ".join(
        f"{words}: {', '.join(sorted(names))}" for words, names in told.items() if names
    )


def _alone(registry: FunctionRegistry, name: str) -> str:
    return FunctionRegistry((registry.get(name),)).fingerprint()


def find_tuned(run_id: int, checkpoint: str = "", root: Path = FOLDER) -> Tuned:
    """A checkpoint of a run.

    Args:
        run_id: N of `run_N`.
        checkpoint: Its number, `best` or `last`; "" = the best, or the last where nothing was
            validated.
        root: Where runs stand.

    Raises:
        ArtefactError: There is no such run or checkpoint, or it is damaged; names what there is.
    """
    from funcgemma.finetune.checkpoint import (
        best_checkpoint,
        checkpoints,
        last_checkpoint,
        run_path,
    )
    from funcgemma.finetune.functions import definitions_of
    from funcgemma.finetune.manifest import read_manifest

    run = run_path(run_id, root)
    found = checkpoints(run)
    if not found:
        what = "there is no checkpoint in it" if run.is_dir() else "there is no such run"
        raise ArtefactError(f"{run}: {what}", runs_hint(root))
    if checkpoint in ("", BEST, LAST):
        folder = last_checkpoint(run) if checkpoint == LAST else best_checkpoint(run)
    elif int(checkpoint) in found:
        folder = found[int(checkpoint)]
    else:
        hint = f"there is --checkpoint {_numbers(found)}"
        raise ArtefactError(f"{run}: there is no checkpoint-{checkpoint}", hint)
    manifest = read_manifest(folder)
    functions = definitions_of(manifest.functions, str(folder))
    return Tuned(folder, manifest, FunctionRegistry(functions))


def runs_hint(root: Path = FOLDER) -> str:
    """What there is to choose from, for hints."""
    from funcgemma.finetune.checkpoint import checkpoints

    numbers = [path.name.removeprefix("run_") for path in root.glob("run_*")]
    runs = {
        n: checkpoints(root / f"run_{n}") for n in sorted(map(int, filter(_is_number, numbers)))
    }
    told = [
        f"--run-id {run} (checkpoint {_numbers(found)})" for run, found in runs.items() if found
    ]
    if not told:
        return f"none is in {root} yet: make one with `funcgemma finetune --run-id 1`"
    return f"there is {'; '.join(told)}"


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _numbers(found: Iterable[int]) -> str:
    shown = [str(number) for number in found]
    return ", ".join(shown if len(shown) <= SHOWN else [*shown[:3], "…", *shown[-4:]])
