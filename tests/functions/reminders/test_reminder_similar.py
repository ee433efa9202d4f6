import pytest

from funcgemma.functions.reminders.similar import EXACT, FITS, key_of, similarity


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("歯医者", "歯医者。"),
        ("ゴミ出し", "ごみ出し"),
        ("ﾐｰﾃｨﾝｸﾞ", "ミーティング"),
        ("ＡＢＣの会議", "abcの会議"),
        ("Dentist", "dentist"),
        ("🎉", "🎉"),
    ],
)
def test_the_same(one, other):
    assert similarity(one, other) == EXACT


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("歯医者", "歯医者の予約"),
        ("歯医者さん", "歯医者"),
        ("会議", "山田さんとの会議"),
        ("牛乳買う", "牛乳を買う"),
        ("薬飲むの", "薬を飲む"),
        ("うちあわせ", "打ち合わせ"),
        ("打合せ", "打ち合わせ"),
        ("かいぎ", "会議"),
        ("はいしゃ", "歯医者"),
        ("ピアノレッスン", "ピアノのレッスン"),
        ("電気代払う", "電気代の支払い"),
        ("飲み会", "飲み会（新宿）"),
        ("dentist", "Dentist appointment"),
    ],
)
def test_may_be_the_same(one, other):
    assert FITS <= similarity(one, other) < EXACT
    assert FITS <= similarity(other, one) < EXACT


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("山田さんとの会議", "佐藤さんとの会議"),
        ("母の誕生日", "父の誕生日"),
        ("燃えるゴミ", "燃えないゴミ"),
        ("田中さんとのランチ", "田中さんとの会議"),
        ("薬を飲む", "水を飲む"),
        ("ピアノのレッスン", "英語のレッスン"),
        ("美容院", "歯医者"),
        ("meeting with Bob", "meeting with Alice"),
        ("call mum", "call dad"),
        ("", ""),
        ("", "会議"),
        ("🎉", "会議"),
        ("！", "？"),
    ],
)
def test_something_else(one, other):
    assert similarity(one, other) < FITS
    assert similarity(other, one) < FITS


def test_keys():
    assert key_of("「ゴミ出し」（朝）!") == "ごみ出し朝"


def test_what_fits_better():
    said = "山田さんの会議"
    kept = [
        "山田さんの会議",
        "山田さんとの会議",
        "山田さんとの会議の準備",
        "会議",
        "山田さんの歓迎会議室",
    ]
    scores = [similarity(said, one) for one in kept]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > scores[1] > scores[2] > scores[3]
