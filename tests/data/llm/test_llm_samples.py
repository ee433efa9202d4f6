from dataclasses import replace

from funcgemma.data.llm.flaws import Flaw
from funcgemma.data.llm.judge import judge
from funcgemma.data.llm.samples import item_of


def test_what_people_wrote_comes_back_with_its_gold(corpus, registry, plan_of):
    """Samples and the judge are each other's inverse, so the gold of the model is as good."""
    cases = [case for case in corpus if case.writer in ("w05", "w27", "e05") and case.calls]
    checked = wrong = refused = 0
    for case in cases:
        item = item_of(case, registry.schemas)
        if item is None or "missing" in case.tags or len(case.history) not in (0, 2, 4):
            continue
        way = "followup" if case.history else "mixed_language"
        names = [call.name for call in case.calls]
        plan = replace(plan_of(*names, way=way, language=case.language), now=case.now)
        row = judge(item, plan, registry.names)
        checked += 1
        if isinstance(row, Flaw):
            refused += 1
        elif row.calls != case.calls:
            wrong += 1
    assert checked > 300
    assert wrong <= 3  # those with alternatives in their gold
    assert refused <= checked // 50


def test_samples_have_the_form_and_the_settled_value(others, plan_of):
    plan = plan_of("weather_info", focus=[("forecast_type", "weekly")])
    items = others.draw(plan)
    assert len(items) == 3
    assert all("before" not in item and len(item["calls"]) == 1 for item in items)
    assert items[0]["calls"][0]["arguments"]["forecast_type"] == "weekly"
    followup = others.draw(plan_of("weather_info", way="followup"))
    assert all(item["before"] for item in followup)
    assert others.draw(plan_of("weather_info", "celebrity_info", way="several")) is not None


def test_where_there_is_nothing_to_show_nothing_is_shown(others, plan_of, registry):
    from funcgemma.functions.plugins import from_schemas

    functions = from_schemas([{"name": "beep"}], "x")
    assert others.draw(plan_of("beep", functions=functions)) == []
