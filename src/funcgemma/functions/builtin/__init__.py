"""The seven functions that come with the package."""

from funcgemma.functions.builtin import (
    celebrity_info,
    schedule_reminder,
    sentiment_label,
    shopping_intent,
    translation_assist,
    travel_guide,
    weather_info,
)
from funcgemma.functions.registry import FunctionRegistry

MODULES = (
    travel_guide,
    celebrity_info,
    shopping_intent,
    sentiment_label,
    weather_info,
    schedule_reminder,
    translation_assist,
)


def register_all(registry: FunctionRegistry) -> None:
    """Register the seven built-in functions."""
    for module in MODULES:
        module.register(registry)


def builtin_registry() -> FunctionRegistry:
    """A registry that holds just the seven built-in functions."""
    registry = FunctionRegistry()
    register_all(registry)
    return registry
