"""A text that arrives in pieces, sentence by sentence."""

import re
from collections.abc import Iterable, Iterator

_CLOSING = r"」』）)”\""
_END = re.compile(
    rf"[。！？]+[{_CLOSING}]*(?=[^。！？{_CLOSING}])|"
    r"(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\bMt)(?<!\bNo)(?<!\b[A-Z])[.!?]+[)”\"]?(?=\s)|\n+"
)


def sentences(pieces: Iterable[str]) -> Iterator[str]:
    """The sentences, each as soon as the one behind it begins; the last may be unfinished.

    Their concatenation is the text.
    """
    buffer = ""
    for piece in pieces:
        buffer += piece
        while end := _END.search(buffer):
            yield buffer[: end.end()]
            buffer = buffer[end.end() :]
    if buffer:
        yield buffer
