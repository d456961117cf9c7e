"""Small pictures as inline SVG, drawn without any library; colours come from the page's style sheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from qa.evaluation.report import Figure

_WIDTH, _HEIGHT = 460, 300
_LEFT, _RIGHT, _TOP, _BOTTOM = 48, 14, 14, 44
_MOST_POINTS = 400  # of a curve: finer than the picture can show


@dataclass(frozen=True, slots=True)
class Line:
    """A named curve; `style` is the class that colours it."""

    name: str
    points: Sequence[tuple[float, float]]
    style: str


def _x(value: float) -> float:
    return round(_LEFT + value * (_WIDTH - _LEFT - _RIGHT), 2)


def _y(value: float) -> float:
    return round(_HEIGHT - _BOTTOM - value * (_HEIGHT - _TOP - _BOTTOM), 2)


def curves(lines: Sequence[Line], title: str, across: str, up: str, top: float = 1.0) -> str:
    """Return curves over [0, 1], named at the lower right; `top` is where the vertical axis ends.

    >>> curves((Line("dev", ((0, 0), (1, 1)), "one"),), "t", "x", "y").count("<polyline")
    1
    """
    drawn = [
        f'<polyline class="curve {line.style}" points="{_points(line.points, top)}"><title>{escape(line.name)}</title>'
        "</polyline>"
        for line in lines
    ]
    legend = [
        f'<g class="{line.style}"><line class="curve" x1="{_WIDTH - 92}" x2="{_WIDTH - 72}" y1="{y}" y2="{y}"/>'
        f'<text class="label" x="{_WIDTH - 66}" y="{y + 4}">{escape(line.name)}</text></g>'
        for y, line in zip(range(_HEIGHT - _BOTTOM - 18 * len(lines), _HEIGHT, 18), lines, strict=False)
    ]
    return _svg(title, [*_axes(across, up, top), *drawn, *legend])


def _points(points: Sequence[tuple[float, float]], top: float) -> str:
    step = max(1, len(points) // _MOST_POINTS)
    kept = [*points[::step], *points[-1:]]
    return " ".join(f"{_x(x)},{_y(min(y / top, 1))}" for x, y in kept)


def reliability_diagram(bins: Iterable[tuple[float, float, int, float, float]], title: str) -> str:
    """Return bars of how often answers of a confidence are right, beside the diagonal of perfect calibration."""
    parts = [*_axes("confidence", "share right", 1.0)]
    for low, high, count, confidence, right in bins:
        said = f"confidence {confidence:.2f}, right {right:.2f}, {count} questions"
        parts.append(
            f'<rect class="bar" x="{_x(low) + 2}" y="{_y(right)}" width="{round(_x(high) - _x(low) - 4, 2)}" '
            f'height="{round(_y(0) - _y(right), 2)}" rx="2"><title>{said}</title></rect>'
            f'<circle class="dot" cx="{_x(confidence)}" cy="{_y(right)}" r="3.5"/>'
            f'<text class="label middle" x="{(_x(low) + _x(high)) / 2}" y="{max(_y(right) - 8, _TOP + 8)}">'
            f"{count}</text>"
        )
    parts.append(f'<line class="diagonal" x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}"/>')
    return _svg(title, parts)


def bars(figures: Sequence[Figure], title: str) -> str:
    """Return horizontal bars with their intervals, the longest label to the left of each.

    >>> bars((Figure("who", 0.5, 0.25, 0.75, 8),), "t").count("<rect")
    1
    """
    left, right, row = 130, _WIDTH - 86, 26
    wide = right - left
    parts = []
    for at, figure in enumerate(figures):
        y = 10 + at * row
        parts.append(
            f'<text class="label end" x="{left - 8}" y="{y + 14}">{escape(figure.name)}</text>'
            f'<rect class="bar" x="{left}" y="{y + 2}" width="{round(figure.value * wide, 2)}" height="16" rx="2">'
            f"<title>{figure.value:.3f}, {figure.count} questions</title></rect>"
            f'<text class="label" x="{right + 8}" y="{y + 14}">{figure.value:.2f} <tspan class="dim">n={figure.count}'
            "</tspan></text>"
        )
        if figure.low is not None and figure.high is not None:
            low, high = (round(left + end * wide, 2) for end in (figure.low, figure.high))
            parts.append(f'<path class="whisker" d="M{low} {y + 10}H{high}M{low} {y + 6}v8M{high} {y + 6}v8"/>')
    return _svg(title, parts, 16 + row * max(len(figures), 1))


def _axes(across: str, up: str, top: float) -> list[str]:
    parts = []
    for tick in (0, 0.25, 0.5, 0.75, 1):
        parts.append(
            f'<line class="grid" x1="{_x(0)}" x2="{_x(1)}" y1="{_y(tick)}" y2="{_y(tick)}"/>'
            f'<text class="label end" x="{_LEFT - 8}" y="{_y(tick) + 4}">{tick * top:.2g}</text>'
            f'<text class="label middle" x="{_x(tick)}" y="{_HEIGHT - _BOTTOM + 18}">{tick:g}</text>'
        )
    parts.append(f'<text class="label middle" x="{_x(0.5)}" y="{_HEIGHT - 8}">{escape(across)}</text>')
    middle = round(_y(0.5))
    parts.append(
        f'<text class="label middle" transform="rotate(-90 12 {middle})" x="12" y="{middle}">{escape(up)}</text>'
    )
    return parts


def _svg(title: str, parts: Iterable[str], height: int = _HEIGHT) -> str:
    box = f'viewBox="0 0 {_WIDTH} {height}" role="img" aria-label="{escape(title, quote=True)}"'
    return f"<svg {box}>{''.join(parts)}</svg>"
