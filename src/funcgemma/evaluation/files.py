"""Save and read reports; a file is written beside its place and renamed, never half-written."""

import contextlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from funcgemma.errors import DataError, WorldError
from funcgemma.evaluation.report import FORMAT


def save_text(path: Path, text: str) -> None:
    """Write a text file in one rename; characters that no UTF-8 file can hold become `?`.

    Raises:
        WorldError: The place cannot be written.
    """
    sibling = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        sibling.write_text(text, encoding="utf-8", errors="replace", newline="\n")
        sibling.replace(path)
    except OSError as error:
        raise WorldError(f"{path}: {error.strerror}", "choose a place you can write") from error
    finally:
        with contextlib.suppress(OSError):
            sibling.unlink(missing_ok=True)


def save_report(path: Path, report: Mapping[str, Any]) -> None:
    """Save a report (or any JSON value) for people and programs: indented, lists on one line.

    Raises:
        WorldError: The place cannot be written.
    """
    save_text(path, to_text(report) + "\n")


def to_text(value: Any, indent: str = "") -> str:
    """JSON in which objects are broken into lines as long as they hold other objects."""
    if isinstance(value, Mapping) and any(isinstance(v, Mapping | list) for v in value.values()):
        inner = indent + " "
        items = [f"{inner}{_flat(str(key))}: {to_text(v, inner)}" for key, v in value.items()]
        return "{\n" + ",\n".join(items) + f"\n{indent}}}"
    if isinstance(value, list) and any(isinstance(item, Mapping | list) for item in value):
        inner = indent + " "
        return "[\n" + ",\n".join(inner + to_text(v, inner) for v in value) + f"\n{indent}]"
    return _flat(value)


def _flat(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:  # a lone surrogate in a case
        return json.dumps(value)
    return text


def read_report(path: Path) -> dict[str, Any]:
    """Read a saved report.

    Raises:
        DataError: It cannot be read, is no report, or was made by a newer program.
    """
    try:
        report = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise DataError(f"{path}: cannot be read: {error.strerror}", "check the path") from error
    except (ValueError, RecursionError) as error:
        raise DataError(f"{path}: is not JSON", "give a report saved with --output") from error
    if not _is_report(report):
        raise DataError(f"{path}: is no report", "make one with `funcgemma evaluate --output FILE`")
    if report["format"] > FORMAT:
        raise DataError(
            f"{path}: has format {report['format']}, this program reads up to {FORMAT}",
            "install a newer FuncGemma",
        )
    return dict(report)


def _is_report(value: Any) -> bool:
    """Whether it has what every report has."""
    if not isinstance(value, dict) or not isinstance(value.get("format"), int):
        return False
    return isinstance(value.get("summary"), dict) and isinstance(value.get("about"), dict)
