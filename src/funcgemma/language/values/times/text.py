"""Normalise an utterance without losing the way back to its characters."""

import re
import unicodedata
from dataclasses import dataclass

# One character to one character: full width to ASCII, capitals to small ones, one kind of dash.
_TABLE: dict[int, str] = {
    **{code: chr(code - 0xFEE0).lower() for code in range(0xFF01, 0xFF5F)},
    **{code: chr(code).lower() for code in range(ord("A"), ord("Z") + 1)},
    **{ord(char): " " for char in "\u3000\u00a0\u2009\u202f\t"},
    **{ord(char): "〜" for char in "~～∼˜〰"},
    **{ord(char): "-" for char in "−–—―‐‑－─"},
    **{ord(char): "〇" for char in "○◯"},
    **{ord(char): "'" for char in "’‘＇"},
    **dict(
        zip(
            map(ord, "⼀⼆⼋⼗⽇⽉⽊⽔⽕⾦⼟"),
            "一二八十日月木水火金土",
            strict=True,
        )
    ),
    ord("､"): "、",
    ord("｡"): "。",
    ord("･"): "・",
    ord("∶"): ":",
}

# What does not stay one character: half-width kana, loose voicing marks, ㏠, ㋀, ㍘, ㊊.
_UNEVEN = re.compile(
    "[\uff66-\uff9f\u3099\u309a\u33e0-\u33fe\u32c0-\u32cb\u3358-\u3370\u328a-\u3290]"
)
_CLUSTER = re.compile("(?s).[\u3099\u309a\uff9e\uff9f]?")


@dataclass(frozen=True, slots=True)
class Plain:
    """A normalised text; `starts` and `ends` are None where positions have not moved."""

    text: str
    starts: tuple[int, ...] | None = None
    ends: tuple[int, ...] | None = None

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span in the original text of a span in the normalised one."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]


def normalise(text: str) -> Plain:
    """Bring a text into the form that the patterns of this package are written for."""
    if text.isascii():
        return Plain(text.translate(_TABLE) if "~" in text or "\t" in text else text.lower())
    if not _UNEVEN.search(text):
        return Plain(text.translate(_TABLE))
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in _CLUSTER.finditer(text):
        cluster = match[0]
        composed = unicodedata.normalize("NFKC", cluster) if _UNEVEN.search(cluster) else cluster
        for char in composed.translate(_TABLE):
            chars.append(char)
            starts.append(match.start())
            ends.append(match.end())
    return Plain("".join(chars), tuple(starts), tuple(ends))
