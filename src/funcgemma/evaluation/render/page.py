"""The frame of every page, and the escaping that all of it goes through."""

import html
import re
from importlib.resources import files
from typing import Any

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def escape(value: Any) -> str:
    """Text for HTML; characters that no page may hold become the replacement character."""
    return html.escape(_CONTROL.sub("�", str(value)))


def page(title: str, body: str, language: str) -> str:
    """A whole document. It loads nothing, and its policy forbids that anything is loaded."""
    style = (files(__package__) / "style.css").read_text(encoding="utf-8")
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return f"""<!doctype html>
<html lang="{escape(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<title>{escape(title)}</title>
<style>
{style}</style>
</head>
<body>
<main>
{body}
</main>
</body>
</html>
"""


def section(title: str, *parts: str, note: str = "") -> str:
    """A section with its heading and an explaining sentence."""
    said = f'<p class="note">{escape(note)}</p>\n' if note else ""
    return f"<section>\n<h2>{escape(title)}</h2>\n{said}" + "\n".join(parts) + "\n</section>"


def percent(rate: float | None, digits: int = 1) -> str:
    """A rate for people."""
    return "–" if rate is None else f"{100 * rate:.{digits}f} %"
