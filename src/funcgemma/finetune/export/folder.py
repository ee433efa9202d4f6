"""The folder of an export: written beside its place, named file by file, and renamed."""

import contextlib
import glob
import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from funcgemma.artefacts.store import check_target
from funcgemma.backends.machine import gigabytes
from funcgemma.data.cases import to_line
from funcgemma.errors import ArtefactError, WorldError

FORMAT = 1
KIND = "export"
NAME = "manifest.json"
OUT, WORK, OLD = "out", "work", "old"
SPARE = 64 << 20
"""Bytes for tokenizers and manifests, and so that the disk is not filled to the brim."""
ABANDONED = 24 * 3600.0
"""Seconds after which a half-made export is nobody's: its program was killed, or the power went."""


@dataclass(frozen=True, slots=True)
class Room:
    """Where an export is made.

    Attributes:
        out: What becomes the folder.
        work: What is thrown away at the end.
    """

    out: Path
    work: Path


@contextlib.contextmanager
def new_folder(target: Path, needed: int) -> Iterator[Room]:
    """Room for an export that takes the place of `target` when the block ends without an error.

    Args:
        target: A new or empty folder, or an older export.
        needed: Bytes that will be written, those thrown away included.

    Raises:
        ArtefactError: Something else stands there.
        WorldError: The disk has no room, or the place cannot be written.
    """
    target = target.absolute()  # "." has neither a name nor a parent
    _check(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _sweep(target)
        _check_space(target.parent, needed)
        place = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
        try:
            room = Room(place / OUT, place / WORK)
            room.out.mkdir()
            room.work.mkdir()
            yield room
            _swap(room.out, target, place / OLD)
        finally:
            shutil.rmtree(place, ignore_errors=True)
    except OSError as error:
        raise WorldError(
            f"{target}: {error.strerror or error}", "free some space, or choose another --output"
        ) from error


def seal(folder: Path, manifest: Mapping[str, Any]) -> dict[str, Any]:
    """Write the manifest with the hash of every file, and see that all is on the disk."""
    hashes = {}
    for path in sorted(folder.iterdir()):
        path.chmod(0o644)
        with path.open("rb+") as file:
            hashes[path.name] = hashlib.file_digest(file, "sha256").hexdigest()
            os.fsync(file.fileno())
    whole = {"format": FORMAT, "kind": KIND, **manifest, "files": hashes}
    with (folder / NAME).open("w", encoding="utf-8", errors="surrogateescape") as file:
        file.write(to_line(whole, indent=1) + "\n")
        file.flush()
        os.fsync(file.fileno())
    return whole


def is_export(folder: Path) -> bool:
    """Whether a folder is an export of ours."""
    try:
        manifest = json.loads((folder / NAME).read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(manifest, dict) and manifest.get("kind") == KIND


def read_export(folder: Path) -> dict[str, Any]:
    """The manifest of an export.

    Raises:
        ArtefactError: It is none, or one of a newer program.
    """
    if not is_export(folder):
        raise ArtefactError(f"{folder} is no export", "make one with: funcgemma export")
    manifest: dict[str, Any] = json.loads((folder / NAME).read_bytes())
    if manifest.get("format") != FORMAT:
        raise ArtefactError(
            f"{folder}: format {manifest.get('format')}, this program reads {FORMAT}",
            "update FuncGemma, or export again",
        )
    return manifest


def _check(target: Path) -> None:
    check_target(target)
    if target.is_dir() and any(target.iterdir()) and not is_export(target):
        raise ArtefactError(
            f"{target}: a model that is no export stands there", "choose another --output"
        )


def _sweep(target: Path) -> None:
    """Remove what programs that could not clean up have left beside the place."""
    since = time.time() - ABANDONED
    for place in target.parent.glob(f".{glob.escape(target.name)}-*"):
        ours = (place / OUT).is_dir() and (place / WORK).is_dir()
        if (place / OLD).exists():  # killed between two renames: the only copy of an older export
            continue
        if ours and all(path.lstat().st_mtime < since for path in (place, *place.rglob("*"))):
            shutil.rmtree(place, ignore_errors=True)


def _check_space(place: Path, needed: int) -> None:
    free, needed = shutil.disk_usage(place).free, needed + SPARE
    if free < needed:
        raise WorldError(
            f"{place}: the export needs {gigabytes(needed)} while it is made, "
            f"{gigabytes(free)} are free",
            "free some space, or choose another --output",
        )


def _swap(made: Path, target: Path, old: Path) -> None:
    """Put `made` in the place of `target`; the older export goes away last."""
    if target.exists():
        target.rename(old)
    try:
        made.rename(target)
    except OSError:
        if old.exists():
            old.rename(target)
        raise
