"""Numbers as people write and say them: 12, 十二, 二〇二六, じゅうに, twelve."""

_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0}
_UNITS = {"十": 10, "百": 100, "千": 1000}

KANJI = "〇零一二三四五六七八九十百千"
NUMBER = rf"(?:[0-9]{{1,4}}(?![0-9])|[{KANJI}]{{1,9}})"
SMALL = rf"(?:[0-9]{{1,2}}(?![0-9])|[{KANJI}]{{1,4}})"

_ONES = {
    1: "いち",
    2: "に",
    3: "さん",
    4: "よ|よん",
    5: "ご",
    6: "ろく",
    7: "しち|なな",
    8: "はち",
    9: "く|きゅう",
}
_TEN = "じゅう"

# The hours of the day as they are spoken before じ.
HOUR_READINGS: dict[str, int] = {
    **{reading: hour for hour, text in _ONES.items() for reading in text.split("|")},
    **{_TEN + r: 10 + hour for hour, text in _ONES.items() for r in text.split("|")},
    **{f"に{_TEN}{r}": 20 + hour for hour in (1, 2, 3) for r in _ONES[hour].split("|")},
    _TEN: 10,
    f"に{_TEN}": 20,
    f"に{_TEN}よ": 24,
    "れい": 0,
}

# The minutes that are spoken in practice, with their counter.
MINUTE_READINGS: dict[str, int] = {
    "ごふん": 5,
    **{
        tens + ten + "っぷん": 10 * (1 + index)
        for index, tens in enumerate(("", "に", "さん", "よん", "ご"))
        for ten in ("じゅ", "じ")
    },
    **{
        tens + "じゅうごふん": 15 + 10 * index
        for index, tens in enumerate(("", "に", "さん", "よん", "ご"))
    },
}

_ENGLISH = (
    "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    "|sixteen|seventeen|eighteen|nineteen|twenty"
)
ENGLISH_NUMBERS: dict[str, int] = {
    **{word: value for value, word in enumerate(_ENGLISH.split("|"))},
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "ninety": 90,
    **{
        f"{word}{joint}five": tens + 5
        for word, tens in (("twenty", 20), ("thirty", 30), ("forty", 40), ("fifty", 50))
        for joint in "- "
    },
    "a": 1,
    "an": 1,
    "a couple of": 2,
    "couple of": 2,
    "a few": 3,
}


def to_int(text: str) -> int:
    """Read digits or 漢数字; the text holds nothing else."""
    if text[0] in "0123456789":
        return int(text)
    total = current = 0
    for char in text:
        if char in _UNITS:
            total += (current or 1) * _UNITS[char]
            current = 0
        else:
            current = current * 10 + _DIGITS[char]
    return total + current
