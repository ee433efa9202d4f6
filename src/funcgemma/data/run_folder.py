"""The folder of one run: `train.jsonl`, `validation.jsonl`, `test.jsonl`, what they are made of."""

import contextlib
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from funcgemma.data.cases import cases_hash, to_line, write_cases
from funcgemma.data.groups import dialogue_groups, writer_groups
from funcgemma.data.labels import count_labels
from funcgemma.data.split import PARTS, Plan, Split
from funcgemma.errors import DataError, WorldError
from funcgemma.records import Case

FORMAT = 1


def check_run(folder: Path, *, force: bool) -> None:
    """Refuse a place that holds something already.

    Raises:
        DataError: The folder is not empty and `force` is not set, or it is a file.
        WorldError: It cannot be looked into.
    """
    if folder.is_file():
        raise DataError(f"{folder}: is a file, not a folder", "choose another --run-id")
    try:
        taken = folder.exists() and any(folder.iterdir())
    except OSError as error:
        raise WorldError(f"{folder}: {error.strerror}", "choose another --run-id") from error
    if taken and not force:
        raise DataError(f"{folder}: exists already", "choose another --run-id, or add --force")


def write_run(
    folder: Path, split: Split, manifest: Mapping[str, Any], leaks: Mapping[str, Any]
) -> None:
    """Write a run beside its place and move it there; other files of an old run stay.

    Raises:
        WorldError: The place cannot be written.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        sibling = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as error:
        raise WorldError(f"{folder.parent}: {error.strerror}", "choose another folder") from error
    try:
        for name in PARTS:
            write_cases(sibling / f"{name}.jsonl", distinct_ids(split.parts[name]))
        write_cases(sibling / "left_out.jsonl", distinct_ids(split.left_out))
        _write_json(sibling / "leaks.json", leaks)
        _write_json(sibling / "manifest.json", manifest)
        _move(sibling, folder)
    except OSError as error:
        raise WorldError(f"{folder}: {error.strerror}", "free space or choose another") from error
    finally:
        with contextlib.suppress(OSError):
            shutil.rmtree(sibling)


def _move(sibling: Path, folder: Path) -> None:
    """Rename the whole folder, or its files one by one where there is one already."""
    sibling.chmod(0o755)  # mkdtemp makes folders that only their owner can read
    if not folder.exists():
        sibling.rename(folder)
        return
    for path in sorted(sibling.iterdir(), key=lambda p: (p.name == "manifest.json", p.name)):
        path.replace(folder / path.name)


def _write_json(path: Path, value: Mapping[str, Any]) -> None:
    text = to_line(value, indent=1) + "\n"
    path.write_text(text, encoding="utf-8", errors="surrogateescape")


def build_manifest(
    cases: Sequence[Case], split: Split, plan: Plan, inputs: Mapping[str, str]
) -> dict[str, Any]:
    """What a run is made of; the same input gives the same manifest.

    Args:
        cases: All cases that were split.
        split: The parts.
        plan: How they were made.
        inputs: Name of each input -> its SHA-256.
    """
    return {
        "format": FORMAT,
        "seed": plan.seed,
        "shares": dict(zip(PARTS, plan.shares, strict=True)),
        "balance": plan.balance,
        "target_count": plan.target_count,
        "keep_near_duplicates": plan.keep_near,
        "grouped_by": split.grouped_by,
        "inputs": dict(inputs),
        "cases": len(cases),
        "hash": cases_hash(cases),
        "left_out": len(split.left_out),
        "parts": {name: _describe(split.parts[name], split.grouped_by) for name in PARTS},
    }


def _describe(cases: Sequence[Case], grouped_by: str) -> dict[str, Any]:
    groups = writer_groups(cases) if grouped_by == "writer" else dialogue_groups(cases)
    return {
        "cases": len(cases),
        "functions": count_labels(cases),
        "groups": len(groups),
        "writers": sorted({case.writer for case in cases}),
        "hash": cases_hash(cases),
    }


def distinct_ids(cases: Iterable[Case]) -> list[Case]:
    """The cases with `~2`, `~3` … behind ids that several input files have in common."""
    used: dict[str, int] = {}
    result = []
    for case in cases:
        used[case.id] = number = used.get(case.id, 0) + 1
        result.append(case if number == 1 else replace(case, id=f"{case.id}~{number}"))
    return result
