from collections import Counter

import pytest

from funcgemma.data.calls import CATEGORIES
from funcgemma.data.llm.personas import personas
from funcgemma.data.llm.phenomena import PHENOMENA
from funcgemma.data.llm.plan import make_plan
from funcgemma.data.llm.prompts import guides, make_prompt
from funcgemma.data.llm.schema import answer_schema, kind_of
from funcgemma.data.llm.topics import TOPICS
from funcgemma.functions.plugins import from_schemas


def test_there_are_enough_people_and_no_two_are_alike():
    languages = Counter(person.language for person in personas())
    assert languages["ja"] >= 40
    assert languages["en"] >= 20
    for aspect in ("id", "who", "situation", "register", "region"):
        values = Counter(getattr(person, aspect) for person in personas())
        assert values.most_common(1)[0][1] <= (1 if aspect in ("id", "situation", "who") else 2)


def test_each_person_and_phenomenon_comes_up_before_any_comes_again(registry):
    plans = [make_plan("weather_info", n, registry, 3) for n in range(len(personas()))]
    assert {plan.persona for plan in plans} == set(personas())
    assert {plan.phenomenon for plan in plans} == set(PHENOMENA)


def test_the_seed_decides(registry):
    def made(seed):
        return [make_plan("travel_guide", n, registry, seed) for n in range(8)]

    assert made(1) == made(1)
    assert made(1) != made(2)
    assert len({plan.seed for plan in made(1)}) == 8
    assert len({plan.temperature for plan in made(1)}) > 1


def test_all_values_of_an_enum_are_asked_for(registry):
    plans = [make_plan("schedule_reminder", n, registry) for n in range(80)]
    values = {plan.focus[0].value for plan in plans}
    assert values == {"create", "list", "update", "delete"}


def test_what_asks_for_nothing_covers_all_topics_and_is_never_told_as_a_request(registry):
    plans = [make_plan("no_function", n, registry) for n in range(len(TOPICS))]
    assert {plan.topic for plan in plans} == set(TOPICS)
    assert {topic.category for topic in TOPICS} <= set(CATEGORIES)
    assert all(plan.phenomenon.silent and not plan.functions for plan in plans)
    assert all(bool(plan.near) == plan.topic.near for plan in plans)


def test_a_function_without_arguments_can_be_asked_for():
    functions = from_schemas([{"name": "beep", "description": "鳴らす"}], "x")
    plans = [make_plan("beep", n, functions) for n in range(30)]
    ways = {plan.phenomenon.key for plan in plans}
    assert "missing" not in ways
    assert "several" not in ways
    assert all(make_prompt(plan) and answer_schema(plan) for plan in plans)


@pytest.mark.parametrize("number", range(12))
def test_a_prompt_tells_all_that_the_answer_is_measured_by(registry, number):
    plan = make_plan("weather_info", number, registry)
    system, user = make_prompt(plan, [{"text": "手本"}], ["もうあるもの"], tuple(registry))
    assert system.role == "system"
    assert "weather_info" in system.content
    for definition in plan.functions:
        assert definition.description in system.content
    assert plan.persona.situation in user.content
    assert getattr(plan.phenomenon, plan.language) in user.content
    assert "手本" in user.content
    assert "もうあるもの" in user.content
    assert plan.absent is None or f"{plan.absent}" in user.content


def test_a_prompt_for_nothing_names_what_must_not_be_asked_for(registry):
    system, _ = make_prompt(make_plan("no_function", 0, registry), functions=tuple(registry))
    assert all(name in system.content for name in registry.names)


def test_guides_name_values_that_exist(registry):
    for language in ("ja", "en"):
        for name, argument, value in guides(language):
            assert value in registry.get(name).properties[argument]["enum"]


def test_the_schema_asks_for_words_where_values_are_computed(plan_of):
    plan = plan_of("schedule_reminder", focus=[("action", "delete")])
    item = answer_schema(plan)["properties"]["items"]["items"]
    arguments = item["properties"]["calls"]["items"]["properties"]["arguments"]
    assert arguments["properties"]["action"] == {"enum": ["delete"]}
    assert arguments["properties"]["datetime"] == {"type": "string", "minLength": 1}
    assert arguments["required"] == ["action"]


def test_what_is_not_to_be_said_cannot_be_written(plan_of):
    plan = plan_of("weather_info", way="missing", absent="location")
    item = answer_schema(plan)["properties"]["items"]["items"]
    arguments = item["properties"]["calls"]["items"]["properties"]["arguments"]
    assert "location" not in arguments["properties"]
    assert arguments["required"] == []


@pytest.mark.parametrize(
    ("schema", "kind"),
    [
        ({"type": "string"}, "verbatim"),
        ({}, "verbatim"),
        ({"type": "string", "format": "date"}, "date"),
        ({"type": "string", "format": "date-time"}, "datetime"),
        ({"type": "string", "x-kind": "place"}, "place"),
        ({"type": "array", "x-kind": "place"}, "array"),
        ({"enum": ["a"], "type": "string"}, "choice"),
        ({"type": "boolean"}, "choice"),
        ({"type": "integer"}, "integer"),
        ({"anyOf": [{"type": "string"}, {"type": "integer"}]}, ""),
    ],
)
def test_kinds(schema, kind):
    assert kind_of(schema) == kind
