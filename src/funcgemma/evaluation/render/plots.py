"""Plots as inline SVG. Colours come from the page's classes, so light and dark both work."""

from collections.abc import Mapping, Sequence
from math import sqrt
from typing import Any

from funcgemma.evaluation.render.page import escape, percent
from funcgemma.evaluation.render.words import Say

SIZE = 320
LEFT, TOP, FOOT = 72, 12, 100
HISTOGRAM = 40


def bar(rate: float | None, bounds: Sequence[float] | None = None, *, bad: bool = False) -> str:
    """A rate as a bar of 0 to 100 %, with its interval as a line over it."""
    if rate is None:
        return ""
    shade = "fill bad" if bad else "fill"
    parts = [
        '<rect class="track" width="100" height="10"/>',
        f'<rect class="{shade}" width="{100 * rate:.2f}" height="10"/>',
    ]
    if bounds is not None:
        low, high = 100 * bounds[0], 100 * bounds[1]
        parts.append(
            f'<path class="whisker" d="M{low:.2f} 5H{high:.2f}M{low:.2f} 2V8M{high:.2f} 2V8"/>'
        )
    return _strip("".join(parts), 100)


def difference_bar(difference: float, bounds: Sequence[float], reach: float, shade: str) -> str:
    """A difference and its interval on an axis from -reach to reach, zero in the middle."""
    scale = 50 / reach if reach else 0
    low, mid, high = (50 + scale * value for value in (bounds[0], difference, bounds[1]))
    return _strip(
        '<rect class="track" width="100" height="10"/><path class="zero" d="M50 0V10"/>'
        f'<path class="span {shade}" d="M{low:.2f} 5H{high:.2f}"/>'
        f'<path class="mark {shade}" d="M{mid:.2f} 1V9"/>',
        100,
    )


def _strip(inside: str, width: int) -> str:
    return (
        f'<svg class="strip" viewBox="0 0 {width} 10" preserveAspectRatio="none" '
        f'aria-hidden="true">{inside}</svg>'
    )


def reliability(bins: Sequence[Mapping[str, Any]], say: Say) -> str:
    """The reliability diagram: confidence across, share right upwards, counts below."""
    most = max((b["count"] for b in bins), default=1)
    marks = "".join(_bin(b, most) for b in bins)
    width, height = LEFT + SIZE + 24, TOP + SIZE + FOOT
    diagonal = f"M{_x(0)} {_y(0)}L{_x(1)} {_y(1)}"
    middle = f'x="14" y="{_y(0.5)}" transform="rotate(-90 14 {_y(0.5)})"'
    return (
        f'<svg class="plot" viewBox="0 0 {width} {height}" role="img" '
        f'aria-label="{escape(say("reliability"))}">{_axes()}'
        f'<path class="diagonal" d="{diagonal}"/>{marks}'
        f'<text class="axis" x="{_x(0.5)}" y="{height - 6}">{escape(say("confidence"))}</text>'
        f'<text class="axis" {middle}>{escape(say("right"))}</text></svg>'
    )


def _x(rate: float) -> str:
    return f"{LEFT + SIZE * rate:.1f}"


def _y(rate: float) -> str:
    return f"{TOP + SIZE * (1 - rate):.1f}"


def _axes() -> str:
    parts = []
    for step in range(0, 11, 2):
        rate = step / 10
        parts.append(f'<path class="grid" d="M{_x(0)} {_y(rate)}H{_x(1)}"/>')
        parts.append(f'<path class="grid" d="M{_x(rate)} {_y(0)}V{_y(1)}"/>')
        label = f"{10 * step} %"
        baseline = float(_y(rate)) + 4
        parts.append(f'<text class="tick end" x="{LEFT - 6}" y="{baseline:.1f}">{label}</text>')
        under = TOP + SIZE + HISTOGRAM + 24
        parts.append(f'<text class="tick" x="{_x(rate)}" y="{under}">{label}</text>')
    return "".join(parts)


def _bin(b: Mapping[str, Any], most: int) -> str:
    x, y = _x(b["confidence"]), _y(b["accuracy"])
    low, high = _y(b["interval"][0]), _y(b["interval"][1])
    radius = 3 + 6 * sqrt(b["count"] / most)
    tall = max(1.0, HISTOGRAM * b["count"] / most)
    left = LEFT + SIZE * b["low"] + 2
    width = SIZE * (b["high"] - b["low"]) - 4
    told = f"{percent(b['confidence'], 0)} → {percent(b['accuracy'], 0)} ({b['count']})"
    return (
        f"<g><title>{escape(told)}</title>"
        f'<rect class="count" x="{left:.1f}" y="{TOP + SIZE + 8 + HISTOGRAM - tall:.1f}" '
        f'width="{width:.1f}" height="{tall:.1f}"/>'
        f'<path class="whisker" d="M{x} {low}V{high}"/>'
        f'<circle class="point" cx="{x}" cy="{y}" r="{radius:.1f}"/></g>'
    )
