"""A folder put whole into the place of another."""

import shutil
import tempfile
from pathlib import Path


def swap(sibling: Path, folder: Path) -> None:
    """Put `sibling` in the place of `folder`; the old one goes away last."""
    if not folder.exists():
        sibling.rename(folder)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{folder.name}-old-", dir=folder.parent))
    folder.rename(old / "old")
    sibling.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
