import pytest

from funcgemma.functions.sources.money import find_money, number


@pytest.mark.parametrize(
    ("figure", "value"),
    [
        ("5,000", 5000),
        ("1.5万", 15_000),
        ("1万5千", 15_000),
        ("1万5000", 15_000),
        ("三千五百", 3500),
        ("十万", 100_000),
        ("二万五千", 25_000),
        ("1億2000万", 120_000_000),
        ("千", 1000),
        ("1.2.3", None),
    ],
)
def test_figures(figure, value):
    assert number(figure) == value


@pytest.mark.parametrize(
    ("text", "low", "high", "currency"),
    [
        ("3万円以下のイヤホン", 30_000, 30_000, "JPY"),
        ("予算5千円", 5000, 5000, "JPY"),
        ("予算3万", 30_000, 30_000, "JPY"),
        ("2〜3万円", 20_000, 30_000, "JPY"),
        ("2〜3千円", 2000, 3000, "JPY"),
        ("500〜1万円", 500, 10_000, "JPY"),
        ("100〜200万円", 1_000_000, 2_000_000, "JPY"),
        ("1万円から2万円", 10_000, 20_000, "JPY"),
        ("AirPods 2 and $50", 50, 50, "USD"),
        ("$20-50", 20, 50, "USD"),
        ("between $100 and $200", 100, 200, "USD"),
        ("$1.5k", 1500, 1500, "USD"),
        ("50 dollars", 50, 50, "USD"),
        ("20 bucks", 20, 20, "USD"),
        ("50ドル", 50, 50, "USD"),
        ("€300", 300, 300, "EUR"),
        ("30 euros", 30, 30, "EUR"),
        ("£9.99", 9.99, 9.99, "GBP"),
        ("¥5000", 5000, 5000, "JPY"),
        ("5000 yen", 5000, 5000, "JPY"),
    ],
)
def test_amounts(text, low, high, currency):
    money = find_money(text)
    assert (money.low, money.high, money.currency) == (low, high, currency)


@pytest.mark.parametrize(
    "text",
    [
        "24インチ以上のモニター",
        "100均の収納",
        "一人暮らし用の冷蔵庫",
        "iPhone 15",
        "1万回使えるブラシ",
        "100万画素以上のカメラ",
        "from 20 to 30 cm",
        "三菱の炊飯器",
        "9" * 400 + "円",
        "99999999999999円",
        "",
    ],
)
def test_sizes_and_counts_are_no_money(text):
    assert find_money(text) is None
