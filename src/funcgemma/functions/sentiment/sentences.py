"""The hand-written sentences that the sentiment model is trained on and measured with."""

from dataclasses import dataclass
from importlib.resources import files

from funcgemma.errors import DataError
from funcgemma.functions.sentiment.labels import EMOTION, INTENSITY, LABELS, POLARITY

LANGUAGES = ("ja", "en")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence as its reader judged it.

    Attributes:
        language: `ja` or `en`.
        voice: Who speaks; a voice is never split between training and measuring.
        labels: Granularity -> label.
        text: The sentence.
    """

    language: str
    voice: str
    labels: dict[str, str]
    text: str


def read_sentences() -> tuple[Sentence, ...]:
    """All sentences of the package, in file order.

    Raises:
        DataError: A line is not as it should be; begins with `file:line:`.
    """
    folder = files("funcgemma.functions.sentiment") / "sentences"
    found: list[Sentence] = []
    for language in LANGUAGES:
        lines = (folder / f"{language}.tsv").read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines, start=1):
            if line and not line.startswith("#"):
                found.append(parse_line(line, language, f"{language}.tsv:{number}"))
    return tuple(found)


def parse_line(line: str, language: str, place: str) -> Sentence:
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
    return Sentence(language, voice, labels, text)
