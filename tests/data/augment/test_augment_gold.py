from dataclasses import replace

from funcgemma.data.augment.gold import holds, kind_of, times_hold, with_times_read


def test_kinds(registry):
    schemas = registry.schemas
    assert kind_of("weather_info", "date", schemas) == "date"
    assert kind_of("weather_info", "forecast_type", schemas) == ""
    assert kind_of("translation_assist", "text", schemas) == "verbatim"
    assert kind_of("unknown", "x", schemas) == "verbatim"


def test_times_are_read_again(read, registry):
    case = read(
        "[毎朝7時](recurrence=FREQ=DAILY,datetime=2026-05-14T07:00)に[薬を飲む](description)",
        "schedule_reminder action=create",
    )
    assert times_hold(case, registry.schemas)
    later = replace(case, now=case.now.replace(day=20))
    assert not times_hold(later, registry.schemas)
    read_again = with_times_read(later, registry.schemas)
    assert read_again.calls[0].arguments["datetime"] == "2026-05-21T07:00"
    assert read_again.calls[0].arguments["recurrence"] == "FREQ=DAILY"


def test_a_time_from_an_earlier_turn_cannot_be_read(read, registry):
    case = read("[京都](location)は？", "weather_info date=2026-05-14")
    assert times_hold(case, registry.schemas)
    assert with_times_read(case, registry.schemas) is None


def test_each_member_of_a_list_is_read(read, registry):
    case = read(
        "[明日](0.date=2026-05-14)と[明後日](1.date=2026-05-15)の[東京](location)",
        "weather_info",
        "weather_info",
    )
    assert with_times_read(case, registry.schemas) == case


def test_rows_that_do_not_hold(read, registry):
    case = read("[明日](date=2026-05-14)の[京都](location)の天気", "weather_info")
    assert holds(case, case, registry.schemas)
    for row in (
        replace(case, text="明後の京都の天気"),
        replace(case, text="明日の東京の天気"),
        replace(case, text="明日の京都の天気、金曜"),
        replace(case, spans={"0.location": (3, 5)}),
        replace(case, spans={"0.date": (0, 2), "0.location": (3, 50)}),
    ):
        assert not holds(case, row, registry.schemas)


def test_times_inside_a_text_to_translate_do_not_count(read, registry):
    case = read("「[明日行く](text)」を[英語](target_language=en)に", "translation_assist")
    row = read("「[もう行く](text)」を[英語](target_language=en)に", "translation_assist")
    assert holds(case, row, registry.schemas)
