"""Whether the access log is whole: every seal worked out again from its lines."""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forms_service.casework.access.seal import BEFORE_ALL, digest_of, mark_of
from forms_service.storage.cases import AccessRow, AccessSealRow


class Broken(StrEnum):
    """What can be wrong with a seal."""

    MISSING = "missing"
    """A number is left out."""
    LINES = "lines"
    """It was put on another number of lines."""
    CHANGED = "changed"
    """Its lines, or what it builds on, are not what they were."""
    NOT_OURS = "not_ours"
    """It was not made with this service's key."""
    NOTED = "noted"
    """It is not the one that somebody has written down."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """One seal that does not hold."""

    seal: int
    broken: Broken


@dataclass(frozen=True, slots=True)
class Verdict:
    """``digest`` is that of the last seal: worth writing down elsewhere, so that a missing end is noticed."""

    seals: int
    lines: int
    unsealed: int
    digest: str
    flaws: tuple[Flaw, ...]


def verify(session: Session, key: str, noted: tuple[int, str] | None = None) -> Verdict:
    """Look at the whole log, a seal at a time. ``noted``: a number, and the beginning of its digest."""
    flaws: list[Flaw] = []
    number, lines, before = 0, 0, BEFORE_ALL
    for seal in session.scalars(select(AccessSealRow).order_by(AccessSealRow.number)).yield_per(100):
        flaws += (Flaw(left_out, Broken.MISSING) for left_out in range(number + 1, seal.number))
        flaws += (Flaw(seal.number, broken) for broken in _broken(session, seal, before, key))
        number, lines, before = seal.number, lines + seal.lines, seal.digest
    if noted and not _is_there(session, *noted):
        flaws.append(Flaw(noted[0], Broken.NOTED))
    unsealed = session.scalar(select(func.count()).select_from(AccessRow).where(AccessRow.seal.is_(None))) or 0
    return Verdict(number, lines, unsealed, before, tuple(flaws))


def _broken(session: Session, seal: AccessSealRow, before: str, key: str) -> Iterator[Broken]:
    lines = session.scalars(select(AccessRow).where(AccessRow.seal == seal.number).order_by(AccessRow.id)).all()
    if len(lines) != seal.lines:
        yield Broken.LINES
    elif digest_of(before, lines) != seal.digest:
        yield Broken.CHANGED
    if not hmac.compare_digest(mark_of(key, seal.digest), seal.mark):
        yield Broken.NOT_OURS


def _is_there(session: Session, number: int, digest: str) -> bool:
    seal = session.get(AccessSealRow, number)
    return seal is not None and seal.digest.startswith(digest)
