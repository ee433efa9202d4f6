import pytest

from funcgemma.functions.sources.purchase import read_wish


@pytest.mark.parametrize(
    ("phrase", "keywords", "least", "most"),
    [
        ("3万円以下のワイヤレスイヤホン", "ワイヤレスイヤホン", None, 30_000),
        ("３万円以下のワイヤレスイヤホン", "ワイヤレスイヤホン", None, 30_000),
        ("1000円くらいのギフト", "ギフト", 800, 1200),
        ("3万円のカメラ", "カメラ", 24_000, 36_000),
        ("予算3万円のカメラ", "カメラ", None, 30_000),
        ("3万円以上のバッグ", "バッグ", 30_000, None),
        ("3万円台のスマホ", "スマホ", 30_000, 39_999),
        ("5500円台のペン", "ペン", 5500, 5599),
        ("2〜3万円の自転車", "自転車", 20_000, 30_000),
        ("ゲーミングPC 20万円以下", "ゲーミングPC", None, 200_000),
        ("3万円以下で買えるノートパソコン", "ノートパソコン", None, 30_000),
        ("headphones under $50", "headphones", None, 50),
        ("laptops over 800 dollars", "laptops", 800, None),
        ("a bike between $100 and $200", "bike", 100, 200),
        ("budget of €300 for a phone", "phone", None, 300),
        ("watches around $100", "watches", 80, 120),
        ("一人暮らし用の冷蔵庫", "一人暮らし用の冷蔵庫", None, None),
        ("3万円", "3万円", 24_000, 36_000),
    ],
)
def test_budgets(phrase, keywords, least, most):
    wish = read_wish(phrase)
    assert (wish.keywords, wish.budget_min, wish.budget_max) == (keywords, least, most)


@pytest.mark.parametrize(
    ("phrase", "keywords", "condition"),
    [
        ("中古のiPhone", "iPhone", "used"),
        ("中古カメラ", "カメラ", "used"),
        ("a used car", "car", "used"),
        ("second-hand books", "books", "used"),
        ("新品のバッグ", "バッグ", "new"),
        ("brand new laptop", "laptop", "new"),
        ("整備済みのMacBook", "MacBook", "refurbished"),
        ("カメラ", "カメラ", ""),
        ("unused stamps", "unused stamps", ""),
    ],
)
def test_conditions(phrase, keywords, condition):
    wish = read_wish(phrase)
    assert (wish.keywords, wish.condition) == (keywords, condition)


@pytest.mark.parametrize(
    ("phrase", "items"),
    [
        ("iPhoneとPixel", ("iPhone", "Pixel")),
        ("AirPods vs Galaxy Buds", ("AirPods", "Galaxy Buds")),
        ("AirPods vs. Buds", ("AirPods", "Buds")),
        ("Kindle or iPad", ("Kindle", "iPad")),
        ("PS5、Switch、Xbox", ("PS5", "Switch", "Xbox")),
        ("かばんとリュック", ("かばん", "リュック")),
        ("ルンバとブラーバの違い", ("ルンバ", "ブラーバ")),
        ("AndroidとiPhoneとどっちがいい", ("Android", "iPhone")),
        ("ダイソンかシャークの掃除機", ("ダイソン", "シャークの掃除機")),
        ("3万円以下のルンバとブラーバ", ("ルンバ", "ブラーバ")),
        ("猫と犬", ("猫", "犬")),
        ("iPhoneとiPhone", ()),
        ("もっと軽いカメラ", ()),
        ("静かな掃除機", ()),
        ("暖か毛布", ()),
        ("ひと夏の思い出", ()),
        ("ヘッドセット", ()),
    ],
)
def test_things_to_compare(phrase, items):
    assert read_wish(phrase, comparing=True).items == items


def test_only_comparisons_are_split():
    assert read_wish("iPhoneとPixel").items == ()
