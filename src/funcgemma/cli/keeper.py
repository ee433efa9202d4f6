"""The models that the program keeps: trained once from the corpus, and again with corrections.

A model with corrections is kept only if it answers every one of them and has lost nothing else
(training/regression.py). What fails is held back: it stays on file, and the model that served
before goes on serving.
"""

import hashlib
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from funcgemma.artefacts.store import check_target
from funcgemma.cli.console import progress, say
from funcgemma.cli.ledger import Ledger, Why, read_ledger, write_ledger
from funcgemma.errors import ArtefactError, WorldError
from funcgemma.functions.registry import FunctionRegistry
from funcgemma.model import Model, load_model, save_model
from funcgemma.records import Case
from funcgemma.training.corrections import CORRECTIONS, fitting, identity, read_corrections
from funcgemma.training.regression import TOLERANCE, Comparison, compare_models

State = Literal["learned", "waiting", "lost", "unlearned", "other_functions"]


@dataclass(frozen=True, slots=True)
class Lesson:
    """What came of learning.

    Attributes:
        model: The model that serves now.
        learned: The corrections that it has learned just now.
        held: Those that were held back just now.
        comparison: How it compares with the model without corrections; None = nothing was to do.
        refused: How the first model compares that was not kept; None = none was refused.
    """

    model: Model
    learned: tuple[Case, ...] = ()
    held: tuple[Case, ...] = ()
    comparison: Comparison | None = None
    refused: Comparison | None = None


class Keeper:
    """Keeps the models of one set of functions.

    Args:
        data: The user's data folder.
        registry: The functions.
        base: Names the model without corrections.
        corpus: Gives what it is trained on.
        tolerance: Share of right answers that corrections may cost.
    """

    def __init__(
        self,
        data: Path,
        registry: FunctionRegistry,
        base: str,
        corpus: Callable[[], Sequence[Case]],
        tolerance: float = TOLERANCE,
    ) -> None:
        self.file = data / CORRECTIONS
        self.registry = registry
        self._models = data / "models"
        self._base = base
        self._corpus = corpus
        self._tolerance = tolerance
        self._ledger_file = self._models / f"{base}.corrections.json"
        self._ledger = read_ledger(self._ledger_file)
        self._told: set[str] = set()

    def corrections(self) -> list[tuple[Case, State]]:
        """Every correction on file, with what became of it."""
        found = self._read()
        fit = set(map(identity, fitting(found, {d.name: d for d in self.registry})))
        return [(c, self._state(c) if identity(c) in fit else "other_functions") for c in found]

    def taught(self) -> tuple[Case, ...]:
        """The corrections that the model is to know."""
        known = self.corrections()
        return tuple(case for case, state in known if state in ("learned", "waiting"))

    def folder(self, taught: Sequence[Case]) -> Path:
        """Where the model that knows these corrections is kept."""
        if not taught:
            return self._models / self._base
        text = "\n".join((self._base, *(_digest(case) for case in taught)))
        return self._models / hashlib.sha256(text.encode()).hexdigest()[:16]

    @property
    def serving_folder(self) -> Path:
        """Where the model lies that is to serve."""
        return self.folder(self.taught())

    def kept(self) -> Model | None:
        """The model that serves, if it has been trained."""
        return self._load(self.serving_folder)

    def older(self) -> Model | None:
        """The latest model that there is: without the corrections that wait."""
        serving = self._models / self._ledger.serving if self._ledger.serving else None
        return (self._load(serving) if serving else None) or self._load(self.folder(()))

    def learn(self, seed: int = 0) -> Lesson:
        """Train what has not been trained yet, and keep what is no worse.

        A model that cannot be written serves all the same, and is trained again next time.

        Raises:
            TrainingError: There is too little to learn from.
        """
        held: tuple[Case, ...] = ()
        refused: Comparison | None = None
        while (model := self.kept()) is None:
            taught = self.taught()
            base = self._load(self.folder(())) or self._keep(self._build((), seed), ())
            if not taught:
                model = base
                break
            candidate = self._build(taught, seed)
            comparison = compare_models(
                base, candidate, self._corpus(), taught, self.registry, self._tolerance
            )
            if comparison.passed:
                saved = self._keep(candidate, taught)
                return Lesson(saved, self._settle(taught), held, comparison, refused)
            refused = refused or comparison
            held += self._hold_back(taught, comparison)
        return Lesson(model, self._settle(self.taught()), held, None, refused)

    def train(self, seed: int = 0) -> Model:
        """Train the model without corrections, and keep it.

        Raises:
            TrainingError: There is too little to learn from.
            WorldError: It cannot be written.
        """
        return self._save(self._build((), seed), ())

    def start_over(self) -> None:
        """Give up the model that knows corrections; also those held back are tried once more."""
        self._note(replace(self._ledger, held={}))
        if self.taught():
            shutil.rmtree(self.serving_folder, ignore_errors=True)

    def _build(self, taught: Sequence[Case], seed: int) -> Model:
        from funcgemma.training.build import build_model

        corpus = self._corpus()
        more = f" and {len(taught)} corrections" if taught else ""
        with progress(f"Training the router on {len(corpus)} utterances{more} ...") as update:
            return build_model((*corpus, *taught), self.registry, seed=seed, progress=update)

    def _save(self, model: Model, taught: Sequence[Case]) -> Model:
        from funcgemma.training.card import model_card

        folder = self.folder(taught)
        make_room(folder)
        return save_model(model, folder, model_card(model))

    def _keep(self, model: Model, taught: Sequence[Case]) -> Model:
        try:
            return self._save(model, taught)
        except (WorldError, ArtefactError) as error:
            say(f"The model could not be kept: {error}. It will be trained again next time.")
            return model

    def _load(self, folder: Path) -> Model | None:
        if not folder.exists():
            return None
        try:
            return load_model(folder)
        except ArtefactError as error:
            say(f"The kept model cannot be used: {error.message}")
            return None

    def _settle(self, taught: Sequence[Case]) -> tuple[Case, ...]:
        """Note what is learned now, remove the model before; the corrections that are new."""
        new = tuple(case for case in taught if _digest(case) not in self._ledger.learned)
        serving = self.folder(taught).name if taught else ""
        before = self._ledger.serving
        if before and before != serving:
            shutil.rmtree(self._models / before, ignore_errors=True)
        if new or before != serving:
            learned = frozenset(map(_digest, taught))
            self._note(replace(self._ledger, serving=serving, learned=learned))
        return new

    def _hold_back(self, taught: Sequence[Case], found: Comparison) -> tuple[Case, ...]:
        """What is to blame: of the new corrections those that were not learned, else all."""
        new = [case for case in taught if _digest(case) not in self._ledger.learned]
        unlearned = [case for case in new if case in found.unlearned]
        blamed = unlearned if unlearned and not found.lost else new or list(taught)
        why: Why = "lost" if found.lost or not unlearned else "unlearned"
        more: dict[str, Why] = {_digest(case): why for case in blamed}
        self._note(replace(self._ledger, held={**self._ledger.held, **more}))
        return tuple(blamed)

    def _state(self, case: Case) -> State:
        digest = _digest(case)
        waiting: State = "learned" if digest in self._ledger.learned else "waiting"
        return self._ledger.held.get(digest, waiting)

    def _note(self, ledger: Ledger) -> None:
        self._ledger = ledger
        try:
            write_ledger(self._ledger_file, ledger)
        except WorldError as error:
            self._tell(f"{error}. It will be tried again next time.")

    def _read(self) -> tuple[Case, ...]:
        try:
            found = read_corrections(self.file)
        except WorldError as error:
            self._tell(f"Left out of the training: {error}")
            return ()
        for problem in found.problems:
            self._tell(f"Left out of the training: {problem.message}")
        return found.cases

    def _tell(self, text: str) -> None:
        if text not in self._told:
            self._told.add(text)
            say(text)


def make_room(folder: Path) -> None:
    """Remove what is left of a damaged kept model; it lies in the program's own data folder.

    Raises:
        WorldError: It cannot be looked into.
    """
    try:
        check_target(folder)
    except ArtefactError:
        shutil.rmtree(folder, ignore_errors=True)


def _digest(case: Case) -> str:
    from funcgemma.data.cases import cases_hash

    return cases_hash((case,))[:16]
