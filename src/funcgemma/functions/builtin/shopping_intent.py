"""A structured purchase intent and search links for the big shops."""

from typing import Any

from funcgemma.functions.context import Context
from funcgemma.functions.definition import FunctionDefinition
from funcgemma.functions.registry import FunctionRegistry
from funcgemma.functions.sources.purchase import Wish, read_wish
from funcgemma.functions.sources.results import Result, say
from funcgemma.functions.sources.shops import Search, link, shops_for

SCHEMA: dict[str, Any] = {
    "name": "shopping_intent",
    "description": (
        "購買意図・商品/広告: 商品やサービスを買いたい・選びたい・比べたい・"
        "値段や評判を知りたいときに使う。"
    ),
    "parameters": {
        "type": "object",
        "properties": {
            "product_or_service": {
                "type": "string",
                "description": (
                    "商品・サービス名。限定する語も含める "
                    "(例: ワイヤレスイヤホン, 一人暮らし用の冷蔵庫)"
                ),
                "x-kind": "verbatim",
            },
            "intent_type": {
                "type": "string",
                "enum": ["purchase", "recommendation", "comparison", "price", "review"],
                "default": "recommendation",
                "description": "購買意図の種類",
            },
        },
        "required": ["product_or_service"],
    },
}


MOST_ITEMS = 3
"""Things of a comparison that get links of their own."""

USED = {"ja": " 中古", "en": " used"}
MESSAGES = {
    "purchase": ("「{what}」を買える店の検索ページです。", "Where to buy {what}."),
    "recommendation": ("「{what}」を探せる検索ページです。", "Where to look for {what}."),
    "comparison": ("「{what}」を比べるための検索ページです。", "Pages for comparing {what}."),
    "price": ("「{what}」を安い順に見られる検索ページです。", "{what}, cheapest first."),
    "review": ("「{what}」の口コミを読めるページです。", "Reviews of {what}."),
}


def handler(
    product_or_service: str, intent_type: str = "recommendation", *, ctx: Context
) -> Result:
    """The purchase intent as plain values, and where to go on; nothing is bought or fetched.

    Args:
        product_or_service: The product with the words that limit it.
        intent_type: What the user wants to do.
        ctx: The call's view of the world.
    """
    language = "ja" if ctx.language == "ja" else "en"
    wish = read_wish(product_or_service, comparing=intent_type == "comparison")
    words = MESSAGES.get(intent_type, MESSAGES["recommendation"])
    return {
        "status": "ok",
        "message": say(language, words, what=" / ".join(wish.items) or wish.keywords),
        "intent": _intent(product_or_service, intent_type, wish),
        "links": _links(wish, intent_type, language),
    }


def register(registry: FunctionRegistry) -> None:
    """Make the function known."""
    registry.register(FunctionDefinition(**SCHEMA, handler=handler, risk="read", origin=__name__))


def _intent(product: str, intent_type: str, wish: Wish) -> Result:
    intent: Result = {
        "product": product,
        "intent_type": intent_type,
        "keywords": wish.keywords,
        "budget_min": wish.budget_min,
        "budget_max": wish.budget_max,
        "currency": wish.currency,
        "condition": wish.condition,
        "items": list(wish.items),
    }
    return {name: value for name, value in intent.items() if value not in (None, "", [])}


def _links(wish: Wish, intent_type: str, language: str) -> list[dict[str, str]]:
    used = USED[language] if wish.condition == "used" else ""
    found = []
    for what in wish.items[:MOST_ITEMS] or (wish.keywords,):
        search = Search(what + used, intent_type, wish.budget_min, wish.budget_max, wish.currency)
        found += [page for shop in shops_for(language) if (page := link(shop, search))]
    return found
