"""Text as it may stand in an archived document: every character visible, and known to the fonts in the file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

REPLACEMENT = "□"
"""Stands, visibly, where nothing can be printed; PDF/A forbids a character without a glyph."""

LOOKALIKES = {"\uf0b7": "•", "\uf0a7": "•", "\uf0fc": "✓", "☐": "□", "☑": "✓", "✔": "✓", "\u2010": "-", "\u2011": "-"}
"""What stands for characters of Word's symbol font, and for the hyphen that WeasyPrint keeps for line breaks."""

LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
ENDLESS_WORD = re.compile(r"\S{60,}")
PIECE = re.compile(r"\S{1,30}")
BREAK_HERE = "\u200b"
"""A space without width: without one WeasyPrint tries every letter of a long word, and minutes pass."""
INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Me"})
"""Control, format and half characters, and marks around others, such as the box of a keycap."""
VARIATION_SELECTORS = frozenset([*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)])


class Characters(dict[int, str]):
    """A table for ``str.translate``, filled as characters turn up: code point → what is printed for it."""

    def __init__(self, known: Iterable[int]) -> None:
        super().__init__()
        self._known = frozenset(known)

    def __missing__(self, code: int) -> str:
        self[code] = self._printed(code)
        return self[code]

    def clean(self, value: object) -> object:
        """The same plain value with every text in it printable, however deep."""
        if isinstance(value, str):
            return self.clean_text(value)
        if isinstance(value, Mapping):
            return {name: self.clean(item) for name, item in value.items()}
        return [self.clean(item) for item in value] if isinstance(value, list | tuple) else value

    def clean_text(self, text: str) -> str:
        """Composed (NFC), one kind of line end and space, nothing that no font can show, no word without an end."""
        printable = LINE_ENDS.sub("\n", unicodedata.normalize("NFC", text)).translate(self)
        return ENDLESS_WORD.sub(_in_pieces, printable)

    def line(self, text: str) -> str:
        """A text for a title or a name: clean, and on one line."""
        return " ".join(self.clean_text(text).replace(BREAK_HERE, "").split())

    def _printed(self, code: int) -> str:
        character = chr(code)
        if character == "\n":
            return character
        category = unicodedata.category(character)
        if category == "Zs" or character == "\t":
            return " "
        if category in INVISIBLE or code in VARIATION_SELECTORS or _is_noncharacter(code):
            return ""
        character = LOOKALIKES.get(character, character)
        return character if self._can_show(character) else REPLACEMENT

    def _can_show(self, character: str) -> bool:
        """Private characters mean something else in every font, so a font's glyph for one counts for nothing."""
        return ord(character) in self._known and unicodedata.category(character) != "Co"


def _in_pieces(word: re.Match[str]) -> str:
    return BREAK_HERE.join(PIECE.findall(word[0]))


def _is_noncharacter(code: int) -> bool:
    """Code points that Unicode promises never to use, such as U+FFFE."""
    return 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE
