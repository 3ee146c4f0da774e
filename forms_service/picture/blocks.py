"""What a drawing is made of: blocks with a size, drawn from marks and from other blocks. All numbers are pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

GAP = 32
"""Between two steps, one below the other; the arrow needs it."""
BESIDE = 28
"""Between two ways, one beside the other."""
STEM = 14
"""From a step to where its ways part, and back."""


@dataclass(frozen=True, slots=True)
class Line:
    """A way through the points (x, y)."""

    points: tuple[tuple[int, int], ...]
    arrow: bool = False
    dashed: bool = False
    bar: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """The outline of a card, or of what belongs together; ``look`` decides its shape."""

    width: int
    height: int
    look: str


@dataclass(frozen=True, slots=True)
class Text:
    """One line of words; ``y`` is its base line."""

    x: int
    y: int
    words: str
    look: str
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Badge:
    """The state of a step, at its upper right corner."""

    x: int
    y: int
    width: int
    state: str
    words: str


@dataclass(frozen=True, slots=True)
class Symbol:
    """One of the small pictures in symbols.py; x and y are its upper left corner."""

    x: int
    y: int
    name: str


Mark: TypeAlias = Line | Frame | Text | Badge | Symbol


@dataclass(frozen=True, slots=True)
class Placed:
    """A block inside another, at its upper left corner."""

    x: int
    y: int
    block: Block


@dataclass(frozen=True, slots=True)
class Block:
    """A rectangle that is entered from above and left below at ``axis``, counted from its left side.

    ``ends``: nothing follows it. ``quiet``: the line that leads to it has no head, since it is no step.
    """

    width: int
    height: int
    axis: int
    marks: tuple[Mark, ...] = ()
    inside: tuple[Placed, ...] = ()
    ends: bool = False
    quiet: bool = False
    look: str = ""
    state: str = ""


NOTHING = Block(0, 0, 0, quiet=True)


def below_each_other(blocks: Sequence[Block], *, dashed: bool = False) -> Block:
    """Blocks from top to bottom on one axis, with an arrow between two of them."""
    if not blocks:
        return NOTHING
    axis = max(block.axis for block in blocks)
    width = axis + max(block.width - block.axis for block in blocks)
    inside: list[Placed] = []
    lines: list[Line] = []
    y = 0
    for block, above in zip(blocks, (NOTHING, *blocks), strict=False):
        if inside:
            gap = STEM if block.quiet or above.quiet else GAP
            if not above.ends:
                lines.append(Line(((axis, y), (axis, y + gap)), arrow=not block.quiet, dashed=dashed))
            y += gap
        inside.append(Placed(axis - block.axis, y, block))
        y += block.height
    ends = any(block.ends for block in blocks)
    return Block(width, y, axis, tuple(lines), tuple(inside), ends=ends, quiet=blocks[0].quiet)


def beside_each_other(blocks: Sequence[Block]) -> tuple[Placed, ...]:
    """Blocks from left to right, all beginning at the same height."""
    placed, x = [], 0
    for block in blocks:
        placed.append(Placed(x, 0, block))
        x += block.width + BESIDE
    return tuple(placed)
