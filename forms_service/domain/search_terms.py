"""Text as it is searched: words without case, accents and signs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

UNLIKE_THEIR_PARTS = {0x00F8: "o", 0x00E6: "ae", 0x0111: "d", 0x014B: "n", 0x0167: "t"}
"""Letters of Norwegian and Northern Sámi, by their numbers, that Unicode does not take apart."""
MOST = 8
"""Words that are looked for; the rest of a long text counts for nothing."""
LONGEST = 40
PHONE = 8
"""Digits of a Norwegian phone number, without the country's."""
NUMBER = re.compile(r"[\d\s()+.-]+")


def terms_of(text: str) -> tuple[str, ...]:
    """The words that somebody looks for; a phone number or a case number is one, however it is written."""
    if NUMBER.fullmatch(text) and (digits := re.sub(r"\D", "", text)):
        return (digits[-PHONE:],)
    return _words(text)


def words_of(texts: Iterable[str | None]) -> frozenset[str]:
    """All words under which somebody is found who is described by these texts."""
    return frozenset(word for text in texts if text for word in (*terms_of(text), *_words(text)))


def _words(text: str) -> tuple[str, ...]:
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(UNLIKE_THEIR_PARTS)
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return tuple(dict.fromkeys(word[:LONGEST] for word in re.findall(r"[^\W_]+", letters)))
