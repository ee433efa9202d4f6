"""The losses of a run as a picture: an SVG file that any browser shows, light or dark."""

from collections.abc import Sequence
from itertools import accumulate
from math import ceil

from funcgemma.finetune.losses import History

WIDTH, HEIGHT = 640, 360
LEFT, RIGHT, TOP, FOOT = 56, 16, 16, 44
POINTS = 800
"""Most points of a line: more cannot be seen."""
SMOOTH = 0.9

_STYLE = (
    "svg{background:#fff;font:12px sans-serif}text{fill:#444}.grid{stroke:#ddd}"
    ".raw{stroke:#b8cbe8}.train{stroke:#2a5db0;stroke-width:2}"
    ".check{stroke:#c2570c;stroke-width:2}.dot{fill:#c2570c}path{fill:none}"
    "@media(prefers-color-scheme:dark){svg{background:#16181d}text{fill:#bbb}.grid{stroke:#333}"
    ".raw{stroke:#35476b}.train{stroke:#7aa5f0}.check{stroke:#f0935a}.dot{fill:#f0935a}}"
)


class Frame:
    """Where a step and a loss stand in the picture.

    Args:
        steps: The last step.
        most: The greatest loss.
    """

    def __init__(self, steps: int, most: float) -> None:
        self.steps = max(1, steps)
        self.tick = _tick(most)
        self.top = self.tick * max(1, ceil(most / self.tick))

    def x(self, step: float) -> float:
        """Across."""
        return LEFT + (WIDTH - LEFT - RIGHT) * step / self.steps

    def y(self, loss: float) -> float:
        """Down, from the top."""
        return TOP + (HEIGHT - TOP - FOOT) * (1 - loss / self.top)


def draw(history: History) -> str:
    """The losses in training, faint and smoothed, and those in validation, as an SVG file."""
    train = list(enumerate(history.train, start=1))
    checks = [(v.step, v.loss) for v in history.validation]
    steps = max((step for step, _ in [*train, *checks]), default=1)
    frame = Frame(steps, max((loss for _, loss in [*train, *checks]), default=1.0))
    smooth = list(zip((s for s, _ in train), smoothed([x for _, x in train]), strict=True))
    parts = [
        _axes(frame),
        _line("raw", train, frame),
        _line("train", smooth, frame),
        _line("check", checks, frame),
        *(_dot(frame, point) for point in checks),
        _legend(bool(checks)),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="Loss by step"><style>{_STYLE}</style>{"".join(parts)}</svg>\n'
    )


def smoothed(losses: Sequence[float]) -> list[float]:
    """The losses as a running mean that forgets, without a pull towards the start."""
    sums = accumulate(losses, lambda mean, loss: SMOOTH * mean + loss, initial=0.0)
    weights = accumulate(losses, lambda weight, _: SMOOTH * weight + 1, initial=0.0)
    return [total / weight for total, weight in zip(sums, weights, strict=True) if weight]


def _axes(frame: Frame) -> str:
    parts = []
    for number in range(round(frame.top / frame.tick) + 1):
        loss = number * frame.tick
        y = f"{frame.y(loss):.1f}"
        parts.append(f'<path class="grid" d="M{LEFT} {y}H{WIDTH - RIGHT}"/>')
        parts.append(f'<text x="{LEFT - 6}" y="{y}" dy="4" text-anchor="end">{loss:g}</text>')
    step = max(1, round(_tick(frame.steps)))
    for at in range(0, frame.steps + 1, step):
        parts.append(
            f'<text x="{frame.x(at):.1f}" y="{HEIGHT - FOOT + 16}" text-anchor="middle">{at}</text>'
        )
    middle = (LEFT + WIDTH - RIGHT) / 2
    parts.append(f'<text x="{middle}" y="{HEIGHT - 8}" text-anchor="middle">step</text>')
    return "".join(parts)


def _line(name: str, points: Sequence[tuple[int, float]], frame: Frame) -> str:
    """A line through the points; thinned where there are too many."""
    if len(points) < 2:
        return ""
    stride = ceil(len(points) / POINTS)
    shown = [*points[:-1:stride], points[-1]]
    placed = " ".join("{},{}".format(*_at(frame, point)) for point in shown)
    return f'<path class="{name}" d="M{placed}"/>'


def _at(frame: Frame, point: tuple[int, float]) -> tuple[str, str]:
    return f"{frame.x(point[0]):.1f}", f"{frame.y(point[1]):.1f}"


def _dot(frame: Frame, point: tuple[int, float]) -> str:
    x, y = _at(frame, point)
    return f'<circle class="dot" cx="{x}" cy="{y}" r="3"/>'


def _legend(checked: bool) -> str:
    names = [("train", "training")] + ([("check", "validation")] if checked else [])
    parts = []
    for row, (name, text) in enumerate(names):
        y = TOP + 14 + 18 * row
        parts.append(f'<path class="{name}" d="M{WIDTH - 130} {y - 4}h22"/>')
        parts.append(f'<text x="{WIDTH - 102}" y="{y}">{text}</text>')
    return "".join(parts)


def _tick(most: float) -> float:
    """A round distance that divides up to `most` into at most five parts or so."""
    size = 1.0
    if not 0 < most < float("inf"):
        return size
    while size * 5 < most:
        size *= 10
    while size * 0.5 > most:
        size /= 10
    return next((size * part for part in (0.1, 0.2, 0.5) if size * part * 5 >= most), size)
