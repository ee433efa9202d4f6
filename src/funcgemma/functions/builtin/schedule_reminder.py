"""Appointments and reminders in a local store."""

from collections.abc import Mapping
from typing import Any

from funcgemma.functions.definition import FunctionDefinition
from funcgemma.functions.registry import FunctionRegistry

SCHEMA: dict[str, Any] = {
    "name": "schedule_reminder",
    "description": "スケジュール・リマインダー: 予定・リマインダーの登録、確認、変更、取消を頼まれたときに使う。",
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
                "description": "ISO 8601。日付のみ YYYY-MM-DD、日時 YYYY-MM-DDTHH:MM、期間 start/end (両端を含む日付。週は月曜始まり)。update では新しい日時",
                "x-kind": "datetime",
            },
            "recurrence": {
                "type": "string",
                "description": "繰り返しがあるときの RFC 5545 RRULE (例: FREQ=DAILY, FREQ=WEEKLY;BYDAY=MO)",
                "x-kind": "rrule",
            },
        },
        "required": ["action"],
    },
}


def handler(**arguments: Any) -> Mapping[str, Any]:
    """Echo the arguments."""
    return dict(arguments)


def register(registry: FunctionRegistry) -> None:
    """Make the function known."""
    registry.register(FunctionDefinition(**SCHEMA, handler=handler, risk="read", origin=__name__))
