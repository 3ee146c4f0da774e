"""Words in lines of a known width, counted in characters, since nobody measures letters on the server."""

from __future__ import annotations

import unicodedata

MOST_LETTERS = 500
"""More is not even looked at."""


def wrapped(text: str, width: int, most: int = 4) -> tuple[str, ...]:
    """Lines of at most ``width`` columns, one at least; a word that is longer is cut.

    More than ``most`` lines end in an ellipsis in the drawing; the list has all of the text.
    """
    lines: list[str] = [""]
    for word in text[:MOST_LETTERS].split():
        for piece in _pieces(word, width):
            joined = f"{lines[-1]} {piece}".strip()
            if columns(joined) <= width:
                lines[-1] = joined
            else:
                lines.append(piece)
        if len(lines) > most:
            return (*lines[: most - 1], f"{lines[most - 1]}…")
    return tuple(lines)


def columns(text: str) -> int:
    """How much room a text takes: a wide letter takes two columns, an accent on its own none."""
    return sum(_columns(letter) for letter in text)


def _columns(letter: str) -> int:
    if unicodedata.combining(letter):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def _pieces(word: str, width: int) -> list[str]:
    pieces, piece = [], ""
    for letter in word:
        if columns(piece + letter) > width:
            pieces.append(piece)
            piece = ""
        piece += letter
    return [*pieces, piece]
