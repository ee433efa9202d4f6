"""A model is a folder: `manifest.json`, a `.safetensors` and a `.json` file a part, `CARD.md`.

The folder is written beside its final place, synced and renamed, the manifest
names every file with its SHA-256, and nothing in it can run code.
"""

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from funcgemma.artefacts.folders import swap
from funcgemma.errors import ArtefactError, WorldError

FORMAT = 4
"""Raised whenever a folder of one program could not be read by the other."""

CHOOSE = "choose a new or an empty folder, or that of an older model"

Array = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of a model: named arrays and plain JSON values."""

    arrays: Mapping[str, Array] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Artefact:
    """A model folder in memory. `manifest` holds labels, thresholds, hashes, metrics, seed."""

    manifest: Mapping[str, Any]
    parts: Mapping[str, Part]
    card: str = ""

    @property
    def hash(self) -> str:
        """SHA-256 over the hashes of all files; equal for equal training."""
        text = json.dumps(self.manifest.get("files", {}), sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


def save_artefact(artefact: Artefact, folder: Path) -> Artefact:
    """Write a model folder, replacing an older one in a single rename.

    Returns:
        The artefact with its files' hashes in the manifest.

    Raises:
        ArtefactError: Something that is no model of ours stands there; nothing is touched.
        WorldError: The disk is full, or the place cannot be written.
    """
    folder = folder.absolute()  # "." has neither a name nor a parent
    check_target(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        sibling = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as error:
        raise WorldError(
            f"{folder.parent}: {error.strerror}", "choose a folder you can write"
        ) from error
    try:
        written = _write_files(artefact, sibling)
        swap(sibling, folder)
    except OSError as error:
        raise WorldError(
            f"{folder}: {error.strerror}", "free some space or choose another folder"
        ) from error
    finally:
        shutil.rmtree(sibling, ignore_errors=True)
    return written


def check_target(folder: Path) -> None:
    """See that replacing `folder` deletes nothing but an older model.

    Raises:
        ArtefactError: It is a file, or a folder with other files in it.
        WorldError: It cannot be looked into.
    """
    try:
        if folder.exists() and not folder.is_dir():
            raise ArtefactError(f"{folder}: is a file, not a folder", CHOOSE)
        found = {path.name for path in folder.iterdir()} if folder.exists() else set()
    except OSError as error:
        raise WorldError(f"{folder}: {error.strerror}", "choose a folder you can write") from error
    others = sorted(found - _model_files(folder))
    if others:
        names = ", ".join(others[:3]) + (" …" if len(others) > 3 else "")
        raise ArtefactError(f"{folder}: holds files that are no model: {names}", CHOOSE)


def _model_files(folder: Path) -> set[str]:
    """The names of a model folder's files by its manifest; none if it is no manifest of ours."""
    try:
        manifest = json.loads((folder / "manifest.json").read_bytes())
    except (OSError, ValueError, RecursionError):
        return set()
    if not isinstance(manifest, dict) or not isinstance(manifest.get("format"), int):
        return set()
    files = manifest.get("files")
    return {"manifest.json", *files} if isinstance(files, dict) else set()


def _write_files(artefact: Artefact, folder: Path) -> Artefact:
    from safetensors.numpy import save

    contents: dict[str, bytes] = {}
    for name, part in artefact.parts.items():
        if part.arrays:
            # safetensors 0.8 scrambles arrays that are not C-contiguous
            arrays = {key: np.ascontiguousarray(array) for key, array in part.arrays.items()}
            contents[f"{name}.safetensors"] = save(arrays)
        contents[f"{name}.json"] = _json(part.values)
    if artefact.card:
        contents["CARD.md"] = artefact.card.encode()
    hashes = {name: hashlib.sha256(data).hexdigest() for name, data in sorted(contents.items())}
    manifest = {**artefact.manifest, "format": FORMAT, "files": hashes}
    contents["manifest.json"] = _json(manifest)
    for name, data in contents.items():
        with (folder / name).open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    return Artefact(manifest, artefact.parts, artefact.card)


def _json(values: Mapping[str, Any]) -> bytes:
    return json.dumps(values, ensure_ascii=False, sort_keys=True, indent=1).encode() + b"\n"


def load_artefact(folder: Path) -> Artefact:
    """Read a model folder and check every file against the manifest.

    Raises:
        ArtefactError: It is missing, damaged, or written by a newer or older program.
    """
    with _mapped(folder):
        manifest = json.loads((folder / "manifest.json").read_bytes())
        if not isinstance(manifest, dict) or not isinstance(manifest.get("format"), int):
            raise ArtefactError(f"{folder}: its manifest is damaged", "train again")
        if manifest["format"] != FORMAT:
            age = "newer" if manifest["format"] > FORMAT else "older"
            raise ArtefactError(
                f"{folder}: format {manifest['format']} is {age} than this program's {FORMAT}",
                "update FuncGemma, or train again" if age == "newer" else "train again",
            )
        contents = {name: (folder / name).read_bytes() for name in manifest["files"]}
    for name, data in contents.items():
        if hashlib.sha256(data).hexdigest() != manifest["files"][name]:
            raise ArtefactError(f"{folder / name}: damaged (its hash differs)", "train again")
    with _mapped(folder):
        return Artefact(manifest, _parts(contents), contents.get("CARD.md", b"").decode())


def _parts(contents: Mapping[str, bytes]) -> dict[str, Part]:
    from safetensors.numpy import load

    parts: dict[str, Part] = {}
    for name, data in contents.items():
        stem, _, suffix = name.rpartition(".")
        if suffix == "json":
            tensors = contents.get(f"{stem}.safetensors")
            parts[stem] = Part(load(tensors) if tensors else {}, json.loads(data))
    return parts


@contextlib.contextmanager
def _mapped(folder: Path) -> Iterator[None]:
    """Turn every way in which a folder can be broken into one error."""
    from safetensors import SafetensorError

    try:
        yield
    except FileNotFoundError as error:
        raise ArtefactError(
            f"{folder}: {Path(error.filename).name} is missing", "train again"
        ) from error
    except (OSError, ValueError, KeyError, TypeError, SafetensorError) as error:
        raise ArtefactError(f"{folder}: damaged: {error}", "train again") from error
