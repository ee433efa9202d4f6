"""A session over the real router, with handlers that note what they were called with."""

from dataclasses import dataclass, field, replace

import pytest

from funcgemma.functions.context import Context
from funcgemma.functions.definition import FunctionDefinition
from funcgemma.router import Router
from funcgemma.session import Manners, Session

RISKS = {"list": "read", "create": "write", "update": "write", "delete": "irreversible"}


def risk_of_action(arguments):
    return RISKS[arguments["action"]]


@dataclass
class Ran:
    """What was run, in order."""

    calls: list = field(default_factory=list)
    mentions: list = field(default_factory=list)

    def handler(self, name, reply):
        def handle(ctx, **arguments):
            self.calls.append((name, arguments))
            self.mentions.append(ctx.mentions)
            return reply(arguments) if callable(reply) else reply

        return handle


@pytest.fixture
def ran():
    return Ran()


@pytest.fixture
def start(router, registry, ran, now):
    """Begin a session; `replies` gives other results by function name.

    The small model cannot promise that false actions are rare, so that by default it need not.
    """

    def begin(
        *,
        replies=None,
        chat=None,
        language="ja",
        extra=(),
        keywords=False,
        max_false_action=1.0,
        **manners,
    ):
        replies = {"weather_info": {"status": "ok", "message": "晴れです。"}, **(replies or {})}
        definitions = [
            replace(
                definition,
                handler=ran.handler(definition.name, replies.get(definition.name, {})),
                risk=risk_of_action if definition.name == "schedule_reminder" else "read",
            )
            for definition in registry
        ]
        model = None if keywords else router.model
        context = Context(now=lambda: now, language=language, chat=chat)
        routing = Router([*definitions, *extra], model, max_false_action)
        return Session(routing, context, manners=Manners(**manners))

    return begin


@pytest.fixture
def lamp():
    """A function of a user's own, with arguments of many kinds."""
    return FunctionDefinition(
        name="lamp",
        description="明かりをつける",
        parameters={
            "type": "object",
            "properties": {
                "room": {"type": "string", "description": "部屋の名前 (例: 寝室)"},
                "where": {"type": "string", "x-kind": "place"},
                "level": {"type": "integer"},
                "colour": {"type": "string", "enum": ["red", "blue"]},
                "day": {"type": "string", "x-kind": "date"},
                "blink": {"type": "boolean"},
                "note": {"type": "string"},
            },
            "required": ["room"],
        },
        handler=lambda **arguments: {"level": arguments.get("level")},
    )
