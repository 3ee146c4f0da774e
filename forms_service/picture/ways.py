"""A step with several ways below it, which come together again: a choice, lanes, or the way when something fails."""

from __future__ import annotations

from collections.abc import Sequence

from forms_service.picture.blocks import GAP, STEM, Block, Line, Placed, beside_each_other

OVERHANG = 40
"""How far a bar reaches beyond the outermost lanes."""


def part(head: Block, ways: Sequence[Block], *, straight: bool = False, bars: bool = False) -> Block:
    """The ways below their head.

    ``straight``: the first way goes on below the head, and the others are dashed. ``bars``: all ways are gone at the
    same time, between two bars. What comes after stands below the middle; below the first way when that is straight.
    """
    row = beside_each_other(ways)
    axes = [each.x + each.block.axis for each in row]
    middle = axes[0] if straight else (axes[0] + axes[-1]) // 2
    shift = max(0, head.axis - middle, OVERHANG - axes[0] if bars else 0)
    axis, axes = middle + shift, [each + shift for each in axes]
    reach = axes[-1] + OVERHANG if bars else 0
    width = max(axis + head.width - head.axis, shift + row[-1].x + row[-1].block.width, reach)
    rail = head.height + STEM
    top = rail + (GAP if bars else 0)
    inside = [Placed(axis - head.axis, 0, head)]
    inside += [Placed(each.x + shift, top, each.block) for each in row]
    open_ends = [(x, top + way.height) for x, way in zip(axes, ways, strict=True) if not way.ends]
    bottom = max(top + way.height for way in ways)
    join = bottom + (GAP if bars else STEM) if open_ends else bottom
    lines = [
        Line(((axis, head.height), (axis, rail))),
        *_parting(axis, axes, rail, top, straight=straight, bars=bars),
        *_joining(axis, open_ends, join, straight=straight, bars=bars),
    ]
    return Block(width, join, axis, tuple(lines), tuple(inside), ends=not open_ends or (bars and _one_ends(ways)))


def _one_ends(ways: Sequence[Block]) -> bool:
    """A lane that always ends the run: the others never meet it."""
    return any(way.ends for way in ways)


def _parting(axis: int, axes: list[int], rail: int, top: int, *, straight: bool, bars: bool) -> list[Line]:
    if bars:
        bar = Line(((axes[0] - OVERHANG, rail), (axes[-1] + OVERHANG, rail)), bar=True)
        return [bar, *(Line(((x, rail), (x, top)), arrow=True) for x in axes)]
    if straight:
        return [Line(((axis, rail), (x, rail)), dashed=True) for x in axes[1:]]
    return [Line(((axes[0], rail), (axes[-1], rail)))]


def _joining(axis: int, open_ends: list[tuple[int, int]], join: int, *, straight: bool, bars: bool) -> list[Line]:
    if not open_ends:
        return []
    dashed = [straight and x != axis for x, _ in open_ends]
    down = [Line((end, (end[0], join)), arrow=bars, dashed=d) for end, d in zip(open_ends, dashed, strict=True)]
    xs = [x for x, _ in open_ends]
    if bars:
        return [*down, Line(((xs[0] - OVERHANG, join), (xs[-1] + OVERHANG, join)), bar=True)]
    across = Line(((min(*xs, axis), join), (max(*xs, axis), join)), dashed=straight)
    return [*down, across]
