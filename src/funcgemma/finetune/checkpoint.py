"""The folder of a run: its checkpoints, the best of them, and the losses as numbers and picture.

    run_N/checkpoint-K/     adapter or model, tokenizer, manifest.json, training/ (optimiser)
    run_N/best.json         {"checkpoint": "checkpoint-K", "step": K, "loss": …}
    run_N/losses.json       run_N/losses.svg
    run_N/left_out.json     id -> why, of the cases that are not learned

A checkpoint is written beside its place, synced and renamed: one that is there is whole.
"""

import contextlib
import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from funcgemma.artefacts.folders import swap
from funcgemma.data.cases import to_line
from funcgemma.errors import ArtefactError, WorldError
from funcgemma.finetune.curves import draw
from funcgemma.finetune.losses import History
from funcgemma.finetune.manifest import NAME, Manifest

FOLDER = Path("data/peft_adapters")
BEST, LEFT_OUT = "best.json", "left_out.json"
_CHECKPOINT = re.compile(r"checkpoint-(\d+)")


def run_path(run_id: int, root: Path = FOLDER) -> Path:
    """Where the checkpoints of a run stand."""
    return root / f"run_{run_id}"


def checkpoint_path(run: Path, step: int) -> Path:
    """Where the checkpoint of a step stands."""
    return run / f"checkpoint-{step}"


def checkpoints(run: Path) -> dict[int, Path]:
    """Step -> folder of every checkpoint of a run, in order."""
    if not run.is_dir():
        return {}
    found = [(_CHECKPOINT.fullmatch(path.name), path) for path in run.iterdir()]
    steps = {int(match[1]): path for match, path in found if match and (path / NAME).is_file()}
    return dict(sorted(steps.items()))


def last_checkpoint(run: Path) -> Path:
    """The checkpoint with the most steps.

    Raises:
        ArtefactError: The run has none.
    """
    found = checkpoints(run)
    if not found:
        raise ArtefactError(f"{run}: there is no checkpoint", "begin with: funcgemma finetune")
    return found[max(found)]


def best_checkpoint(run: Path) -> Path:
    """The checkpoint with the least validation loss; where nothing was validated, the last.

    Raises:
        ArtefactError: The run has none.
    """
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        named = json.loads((run / BEST).read_text(encoding="utf-8"))["checkpoint"]
        if _CHECKPOINT.fullmatch(named) and (run / named / NAME).is_file():
            return run / str(named)
    return last_checkpoint(run)


def weights_hash(folder: Path) -> str:
    """SHA-256 over the weights of a checkpoint: its adapter, or the whole model."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.safetensors")):
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()


def check_new(run: Path) -> None:
    """Refuse to begin a run where one stands.

    Raises:
        ArtefactError: There are checkpoints.
    """
    if checkpoints(run):
        raise ArtefactError(
            f"{run} holds checkpoints already",
            "go on with --resume-from-checkpoint last, start over with --force, or take another "
            "--run-id",
        )


def clear_run(run: Path) -> None:
    """Delete the checkpoints and losses of a run, and nothing else."""
    for path in checkpoints(run).values():
        shutil.rmtree(path)
    for name in (BEST, LEFT_OUT, "losses.json", "losses.svg"):
        (run / name).unlink(missing_ok=True)


def write_checkpoint(run: Path, manifest: Manifest, save: Callable[[Path], None]) -> Path:
    """Write a checkpoint and what the run's folder says of it.

    Args:
        run: The run's folder.
        manifest: What the checkpoint is.
        save: Writes weights, tokenizer and state into the folder it is given.

    Raises:
        WorldError: The disk is full, or the place cannot be written.
    """
    folder = checkpoint_path(run, manifest.step)
    with _disk(folder):
        run.mkdir(parents=True, exist_ok=True)
        sibling = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=run))
        try:
            sibling.chmod(0o755)  # mkdtemp makes folders that only their owner can read
            save(sibling)
            _seal(sibling, manifest)
            swap(sibling, folder)
        finally:
            shutil.rmtree(sibling, ignore_errors=True)
        write_losses(run, manifest.history)
    return folder


def write_losses(run: Path, history: History) -> None:
    """Write the losses of a run and which checkpoint is best."""
    _replace(run / "losses.json", history.to_json())
    (run / "losses.svg").write_text(draw(history), encoding="utf-8")
    best = history.best
    if best is not None and checkpoint_path(run, best.step).is_dir():
        name = checkpoint_path(run, best.step).name
        _replace(run / BEST, {"checkpoint": name, "step": best.step, "loss": best.loss})


def write_left_out(run: Path, left_out: Mapping[str, str]) -> Path:
    """Write which cases are not learned, and why.

    Raises:
        WorldError: The place cannot be written.
    """
    path = run / LEFT_OUT
    with _disk(path):
        run.mkdir(parents=True, exist_ok=True)
        _replace(path, left_out)
    return path


def _seal(folder: Path, manifest: Manifest) -> None:
    """Write the manifest with the hash of every file, and see that all is on the disk."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    hashes = {}
    for path in paths:
        with path.open("rb+") as file:
            hashes[path.relative_to(folder).as_posix()] = hashlib.file_digest(
                file, "sha256"
            ).hexdigest()
            os.fsync(file.fileno())
    _replace(folder / NAME, manifest.to_json(hashes))


def _replace(path: Path, value: Any) -> None:
    """Write JSON beside its place, synced, and rename it."""
    part = path.with_name(f".{path.name}.part")
    with part.open("w", encoding="utf-8", errors="surrogateescape") as file:
        file.write(to_line(value, indent=1) + "\n")
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


@contextlib.contextmanager
def _disk(place: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise WorldError(
            f"{place}: {error.strerror or error}", "free some space, or choose another folder"
        ) from error
