"""The libraries that the package asks for: those it needs, and its extras."""

import re
from collections.abc import Iterable, Iterator, Mapping
from importlib import metadata

from funcgemma.cli.doctor.findings import Finding

PACKAGE = "funcgemma"
UNSHOWN = ("dev",)
_NAME = re.compile(r"\s*([A-Za-z0-9._-]+)")
_EXTRA = re.compile(r"""\s*extra\s*==\s*['"]([\w.-]+)['"]\s*""")


def look_at_libraries() -> Iterator[Finding]:
    """What is installed, and in which version."""
    required = by_extra(_requirements())
    missing = [name for name in required.get("", ()) if _version(name) is None]
    if missing:
        text = f"not installed: {', '.join(missing)}"
        todo = f"make install, or: pip install {' '.join(missing)}"
        yield Finding("program", "libraries", "broken", text, todo)
    elif "" in required:
        yield Finding("program", "libraries", "ok", f"all {len(required[''])} installed")
    for extra in sorted(set(required) - {"", *UNSHOWN}):
        yield _extra(extra, required[extra])


def _extra(extra: str, names: tuple[str, ...]) -> Finding:
    versions = {name: _version(name) for name in names}
    what = f"extra {extra}"
    missing = [name for name, version in versions.items() if version is None]
    if missing:
        text = f"not installed: {', '.join(missing)}"
        return Finding("program", what, "optional", text, f'pip install "{PACKAGE}[{extra}]"')
    told = ", ".join(f"{name} {version}" for name, version in versions.items())
    return Finding("program", what, "ok", told)


def by_extra(requirements: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Names of libraries by the extra that asks for them; "" = always.

    What is asked for on some systems only is left out: this may be another one.
    """
    found: dict[str, list[str]] = {}
    for line in requirements:
        requirement, _, marker = line.partition(";")
        name = _NAME.match(requirement)
        extra = _EXTRA.fullmatch(marker)
        if name and name[1] != PACKAGE and (extra or not marker.strip()):
            found.setdefault(extra[1] if extra else "", []).append(name[1])
    return {extra: tuple(names) for extra, names in found.items()}


def _requirements() -> list[str]:
    try:
        return metadata.requires(PACKAGE) or []
    except metadata.PackageNotFoundError:  # run from its sources, without being installed
        return []


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None
