"""A runtime that fails is asked again at growing intervals."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from funcgemma.backends.recovery import Recovery

DEAD = ConnectionError("dead")


class Clock:
    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def recovery(clock):
    return Recovery(clock, first=1.0, longest=5.0)


def test_a_healthy_runtime_is_always_asked(recovery):
    assert recovery.ready()
    assert recovery.ready()
    assert recovery.error is None


def test_pauses_double_up_to_a_bound(recovery, clock):
    pauses = []
    for _ in range(5):
        recovery.failed(DEAD)
        waited = 0.0
        while not recovery.ready():
            clock.now += 0.5
            waited += 0.5
        pauses.append(waited)
    assert pauses == [1.0, 2.0, 4.0, 5.0, 5.0]
    assert recovery.error is DEAD


def test_an_attempt_that_works_ends_the_waiting(recovery, clock):
    recovery.failed(DEAD)
    recovery.failed(DEAD)
    recovery.worked()
    assert recovery.ready()
    assert recovery.error is None
    recovery.failed(DEAD)
    clock.now += 1.0
    assert recovery.ready()


def test_one_attempt_at_a_time(recovery, clock):
    recovery.failed(DEAD)
    clock.now += 1.0
    with ThreadPoolExecutor(8) as pool:
        allowed = list(pool.map(lambda _: recovery.ready(), range(64)))
    assert allowed.count(True) == 1
    clock.now += 1.0  # whoever tried has never reported
    assert recovery.ready()


def test_many_failures_do_not_overflow(recovery):
    for _ in range(5000):
        recovery.failed(DEAD)
    assert not recovery.ready()
