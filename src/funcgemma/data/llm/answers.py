"""The items of the model's answer."""

import json
from typing import Any

from funcgemma.backends.base import Completion
from funcgemma.data.llm.flaws import Flaw


def read_items(completion: Completion) -> list[Any] | Flaw:
    """The members of `items`; nothing is guessed, only a code fence around the JSON is taken off.

    Args:
        completion: What the model wrote.
    """
    text = completion.text.strip()
    if text.startswith("```"):
        text = text.removeprefix("```json").strip("`").strip()
    try:
        answer = json.loads(text)
    except (ValueError, RecursionError):
        return Flaw("cut" if completion.finish == "length" else "not_json", text[:40])
    items = answer.get("items") if isinstance(answer, dict) else None
    return items if isinstance(items, list) and items else Flaw("not_json", text[:40])
