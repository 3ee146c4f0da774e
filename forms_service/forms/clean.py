"""Text from a browser without what nobody can see: control characters, broken code points, other line ends."""

from __future__ import annotations

import unicodedata

_LINE_ENDS = str.maketrans({"\x0b": "\n", "\x0c": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"})
_TURNS_TEXT_AROUND = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_LETTERS_THAT_ARE_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Fillers and the Braille cell without dots: letters and symbols to Unicode, nothing to whoever reads."""


def clean_paragraph(text: str) -> str:
    """The text with one kind of line end, composed letters, and no character that only machines see.

    Empty when there is nothing in it to see: what looks unanswered is unanswered.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").translate(_LINE_ENDS)
    kept = "".join(character for character in lines if _is_kept(character))
    return unicodedata.normalize("NFC", kept).strip() if any(map(_is_seen, kept)) else ""


def clean_line(text: str) -> str:
    """The same on one line: every run of white space is one space."""
    return " ".join(clean_paragraph(text).split())


def _is_kept(character: str) -> bool:
    """Joiners stay (emoji and Urdu need them); what turns text around does not (it can make a line lie)."""
    if character in "\n\t":
        return True
    if character in _TURNS_TEXT_AROUND or character == "\ufeff":
        return False
    if ord(character) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(character) <= 0xFDEF:
        return False
    return unicodedata.category(character) not in ("Cc", "Cs")


def _is_seen(character: str) -> bool:
    """Neither a space, a joiner, a soft hyphen and their like, nor an accent with no letter under it."""
    category = unicodedata.category(character)
    return category != "Cf" and category[0] not in "MZ" and character not in _LETTERS_THAT_ARE_BLANK | {"\n", "\t"}
