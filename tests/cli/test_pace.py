import pytest

from funcgemma.cli.pace import Pace


class Hand:
    """A clock that is moved by hand."""

    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now

    def forward(self, seconds):
        self.now += seconds


@pytest.fixture
def hand():
    return Hand()


def test_the_first_step_is_forgotten_when_there_are_others(hand):
    pace = Pace(0, 10, 10, hand)
    hand.forward(5)
    pace.stepped(1)
    assert pace.step == 5
    for step in (2, 3):
        hand.forward(1)
        pace.stepped(step)
    assert pace.step == 1
    assert pace.left == 7


def test_looks_are_part_of_what_is_left_and_not_of_a_step(hand):
    pace = Pace(0, 250, 100, hand)
    hand.forward(30)
    pace.looked()  # before the first step
    for step in range(1, 101):
        hand.forward(1)
        pace.stepped(step)
    assert pace.step == 1
    assert pace.left == 150 + 3 * 30  # after steps 100, 200 and 250
    hand.forward(10)
    pace.looked()
    hand.forward(1)
    pace.stepped(101)
    assert pace.left == 149 + 2 * 20


def test_a_run_that_goes_on(hand):
    pace = Pace(500, 800, 100, hand)
    for step in range(501, 504):
        hand.forward(2)
        pace.stepped(step)
    assert pace.left == 2 * 297


def test_what_was_slow_long_ago_does_not_count(hand):
    pace = Pace(0, 100, 100, hand)
    for step in range(1, 61):
        hand.forward(9 if step < 40 else 1)
        pace.stepped(step)
    assert pace.left == 40
