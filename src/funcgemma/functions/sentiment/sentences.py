"""The hand-written sentences that the sentiment model is trained on and measured with."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

from funcgemma.errors import DataError
from funcgemma.functions.sentiment.labels import EMOTION, INTENSITY, LABELS, POLARITY

TRAINING = ("ja", "en", "others")
"""Sentences by one author in many voices, and texts by other writers, in both languages."""
BLIND = "others_blind"
"""Texts by other writers that never train; their labels were given before the first judgement."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence as its reader judged it.

    Attributes:
        source: The file it stands in, without its ending.
        voice: Who speaks; a voice is never split between training and measuring.
        labels: Granularity -> label.
        text: The sentence.
    """

    source: str
    voice: str
    labels: dict[str, str]
    text: str


def read_sentences(sources: Sequence[str] = TRAINING) -> tuple[Sentence, ...]:
    """All sentences of some files of the package, in their order.

    Raises:
        DataError: A line is not as it should be; begins with `file:line:`.
    """
    folder = files("funcgemma.functions.sentiment") / "sentences"
    found: list[Sentence] = []
    for source in sources:
        lines = (folder / f"{source}.tsv").read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines, start=1):
            if line and not line.startswith("#"):
                found.append(parse_line(line, source, f"{source}.tsv:{number}"))
    return tuple(found)


def parse_line(line: str, source: str, place: str) -> Sentence:
    """A sentence from `voice, polarity, emotion, intensity (1 to 3), text`, split by tabs.

    Raises:
        DataError: A field is missing or is not one of its labels.
    """
    fields = line.split("\t")
    if len(fields) != 5 or not all(fields):
        raise DataError(f"{place}: needs five fields split by tabs, has {len(fields)}")
    voice, polarity, emotion, strength, text = fields
    if strength not in ("1", "2", "3"):
        raise DataError(f"{place}: the intensity '{strength}' is not 1, 2 or 3")
    labels = {
        POLARITY: polarity,
        EMOTION: emotion,
        INTENSITY: LABELS[INTENSITY][int(strength) - 1],
    }
    for granularity, label in labels.items():
        if label not in LABELS[granularity]:
            raise DataError(f"{place}: '{label}' is not a {granularity}")
    return Sentence(source, voice, labels, text)
