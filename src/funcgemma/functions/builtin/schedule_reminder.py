"""Appointments and reminders in a local store."""

from collections.abc import Callable, Mapping
from typing import Any

from funcgemma.errors import StoreError
from funcgemma.functions.context import Context
from funcgemma.functions.definition import FunctionDefinition, Risk
from funcgemma.functions.registry import FunctionRegistry
from funcgemma.functions.reminders.actions.change import change
from funcgemma.functions.reminders.actions.create import create
from funcgemma.functions.reminders.actions.messages import sentence
from funcgemma.functions.reminders.actions.remove import look, remove
from funcgemma.functions.reminders.actions.request import Answer, Request
from funcgemma.functions.reminders.actions.show import show
from funcgemma.functions.reminders.rules import check_rule
from funcgemma.functions.reminders.similar import key_of
from funcgemma.functions.reminders.when import parse_span

SCHEMA: dict[str, Any] = {
    "name": "schedule_reminder",
    "description": "スケジュール・リマインダー: 予定・リマインダーの登録、確認、変更、取消を頼まれたときに使う。",  # noqa: E501
    "parameters": {
        "type": "object",
        "properties": {
            "action": {
                "type": "string",
                "enum": ["create", "list", "update", "delete"],
                "description": "操作",
            },
            "description": {
                "type": "string",
                "description": "予定の内容 (例: 歯医者, 牛乳を買う, 山田さんとの会議)",
                "x-kind": "phrase",
            },
            "datetime": {
                "type": "string",
                "description": "ISO 8601。日付のみ YYYY-MM-DD、日時 YYYY-MM-DDTHH:MM、期間 start/end (両端を含む日付。週は月曜始まり)。update では新しい日時",  # noqa: E501
                "x-kind": "datetime",
            },
            "recurrence": {
                "type": "string",
                "description": "繰り返しがあるときの RFC 5545 RRULE (例: FREQ=DAILY, FREQ=WEEKLY;BYDAY=MO)",  # noqa: E501
                "x-kind": "rrule",
            },
        },
        "required": ["action"],
    },
}


ANY_ENTRY = ("予定", "スケジュール", "リマインダー", "reminder", "schedule")
NO_CONTENT = frozenset(key_of(word) for word in ANY_ENTRY)
"""Words for any entry: as a description they say nothing about which one is meant."""
ACTIONS: dict[str, Callable[[Request], Answer]] = {
    "create": create,
    "list": show,
    "update": change,
    "delete": remove,
}


def handler(
    action: str,
    description: str | None = None,
    datetime: str | None = None,
    recurrence: str | None = None,
    *,
    ctx: Context,
) -> Mapping[str, Any]:
    """Create, list, update or delete appointments and reminders.

    Args:
        action: create, list, update or delete.
        description: What it is about.
        datetime: A day, a time, or start/end with both ends included; for update the new one.
        recurrence: An RRULE.
        ctx: The store, the clock, the language of the answer and the times in the utterance.

    Returns:
        `status` (created, listed, updated, deleted, duplicate, ambiguous, not_found,
        incomplete, invalid, unavailable), `message`, and `entry` or `entries`.

    Raises:
        StoreError: The store cannot be read or written.
    """
    return _answer(ACTIONS, action, description, datetime, recurrence, ctx)


def look_first(
    action: str,
    description: str | None = None,
    datetime: str | None = None,
    recurrence: str | None = None,
    *,
    ctx: Context,
) -> Mapping[str, Any]:
    """What a delete would remove, without removing it.

    Args:
        action: delete.
        description: What it is about.
        datetime: A day, a time, or start/end.
        recurrence: An RRULE.
        ctx: As for the handler.

    Returns:
        `status` found with the question whether to go ahead as its `message`; or what the
        handler would answer where it would not remove anything.

    Raises:
        StoreError: The store cannot be read.
    """
    return _answer({"delete": look}, action, description, datetime, recurrence, ctx)


handler.look = look_first  # type: ignore[attr-defined]  # sessions ask it before they confirm


def _answer(
    actions: Mapping[str, Callable[[Request], Answer]],
    action: str,
    description: str | None,
    datetime: str | None,
    recurrence: str | None,
    ctx: Context,
) -> Answer:
    """What the action makes of the arguments, or why they cannot be used."""
    language = "ja" if ctx.language == "ja" else "en"
    if ctx.store is None:
        return _refusal("unavailable", "unavailable", language)
    act = actions.get(action)
    if act is None:
        return _refusal("invalid", "invalid_action", language, action)
    now = ctx.now()
    try:
        span = parse_span(datetime, now) if datetime else None
    except ValueError:
        return _refusal("invalid", "invalid_time", language, datetime)
    try:
        rule = check_rule(recurrence) if recurrence else None
    except StoreError:
        return _refusal("invalid", "invalid_rule", language, recurrence)
    name = (description or "").strip()
    if action != "create" and key_of(name) in NO_CONTENT:
        name = ""
    return act(Request(ctx.store, now, language, name, span, datetime, rule, ctx.mentions))


def risk(arguments: Mapping[str, Any]) -> Risk:
    """What a call can do: list only reads, delete removes something, the others write."""
    action = arguments.get("action")
    return "read" if action == "list" else "irreversible" if action == "delete" else "write"


def _refusal(status: str, key: str, language: str, value: str | None = None) -> Answer:
    return {"status": status, "message": sentence(key, language, value=value)}


def register(registry: FunctionRegistry) -> None:
    """Make the function known."""
    registry.register(FunctionDefinition(**SCHEMA, handler=handler, risk=risk, origin=__name__))
