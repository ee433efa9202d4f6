"""The names under which a place, as somebody said it, may stand in a gazetteer.

A gazetteer knows 京都市 and 新宿区; people say 京都, 新宿駅, 札幌市中央区 or
京都府宇治市.
"""

import re
from dataclasses import dataclass
from unicodedata import normalize

_KEN = (
    "青森 岩手 宮城 秋田 山形 福島 茨城 栃木 群馬 埼玉 千葉 神奈川 新潟 富山 石川 福井 "
    "山梨 長野 岐阜 静岡 愛知 三重 滋賀 兵庫 奈良 和歌山 鳥取 島根 岡山 広島 山口 徳島 "
    "香川 愛媛 高知 福岡 佐賀 長崎 熊本 大分 宮崎 鹿児島 沖縄"
)
PREFECTURES: dict[str, str] = {
    "北海道": "北海道",
    "東京": "東京都",
    "京都": "京都府",
    "大阪": "大阪府",
    **{name: f"{name}県" for name in _KEN.split()},
}
"""A prefecture as people say it -> its full name."""

_FULL = "|".join(PREFECTURES.values())
_BARE = "|".join(PREFECTURES)
_IN_PREFECTURE = re.compile(rf"({_FULL}|(?:{_BARE})(?=の))の?(.{{2,}})")
_IN_COUNTRY = re.compile(r"([ァ-ヶー]{2,})の(.{2,})")
_WARD = re.compile(r"(.+?市)の?(.+区)")
_AROUND = re.compile(
    r"(?:の?(?:周辺|付近|近辺|近郊|あたり|辺り|方面|市内|中心部)|\s+(?:area|region))$",
    re.IGNORECASE,
)
_SUFFIX = re.compile(
    r"(?:国際空港|空港|駅|温泉|[市区町村県府]|(?<=東京)都"
    r"|\s+(?:international airport|airport|station|city|prefecture))$",
    re.IGNORECASE,
)
_KANJI = re.compile(r"[一-龥々ヶケ]{1,4}")


@dataclass(frozen=True, slots=True)
class Names:
    """What to look for.

    Attributes:
        rounds: Names to ask for, best first; those of one round are asked together.
        area: The prefecture, state or country said along with it; may be empty.
    """

    rounds: tuple[tuple[str, ...], ...]
    area: str = ""


def names_of(said: str) -> Names:
    """The names to look for: as said, and then shorter."""
    place, area = _split(_AROUND.sub("", normalize("NFKC", said).strip()).strip())
    ward = _WARD.fullmatch(place)
    whole = ward[1] if ward else place
    rounds = [_variants(name) for name in (place, whole, stem(whole))]
    if _is_bare(place) and place not in PREFECTURES:
        rounds.append(tuple(place + suffix for suffix in "区町村"))
    known: set[str] = set()
    unique = []
    for names in rounds:
        unique.append(tuple(name for name in names if name and name not in known))
        known.update(names)
    return Names(tuple(names for names in unique if names), area)


def stem(name: str, shortest: int = 2) -> str:
    """The name without 市, 区, 駅, 空港, …, unless less than `shortest` characters are left."""
    short = _SUFFIX.sub("", name)
    return short if len(short) >= shortest else name


def _split(place: str) -> tuple[str, str]:
    """The place and the larger area it was said to lie in."""
    inside = _IN_PREFECTURE.fullmatch(place) or _IN_COUNTRY.fullmatch(place)
    if inside:
        return inside[2], inside[1]
    name, _, area = place.partition("," if "," in place else "、")
    return name.strip(), area.strip()


def _variants(name: str) -> tuple[str, ...]:
    """A bare 京都 stands as 京都市 or 京都府 in gazetteers, and may be a hamlet elsewhere."""
    if not _is_bare(name):
        return (name,)
    return tuple(dict.fromkeys((name, f"{name}市", PREFECTURES.get(name, name))))


def _is_bare(name: str) -> bool:
    return bool(_KANJI.fullmatch(name)) and stem(name) == name
