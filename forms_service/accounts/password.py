"""What may be a password: long, not common, not a name (NIST SP 800-63B, 5.1.1.2). Nothing else is asked of it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

SHORTEST = 12
LONGEST = 128


def normalised(password: str) -> str:
    """Two keyboards may write one letter in two ways; no character is left out."""
    return unicodedata.normalize("NFKC", password)


def fault_in(password: str, own: Iterable[str]) -> str:
    """Why it is refused: too_short, too_long, own (one of ``own`` words alone) or common; empty when it is good."""
    said = normalised(password)
    if len(said) < SHORTEST:
        return "too_short"
    if len(said) > LONGEST:
        return "too_long"
    if _bare(said) in {_bare(word) for word in own if word}:
        return "own"
    return "common" if said.casefold() in common() else ""


def _bare(text: str) -> str:
    """Without capitals and spaces: a name is no better a password for being written in one word."""
    return "".join(normalised(text).casefold().split())


@lru_cache(maxsize=1)
def common() -> frozenset[str]:
    """Those that are tried first; the file says where they come from."""
    text = files("forms_service").joinpath("accounts", "common.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))
