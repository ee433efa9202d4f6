"""What only looks like a time: no_times.txt, a line each."""

from datetime import datetime
from pathlib import Path

import pytest

from funcgemma.language.values.times import find_times

NOW = datetime.fromisoformat("2026-05-13T10:20+09:00")
LINES = Path(__file__).with_name("no_times.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("text", LINES)
def test_no_time(text):
    assert find_times(text, NOW) == ()


@pytest.mark.parametrize(
    ("text", "only"),
    [
        ("明日香さんと明日会う", "明日"),
        ("今日子さんは今日いる？", "今日"),
        ("iPhone 15を15日に買う", "15日"),
        ("会議は3時間、15時から", "15時"),
        ("今治に今度の土曜に行く", "今度の土曜"),
        ("朝日新聞を朝読む", "朝"),
        ("3000円の会費を3日に払う", "3日"),
        ("may I come on May 2", "May 2"),
        ("he sat by the sat nav on sat", "sat"),
        ("a table for four tonight", "tonight"),
        ("dinner for six on Wednesday", "Wednesday"),
        ("I have two on Wednesday", "Wednesday"),
        ("there are three tonight", "tonight"),
        ("cutting chapter nine tonight", "tonight"),
        ("no one in the morning", "in the morning"),
        ("Monday week 3 of the course", "Monday"),
        ("march 11 to 13 people", "march 11"),
        ("take two pills on Friday", "Friday"),
        ("the first week of November", "November"),
        ("24日で切れる、25日で仮に入れて", "25日"),
        ("えっとさ来週なにかある？", "来週"),
        ("大阪ってあした雨？", "あした"),
        ("3人で19時に", "19時"),
    ],
)
def test_the_time_beside_a_look_alike(text, only):
    assert [found.text for found in find_times(text, NOW)] == [only]
