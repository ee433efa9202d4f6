"""How fast a run goes, and how long it will still take."""

import time
from collections import deque
from collections.abc import Callable

RECENT = 20
"""Steps, or looks at the validation cases, whose mean time is what the next ones will take."""


class Pace:
    """Times steps and looks apart: a look comes seldom, and may take as long as many steps.

    Args:
        first: The steps that were made before.
        total: The step that the run ends with.
        every: A look, and a checkpoint, after so many steps; and one at the end.
        clock: Seconds.
    """

    def __init__(
        self,
        first: int,
        total: int,
        every: int,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._step = first
        self._total = total
        self._every = every
        self._clock = clock
        self._steps: deque[float] = deque(maxlen=RECENT)
        self._looks: deque[float] = deque(maxlen=RECENT)
        self._before = clock()
        self._warm = False

    def stepped(self, step: int) -> None:
        """A step was made."""
        taken = self._since()
        if len(self._steps) == 1 and not self._warm:
            self._steps.clear()  # the first step of a process also makes everything ready
            self._warm = True
        self._steps.append(taken)
        self._step = step

    def looked(self) -> None:
        """The validation cases were looked at, and a checkpoint was written, since the step."""
        self._looks.append(self._since())

    @property
    def step(self) -> float:
        """Seconds that a step takes."""
        return _mean(self._steps)

    @property
    def left(self) -> float:
        """Seconds to the end of the run, the looks included."""
        looks = -(-self._total // self._every) + 1 - -(-self._step // self._every)
        return (self._total - self._step) * self.step + looks * _mean(self._looks)

    def _since(self) -> float:
        before, self._before = self._before, self._clock()
        return self._before - before


def _mean(seconds: deque[float]) -> float:
    return sum(seconds) / len(seconds) if seconds else 0.0
