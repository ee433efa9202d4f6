import pytest

from funcgemma.language.languages import LOOKUP, NAMES, VARIANTS, code_of
from funcgemma.language.normalise import normalise


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("英語", "en"),
        ("英文", "en"),
        ("えいご", "en"),
        ("English", "en"),
        ("ＥＮＧＬＩＳＨ", "en"),
        ("英訳", "en"),
        ("和訳", "ja"),
        ("日本語", "ja"),
        ("中国語", "zh"),
        ("北京語", "zh"),
        ("繁体字", "zh"),
        ("韓国語", "ko"),
        ("ハングル", "ko"),
        ("広東語", "yue"),
        ("タガログ語", "tl"),
        ("フィリピン語", "tl"),
        ("Filipino", "tl"),
        ("ポルトガル語", "pt"),
        ("en", "en"),
        ("EN", "en"),
        ("fil", "fil"),
        ("pt-BR", "pt"),
        ("zh_Hant", "zh"),
    ],
)
def test_what_people_say(said, code):
    assert code_of(said) == code


@pytest.mark.parametrize("said", ["関西弁", "大阪弁", "auto", "", "国語", "xx", "polishing"])
def test_what_is_no_language(said):
    assert code_of(said) is None


def test_every_name_leads_to_its_code():
    assert len(NAMES) >= 60
    for code, names in NAMES.items():
        for name in names:
            # Filipino is Tagalog under another name.
            assert LOOKUP[normalise(name)] == ("tl" if code == "fil" else code)


def test_no_word_stands_for_two_languages():
    words = [normalise(word) for said in VARIANTS.values() for word in said.split()]
    assert len(words) == len(set(words))
    assert set(VARIANTS) <= set(NAMES)
    assert all(key == normalise(key) for key in LOOKUP)
