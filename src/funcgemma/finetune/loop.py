"""The training loop. Imports torch.

It runs on one device, or on several under `accelerate launch`: every process knows from the seed
which examples a step takes, computes its share, and only the first one writes.
"""

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from math import isfinite
from pathlib import Path
from typing import Any, Literal, Protocol

import torch

from funcgemma.errors import TrainingError
from funcgemma.finetune.base import Base
from funcgemma.finetune.batch import (
    Row,
    completion_logits,
    exact_count,
    in_rows,
    make_row,
    summed_loss,
)
from funcgemma.finetune.checkpoint import write_checkpoint
from funcgemma.finetune.encode import Encoded
from funcgemma.finetune.losses import History, Validation
from funcgemma.finetune.manifest import Manifest
from funcgemma.finetune.network import load_network, save_network
from funcgemma.finetune.order import Order
from funcgemma.finetune.state import load_state, save_state, trained

End = Literal["done", "patience", "stopped"]
BETAS = (0.9, 0.999)


class Watch(Protocol):
    """Is told how it goes, in the first process only."""

    def stepped(self, step: int, loss: float) -> None:
        """A step was made."""
        ...

    def validated(self, found: Validation, best: bool) -> None:
        """The validation cases were looked at."""
        ...

    def saved(self, folder: Path) -> None:
        """A checkpoint was written."""
        ...

    def stop(self) -> bool:
        """Whether to save and stop; asked after every step, in every process."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Job:
    """Everything a run needs.

    Attributes:
        base: The model to start from.
        run: The run's folder.
        manifest: Of the checkpoint to go on from, or with step 0; its plan is the one to follow.
        train: The examples to learn.
        validation: Those to look at; may be empty.
        resume: The checkpoint to go on from.
    """

    base: Base
    run: Path
    manifest: Manifest
    train: Sequence[Encoded]
    validation: Sequence[Encoded]
    resume: Path | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended, after how many steps, and its last checkpoint (None = not even one)."""

    end: End
    step: int
    folder: Path | None
    history: History


class Tuner:
    """A run in progress.

    Args:
        job: What to do.
        accelerator: Of accelerate: the device, and the other processes.
        watch: Is told how it goes.
    """

    def __init__(self, job: Job, accelerator: Any, watch: Watch) -> None:
        self._job = job
        self._accelerator = accelerator
        self._watch = watch
        self._plan = job.manifest.plan
        device = accelerator.device.type
        self._inner = load_network(job.base, self._plan, device, job.resume)
        self._model = accelerator.prepare_model(self._inner)
        weights = list(trained(self._inner).values())
        self._optimizer = torch.optim.AdamW(weights, self._plan.rate, BETAS, weight_decay=0.0)
        if job.resume is not None:
            load_state(self._optimizer, self._inner, job.resume)
        kinds = [example.head for example in job.train]
        self._order = Order(kinds, self._plan.batch, self._plan.seed)
        self.step = job.manifest.step
        self._seen = job.manifest.seen
        self._history = job.manifest.history
        self._folder = job.resume

    def run(self) -> Outcome:
        """Train to the end of the plan.

        Raises:
            TrainingError: The loss is no number any more.
            WorldError: A checkpoint cannot be written.
        """
        if self.step == 0 and self._job.validation:
            self._validate()
        end: End = "done"
        while self.step < self._plan.max_steps and end == "done":
            self._learn()
            stop = self._asked_to_stop()
            last = self.step == self._plan.max_steps
            if last or self.step % self._plan.save_steps == 0:
                end = self._look()
            elif stop:
                self._save()
            end = "stopped" if stop and not last else end
        return Outcome(end, self.step, self._folder, self._history)

    def _learn(self) -> None:
        """One step of the optimiser."""
        plan, world = self._plan, self._accelerator.num_processes
        self._model.train()
        torch.manual_seed(self._seed_of_step())
        size = plan.batch * plan.accumulation * world
        taken = [self._job.train[i] for i in self._order.take(self._seen, size)]
        tokens = sum(len(example.completion) for example in taken)
        rows = list(in_rows(self._share(taken), plan.batch))
        total = torch.zeros((), device=self._accelerator.device)
        for number, row in enumerate(rows, start=1):
            last = number == len(rows)
            with nullcontext() if last else self._accelerator.no_sync(self._model):
                loss = self._loss(row)
                # The processes' gradients are averaged, and are to be summed.
                self._accelerator.backward(loss * world / tokens)
            total += loss.detach()
        mean = self._summed(total).item() / tokens
        if not isfinite(mean):
            raise TrainingError(
                f"the loss of step {self.step + 1} is {mean}", "take a lower learning rate: --lr"
            )
        self._descend()
        self._seen += size
        self._history.train.append(mean)
        if self._accelerator.is_main_process:
            self._watch.stepped(self.step, mean)

    def _share(self, taken: Sequence[Encoded]) -> list[Encoded]:
        """The part of this process: every so many batches, whole ones."""
        world, mine = self._accelerator.num_processes, self._accelerator.process_index
        batch = self._plan.batch
        return [e for at, e in enumerate(taken) if at // batch % world == mine]

    def _descend(self) -> None:
        self.step += 1
        torch.nn.utils.clip_grad_norm_(trained(self._inner).values(), self._plan.max_norm)
        for group in self._optimizer.param_groups:
            group["lr"] = self._plan.rate_at(self.step)
        self._optimizer.step()
        self._optimizer.zero_grad()

    def _seed_of_step(self) -> int:
        """Of the dropout: another one in each step and process, the same in each run."""
        world = int(self._accelerator.num_processes)
        number = self.step * world + int(self._accelerator.process_index)
        return self._plan.seed * 1_000_003 + number + 1

    def _loss(self, examples: Sequence[Encoded]) -> Any:
        row = self._row(examples)
        return summed_loss(completion_logits(self._model, row), row)

    def _row(self, examples: Sequence[Encoded]) -> Row:
        window = self._inner.config.sliding_window
        return make_row(examples, window, self._accelerator.device)

    def _look(self) -> End:
        """Validate, save, and see whether it is time to stop."""
        if self._job.validation:
            self._validate()
        self._save()
        patience = self._plan.patience
        return "patience" if patience and self._history.waited >= patience else "done"

    def _validate(self) -> None:
        self._model.eval()
        world = self._accelerator.num_processes
        mine = self._job.validation[self._accelerator.process_index :: world]
        sums = torch.zeros(2, device=self._accelerator.device)
        with torch.no_grad():
            for examples in in_rows(mine, self._plan.batch):
                row = self._row(examples)
                logits = completion_logits(self._inner, row)
                sums[0] += summed_loss(logits, row)
                sums[1] += exact_count(logits, row)
        loss, exact = self._summed(sums).tolist()
        tokens = sum(len(example.completion) for example in self._job.validation)
        found = Validation(self.step, loss / tokens, exact / len(self._job.validation))
        self._history.validation.append(found)
        if self._accelerator.is_main_process:
            self._watch.validated(found, found == self._history.best)

    def _save(self) -> None:
        if self._accelerator.is_main_process:
            manifest = replace(
                self._job.manifest, step=self.step, seen=self._seen, history=self._history
            )
            self._folder = write_checkpoint(self._job.run, manifest, self._write)
            self._watch.saved(self._folder)
        self._accelerator.wait_for_everyone()

    def _write(self, folder: Path) -> None:
        save_network(self._inner, self._job.base, folder)
        save_state(self._optimizer, self._inner, folder)

    def _asked_to_stop(self) -> bool:
        """Whether any process was asked to: all must stop after the same step."""
        asked = torch.tensor(float(self._watch.stop()), device=self._accelerator.device)
        return bool(self._summed(asked).item())

    def _summed(self, value: Any) -> Any:
        return self._accelerator.reduce(value, reduction="sum")
