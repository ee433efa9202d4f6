"""The file that rows are appended to as they come: nothing is lost when a run breaks off."""

from collections.abc import Sequence
from pathlib import Path

from funcgemma.data.cases import case_to_json, parse_case, read_cases, to_line
from funcgemma.errors import DataError, WorldError
from funcgemma.records import Case


def mend(path: Path) -> bool:
    """Take off a last line that was written only in part; whether there was one.

    Raises:
        WorldError: The file cannot be read or written.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise _failed(path, error) from error
    if not data or data.endswith(b"\n"):
        return False
    start = data.rfind(b"\n") + 1
    try:
        parse_case(data[start:].decode())
        kept = data + b"\n"
    except (DataError, UnicodeDecodeError):
        kept = data[:start]
    try:
        with path.open("r+b") as file:
            file.truncate(min(len(kept), len(data)))
            file.seek(0, 2)
            file.write(kept[len(data) :])
    except OSError as error:
        raise _failed(path, error) from error
    return True


def read_rows(path: Path) -> tuple[Case, ...]:
    """The rows of a file, after it was mended; none where there is no file.

    Raises:
        DataError: A line is wrong, as file:line.
        WorldError: The file cannot be mended.
    """
    mend(path)
    return read_cases(path) if path.exists() else ()


def append_rows(path: Path, rows: Sequence[Case]) -> None:
    """Append rows to a file; the first ones make it.

    A run that is broken off by Ctrl-C leaves whole lines; `mend` takes care of a power cut.

    Raises:
        WorldError: The place cannot be written.
    """
    if not rows:
        return
    text = "".join(to_line(case_to_json(row)) + "\n" for row in rows)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab") as file:
            file.write(text.encode("utf-8", errors="surrogateescape"))
    except OSError as error:
        raise _failed(path, error) from error


def _failed(path: Path, error: OSError) -> WorldError:
    return WorldError(f"{path}: {error.strerror}", "choose a place you can write, or free space")
