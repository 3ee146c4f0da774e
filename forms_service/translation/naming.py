"""Texts are written with one word for a peer; an installation that has chosen another reads that one in its place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeAlias

Forms: TypeAlias = tuple[tuple[str, str], ...]
"""The written and the chosen word, one pair for each form: ("likemannen", "mentoren")."""


@dataclass(frozen=True, slots=True)
class Naming:
    """What a peer is called, by language; nothing where it is called as the texts are written."""

    chosen: Mapping[str, Forms] = field(default_factory=dict)

    def said(self, text: str, language: str) -> str:
        """The text with the chosen word in the form and with the capital of the written one."""
        forms = self.chosen.get(language)
        return _named(text, forms) if forms and text else text


AS_WRITTEN = Naming()


@lru_cache(maxsize=4096)
def _named(text: str, forms: Forms) -> str:
    known = dict(forms)
    return _pattern(forms).sub(lambda found: _in_place(found, known), text)


@lru_cache(maxsize=16)
def _pattern(forms: Forms) -> re.Pattern[str]:
    """The longest first. Before it an English article, which goes with the word; after it the s of a genitive."""
    words = "|".join(sorted((re.escape(written) for written, _ in forms), key=len, reverse=True))
    return re.compile(rf"\b(?P<article>an? )?(?P<word>{words})(?P<genitive>s?)\b", re.IGNORECASE)


def _in_place(found: re.Match[str], known: Mapping[str, str]) -> str:
    written, article = found["word"], found["article"] or ""
    word = known[written.lower()]
    if article:
        article = f"{article[0]}{'n' if word[0].lower() in 'aeiou' else ''} "
    return f"{article}{_as_large(word, written)}{_genitive(word) if found['genitive'] else ''}"


def _as_large(word: str, written: str) -> str:
    return word[:1].upper() + word[1:] if written[:1].isupper() else word


def _genitive(word: str) -> str:
    return "’" if word[-1:].lower() in "sxz" else "s"
