from xml.etree import ElementTree

import pytest

from funcgemma.finetune.curves import POINTS, draw, smoothed
from funcgemma.finetune.losses import History, Validation

NAMESPACE = {"svg": "http://www.w3.org/2000/svg"}


def picture(train, validation=()):
    return ElementTree.fromstring(draw(History(list(train), list(validation))))


def test_losses_are_drawn():
    checks = [Validation(0, 4.0, 0), Validation(2, 2.0, 0), Validation(4, 1.0, 0)]
    root = picture([4.0, 3.0, 2.0, 1.0], checks)
    classes = [path.get("class") for path in root.iterfind("svg:path", NAMESPACE)]
    assert {"raw", "train", "check", "grid"} <= set(classes)
    assert len(root.findall("svg:circle", NAMESPACE)) == 3
    heights = [float(dot.get("cy")) for dot in root.iterfind("svg:circle", NAMESPACE)]
    assert heights == sorted(heights)
    words = [text.text for text in root.iterfind("svg:text", NAMESPACE)]
    assert {"training", "validation", "step"} <= set(words)


@pytest.mark.parametrize("train", [[], [1.0], [0.0, 0.0], [1e-9] * 3, [1e9, 2.0], [5.0] * 5000])
def test_any_losses_can_be_drawn(train):
    root = picture(train)
    drawn = [p.get("d") for p in root.iterfind("svg:path", NAMESPACE) if p.get("class") == "raw"]
    assert all(len(line.split()) <= POINTS + 1 for line in drawn)
    assert "nan" not in draw(History(list(train)))


def test_smoothing_starts_where_the_losses_start():
    assert smoothed([3.0, 3.0, 3.0]) == pytest.approx([3.0, 3.0, 3.0])
    assert smoothed([]) == []
    found = smoothed([4.0, 2.0])
    assert found[0] == 4.0
    assert 2.0 < found[1] < 4.0
