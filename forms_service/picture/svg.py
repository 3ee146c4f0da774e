"""A drawing as SVG: shapes with classes, whose colours come from picture.css, so that no style stands in the page."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from forms_service.picture.blocks import Badge, Block, Frame, Line, Mark, Placed, Symbol, Text
from forms_service.picture.cards import Kind
from forms_service.picture.safe import joined, safe
from forms_service.picture.symbols import SYMBOLS

MARGIN = 20
HEAD = 5
"""Half the width of an arrow's head, and its height."""
SLANT = 14
ROUND = {Kind.START: 24, Kind.REPEAT: 24, Kind.WAIT: 24, Kind.END: 24, Kind.EACH: 14}
CORNER = 8


def svg(block: Block, name: str, title: str, description: str) -> Markup:
    """The whole element; ``name`` makes the ids of its title and description."""
    width, height = block.width + 2 * MARGIN, block.height + 2 * MARGIN
    return Markup(
        '<svg class="picture-svg" role="img" xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" '
        'viewBox="0 0 {w} {h}" aria-labelledby="{n}-title {n}-desc">'
        '<title id="{n}-title">{title}</title><desc id="{n}-desc">{desc}</desc>{drawn}</svg>'
    ).format(
        w=width,
        h=height,
        n=safe(name),
        title=safe(title),
        desc=safe(description),
        drawn=_placed(Placed(MARGIN, MARGIN, block)),
    )


def _placed(placed: Placed) -> Markup:
    block = placed.block
    look = Markup(' class="picture-card" data-kind="{}"').format(block.look) if block.look else ""
    state = Markup(' data-state="{}"').format(block.state) if block.state else ""
    drawn = joined([*(_mark(mark) for mark in block.marks), *(_placed(each) for each in block.inside)])
    return Markup('<g{} transform="translate({} {})">{}</g>').format(
        Markup("{}{}").format(look, state), placed.x, placed.y, drawn
    )


def _mark(mark: Mark) -> Markup:
    match mark:
        case Line():
            return _line(mark)
        case Frame():
            return _frame(mark)
        case Text(x=x, y=y, words=words, look=look, centred=centred):
            anchor = Markup(' text-anchor="middle"') if centred else ""
            return Markup('<text class="picture-{}" x="{}" y="{}"{}>{}</text>').format(look, x, y, anchor, safe(words))
        case Badge():
            return _badge(mark)
        case Symbol(x=x, y=y, name=name):
            return _symbol(x, y, name)


def _line(line: Line) -> Markup:
    look = "picture-bar" if line.bar else "picture-line picture-dashed" if line.dashed else "picture-line"
    drawn = Markup('<polyline class="{}" points="{}"/>').format(look, _points(line.points))
    if not line.arrow:
        return drawn
    x, y = line.points[-1]
    return drawn + Markup('<path class="picture-head" d="M{} {}l{} {}h{}z"/>').format(x, y, -HEAD, -HEAD - 2, 2 * HEAD)


def _frame(frame: Frame) -> Markup:
    width, height = frame.width, frame.height
    if frame.look == Kind.CHOOSE:
        return _hexagon(width, height)
    outline = Markup('<rect class="picture-frame" width="{}" height="{}" rx="{}"/>').format(
        width, height, ROUND.get(Kind(frame.look), CORNER)
    )
    return outline + _sides(width, height) if frame.look == Kind.RUN else outline


def _hexagon(width: int, height: int) -> Markup:
    left, right, middle = SLANT, width - SLANT, height // 2
    corners = ((0, middle), (left, 0), (right, 0), (width, middle), (right, height), (left, height))
    return Markup('<polygon class="picture-frame" points="{}"/>').format(_points(corners))


def _points(points: Iterable[tuple[int, int]]) -> str:
    return " ".join(f"{x},{y}" for x, y in points)


def _sides(width: int, height: int) -> Markup:
    """The double sides of a step that is a workflow itself."""
    return Markup('<path class="picture-sides" d="M8 0V{h}M{x} 0V{h}"/>').format(h=height, x=width - 8)


def _badge(badge: Badge) -> Markup:
    outline = Markup('<rect x="{}" y="{}" width="{}" height="22" rx="11"/>').format(badge.x, badge.y, badge.width)
    words = Markup('<text x="{}" y="{}">{}</text>').format(badge.x + 24, badge.y + 15, safe(badge.words))
    symbol = _symbol(badge.x + 6, badge.y + 4, f"state-{badge.state}", size=14)
    return Markup('<g class="picture-badge">{}{}{}</g>').format(outline, symbol, words)


def _symbol(x: int, y: int, name: str, size: int = 16) -> Markup:
    return Markup(
        '<svg class="picture-symbol" x="{}" y="{}" width="{}" height="{}" viewBox="0 0 16 16"><path d="{}"/></svg>'
    ).format(x, y, size, size, SYMBOLS[name])
