import json

import pytest

from funcgemma.functions.builtin.shopping_intent import SCHEMA, handler, register
from funcgemma.functions.registry import FunctionRegistry


def test_the_schema_is_the_contract_and_reading_is_its_only_risk():
    registry = FunctionRegistry()
    register(registry)
    definition = registry.get("shopping_intent")
    assert definition.schema == SCHEMA and definition.risk_of({}) == "read"


def test_a_budget_and_a_condition(make_context):
    phrase = "3万円以下の中古のカメラ"
    result = handler(product_or_service=phrase, intent_type="purchase", ctx=make_context())
    assert (
        result["status"] == "ok" and result["message"] == "「カメラ」を買える店の検索ページです。"
    )
    assert result["intent"] == {
        "product": phrase,
        "intent_type": "purchase",
        "keywords": "カメラ",
        "budget_max": 30_000,
        "currency": "JPY",
        "condition": "used",
    }
    assert [page["shop"] for page in result["links"]] == [
        "Amazon.co.jp",
        "楽天市場",
        "Yahoo!ショッピング",
        "価格.com",
        "メルカリ",
    ]
    assert {page["query"] for page in result["links"]} == {"カメラ 中古"}
    assert json.loads(json.dumps(result)) == result


def test_things_to_compare_get_links_each(make_context):
    context = make_context()
    result = handler(product_or_service="iPhoneとPixel", intent_type="comparison", ctx=context)
    assert result["intent"]["items"] == ["iPhone", "Pixel"]
    assert result["message"] == "「iPhone / Pixel」を比べるための検索ページです。"
    assert [page["query"] for page in result["links"]] == ["iPhone"] * 5 + ["Pixel"] * 5


def test_a_comparison_that_names_one_thing(make_context):
    context = make_context()
    result = handler(product_or_service="掃除機", intent_type="comparison", ctx=context)
    assert "items" not in result["intent"] and len(result["links"]) == 5


def test_in_english(make_context):
    context = make_context("en")
    result = handler(product_or_service="headphones under $50", ctx=context)
    assert result["message"] == "Where to look for headphones."
    assert result["intent"]["budget_max"] == 50 and result["intent"]["currency"] == "USD"
    assert result["links"][0]["url"] == "https://www.amazon.com/s?k=headphones&high-price=50"


@pytest.mark.parametrize("phrase", ["", " ", "円", "と", "vs", "中古", "{x}", "3万円以下の"])
@pytest.mark.parametrize("intent_type", ["purchase", "comparison", "review", "price"])
def test_odd_phrases_still_give_links(make_context, phrase, intent_type):
    result = handler(product_or_service=phrase, intent_type=intent_type, ctx=make_context())
    assert result["status"] == "ok" and result["links"]


def test_no_network_is_needed(make_context):
    assert handler(product_or_service="椅子", ctx=make_context(http=None))["status"] == "ok"
