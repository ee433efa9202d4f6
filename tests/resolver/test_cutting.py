"""Several requests in one utterance: where it may be cut, and when it is."""

from dataclasses import replace

import pytest

from funcgemma.records import Dialogue, Message
from funcgemma.resolver.embedded.clauses import places
from funcgemma.resolver.embedded.cutting import JUDGE, MOST_PLACES, SCREEN, weights_name
from funcgemma.resolver.embedded.features import Prior
from funcgemma.resolver.embedded.resolve import EmbeddedResolver
from funcgemma.resolver.embedded.view import read


@pytest.fixture(scope="module")
def resolver(small_model, definitions):
    return EmbeddedResolver(small_model.embedded, definitions)


def resolved(resolver, text, now):
    return resolver.resolve(Dialogue((Message("user", text),), now), Prior()).calls


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("京都の天気は？ 宿も", [("宿", "stop")]),
        ("京都の天気、宿", [("宿", "comma")]),
        ("天気を見て宿を探す", [("宿", "joint")]),
        ("天気と宿", [("宿", "listing")]),
        ("天気 それと宿", [("それ", "connector")]),
        ("天気、それから宿", [("それ", "connector")]),
        ("weather and a hotel", [("and", "connector")]),
        ("「雨？晴れ？」を英語に", []),
        ("天気", []),
    ],
)
def test_places(now, text, found):
    view = read(text, now)
    seen = {view.words.surfaces[i]: kind for i, kind in places(view)}
    assert seen == {word: kind for word, kind in found if kind}


def test_two_functions(resolver, now):
    calls = resolved(resolver, "明日の京都の天気は？あと、15時に会議を入れて", now)
    assert [call.name for call in calls] == ["weather_info", "schedule_reminder"]
    assert calls[0].arguments["location"] == "京都"


def test_one_function_twice_with_times_of_their_own(resolver, now):
    calls = resolved(resolver, "明日9時に歯医者を入れて。それから明日15時に会議を入れて", now)
    assert [call.arguments["datetime"] for call in calls] == [
        "2026-05-14T09:00",
        "2026-05-14T15:00",
    ]


def test_one_request_is_left_whole(resolver, now):
    for text in ("明日、京都に行くんだけど、天気はどう？", "Is it cold and wet in Leeds tomorrow?"):
        assert len(resolved(resolver, text, now)) == 1


def test_without_weights_nothing_is_cut(small_model, definitions, now):
    never = EmbeddedResolver(replace(small_model.embedded, cut={}), definitions)
    assert len(resolved(never, "明日の京都の天気は？あと、15時に会議を入れて", now)) == 1


def test_without_weights_of_a_kind_that_kind_is_not_cut(small_model, definitions, now):
    model = small_model.embedded
    different = {weights_name(stage, False) for stage in (SCREEN, JUDGE)}
    only = {name: w for name, w in model.cut.items() if name not in different}
    resolver = EmbeddedResolver(replace(model, cut=only), definitions)
    assert len(resolved(resolver, "明日の京都の天気は？あと、15時に会議を入れて", now)) == 1


def test_a_story_is_left_whole(resolver, now):
    story = "。".join(["雨が降った"] * (MOST_PLACES + 2)) + "。明日の天気は？"
    assert len(resolved(resolver, story, now)) <= 1
