import pytest

from funcgemma.functions.sources.place_names import PREFECTURES, names_of


def test_there_are_47_prefectures():
    assert len(PREFECTURES) == 47
    assert PREFECTURES["京都"] == "京都府" and PREFECTURES["沖縄"] == "沖縄県"


@pytest.mark.parametrize(
    ("said", "rounds"),
    [
        ("京都", (("京都", "京都市", "京都府"),)),
        ("京都市", (("京都市",), ("京都", "京都府"))),
        ("新宿駅", (("新宿駅",), ("新宿", "新宿市"))),
        ("札幌市中央区", (("札幌市中央区",), ("札幌市",), ("札幌",))),
        ("北海道", (("北海道", "北海道市"),)),
        ("東京都", (("東京都",), ("東京", "東京市"))),
        ("津", (("津", "津市"), ("津区", "津町", "津村"))),
        ("羽田空港", (("羽田空港",), ("羽田", "羽田市"))),
        ("浅草周辺", (("浅草", "浅草市"), ("浅草区", "浅草町", "浅草村"))),
        ("ニューヨーク", (("ニューヨーク",),)),
        ("江の島", (("江の島",),)),
        ("Tokyo Station", (("Tokyo Station",), ("Tokyo",))),
        ("  パリ　", (("パリ",),)),
        ("", ()),
    ],
)
def test_as_said_first_and_then_shorter(said, rounds):
    assert names_of(said).rounds == rounds


@pytest.mark.parametrize(
    ("said", "name", "area"),
    [
        ("京都府宇治市", "宇治市", "京都府"),
        ("東京の渋谷", "渋谷", "東京"),
        ("フランスのパリ", "パリ", "フランス"),
        ("Paris, Texas", "Paris", "Texas"),
        ("京都", "京都", ""),
    ],
)
def test_the_larger_area_is_kept_apart(said, name, area):
    names = names_of(said)
    assert (names.rounds[0][0], names.area) == (name, area)
