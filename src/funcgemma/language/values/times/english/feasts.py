"""Holidays and feasts as English calls them, with and without their apostrophes."""

from funcgemma.language.values.times.model import Slots

_FEASTS: dict[str, str] = {
    "元日": "new year's day|new year's|new year",
    "バレンタイン": "valentine's day|valentine's|valentines",
    "聖パトリックの日": (
        "st patrick's day|st\\. patrick's day|saint patrick's day|st paddy's day|paddy's day"
    ),
    "エイプリルフール": "april fool's day|april fools day|april fool's",
    "聖金曜日": "good friday",
    "復活祭": "easter sunday|easter",
    "復活祭明けの月曜": "easter monday",
    "告解の火曜日": "shrove tuesday|pancake day|mardi gras",
    "灰の水曜日": "ash wednesday",
    "枝の主日": "palm sunday",
    "キング牧師記念日": "martin luther king day|mlk day",
    "大統領の日": "presidents' day|president's day|presidents day",
    "オーストラリアの日": "australia day",
    "ワイタンギの日": "waitangi day",
    "アンザックの日": "anzac day",
    "メーデー": "may day",
    "ゴールデンウィーク": "golden week|gw",
    "母の日": "mother's day",
    "父の日": "father's day",
    "メモリアルデー": "memorial day",
    "ジューンティーンス": "juneteenth",
    "カナダの日": "canada day",
    "独立記念日": "independence day",
    "お盆": "obon",
    "労働者の日": "labor day|labour day",
    "コロンブスの日": "columbus day|indigenous peoples' day",
    "ハロウィン": "halloween|hallowe'en",
    "ガイ・フォークスの日": "bonfire night|guy fawkes night|guy fawkes",
    "戦没者追悼の日": "remembrance day|armistice day|veterans day|veteran's day|veterans' day",
    "感謝祭": "thanksgiving day|thanksgiving",
    "ブラックフライデー": "black friday",
    "クリスマスイブ": "christmas eve|xmas eve",
    "クリスマス": "christmas day|christmas|xmas day|xmas",
    "ボクシングデー": "boxing day",
    "大晦日": "new year's eve|nye|hogmanay|end of the year|the end of the year",
}
# A tree or a present for the day says nothing about when.
_THINGS = (
    "tree|trees|card|cards|present|presents|gift|gifts|cake|pudding|jumper|jumpers|sweater"
    "|sweaters|costume|costumes|song|songs|carols?|movie|movies|film|films|eggs?|bunny|lights"
    "|decorations?|market|markets|turkey|cookies|stocking|stockings|resolutions?"
    "|bank|edition|special"
)
NOT_THINGS = rf"(?!(?: day)? (?:{_THINGS})\b)"


def _spellings(names: str) -> set[str]:
    said = names.split("|")
    return {*said, *(name.replace("'", "") for name in said)}


FEASTS: dict[str, Slots] = {
    spelling: {"named": feast} for feast, names in _FEASTS.items() for spelling in _spellings(names)
}
ANY_FEAST = "|".join(sorted(FEASTS, key=len, reverse=True))
