"""How a request may be put: what makes it hard to understand, or easy."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phenomenon:
    """A way to put something.

    Attributes:
        key: Its name in the provenance.
        tag: The tag of the rows; "" = none.
        ja: What a writer of Japanese is told.
        en: What a writer of English is told.
        share: How often it is drawn, relative to the others.
        silent: Whether it also fits what asks for nothing.
    """

    key: str
    tag: str
    ja: str
    en: str
    share: int = 1
    silent: bool = True


PHENOMENA = (
    Phenomenon(
        "plain",
        "",
        "この人がふだん使うことばで、飾らずに言う。",
        "In this person's usual words.",
        3,
    ),
    Phenomenon(
        "typo",
        "typo",
        "打ち間違い・変換ミス・抜け字が一つ二つある。ただし固有名詞と日時の語は正しく書く。",
        "One or two slips of the thumb; names and times are spelt right.",
    ),
    Phenomenon(
        "dialect",
        "dialect",
        "その土地のことばで言う。",
        "In the dialect or the everyday speech of the region.",
    ),
    Phenomenon(
        "fragment",
        "fragment",
        "文にしない。単語や名詞句だけを並べたような短い断片で言う。",
        "No whole sentence: a short fragment, a noun phrase, key words.",
    ),
    Phenomenon(
        "polite",
        "polite",
        "たいへん丁寧に、遠慮がちに言う。",
        "Very politely, with hedges and thanks.",
    ),
    Phenomenon(
        "speech",
        "speech",
        "音声認識の結果のように、句読点がなく、言いよどみや言い直しが残っている。",
        "As a speech recogniser writes it: no punctuation, fillers and restarts left in.",
    ),
    Phenomenon(
        "mixed_language",
        "mixed_language",
        "日本語の文に英語の単語や言い回しが混ざる。",
        "Words of another language that this person knows are mixed in.",
    ),
    Phenomenon(
        "buried",
        "long",
        "身の上話や事情を二、三文話し、頼みごとはその途中か最後にまぎれている。",
        "Two or three sentences of story; the request is buried in them or comes last.",
        silent=False,
    ),
    Phenomenon(
        "missing",
        "missing",
        "頼みごとに要る事柄を一つ言い忘れている。",
        "One thing that the request needs is not said.",
        silent=False,
    ),
    Phenomenon(
        "several",
        "multi",
        "一つの発話で二つのことを続けて頼む。",
        "Two requests, one after the other, in one utterance.",
        silent=False,
    ),
    Phenomenon(
        "followup",
        "followup",
        "それまでのやりとりの続き。発話は前の話を受けて短い。",
        "It goes on from an earlier exchange and is short, because much was said before.",
        2,
    ),
)
"""In the order of the table in docs/data.md."""
