"""The peers: who is ready, who has hours, who walks beside whom."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, case, false, func, select
from sqlalchemy.orm import Session

from forms_service.casework.access.ties import is_active
from forms_service.casework.candidates import HOURS_FREE, with_hours
from forms_service.domain.access import Thing, may_see
from forms_service.domain.match import NOT_ENDED
from forms_service.domain.matching import COURSES_NEEDED, FEWEST_HOURS
from forms_service.domain.people import Viewer
from forms_service.storage.cases import MatchRow, ParticipantRow
from forms_service.storage.people import PeerRow, PersonRow

BY_NAME = "navn"
ORDERS: Mapping[str, tuple[ColumnElement[Any], ...]] = {
    BY_NAME: (PersonRow.name.asc(), PersonRow.id.asc()),
    "timer": (HOURS_FREE.desc(), PersonRow.name.asc(), PersonRow.id.asc()),
}
"""The word in the address → by what."""

IS_READY = PeerRow.ready & (PeerRow.courses_passed >= COURSES_NEEDED)
MOST_ADDED_UP = 1000
HAS_HOURS = HOURS_FREE >= FEWEST_HOURS


@dataclass(frozen=True, slots=True)
class PeerMatch:
    """One of a peer's matches that have not ended."""

    match_id: str
    participant_id: str
    case_number: str
    participant: str
    status: str
    hours_per_week: float


@dataclass(frozen=True, slots=True)
class ChosenPeers:
    """Which of them, in which order; None and what is empty choose nothing."""

    ready: bool | None = None
    has_hours: bool = False
    gender: str = ""
    order: str = BY_NAME


@dataclass(frozen=True, slots=True)
class Capacity:
    """How much the peers can take on; no person can be seen in it."""

    peers: int
    ready: int
    hours_free: float
    is_cut: bool = False
    """There are more than MOST_ADDED_UP peers, and this is not all of it."""


def peer_lines(viewer: Viewer, chosen: ChosenPeers) -> Select[PersonRow, PeerRow, float]:
    """A line for each, as candidates.as_peer reads it; none for those who may not see them."""
    allowed = is_active(viewer) if may_see(viewer, Thing.PEERS) else false()
    found = with_hours().where(PersonRow.active, allowed, *_meant(chosen))
    return found.order_by(*ORDERS.get(chosen.order, ORDERS[BY_NAME]))


def matches_of_peers(session: Session, peer_ids: Collection[str]) -> dict[str, list[PeerMatch]]:
    """The matches that have not ended, for each of these peers."""
    found = (
        select(MatchRow, ParticipantRow.case_number, ParticipantRow.name)
        .join(ParticipantRow, ParticipantRow.id == MatchRow.participant_id)
        .where(MatchRow.peer_id.in_(peer_ids), MatchRow.status.in_(NOT_ENDED))
        .order_by(ParticipantRow.case_number)
    )
    matches: dict[str, list[PeerMatch]] = {}
    for row, case_number, name in session.execute(found):
        line = PeerMatch(row.id, row.participant_id, case_number, name, row.status, row.hours_per_week)
        matches.setdefault(row.peer_id, []).append(line)
    return matches


def capacity(session: Session) -> Capacity:
    ready, spare = case((IS_READY, 1), else_=0), case((IS_READY & HAS_HOURS, HOURS_FREE), else_=0.0)
    everybody = select(ready.label("ready"), spare.label("spare")).select_from(PersonRow)
    everybody = everybody.join(PeerRow, PeerRow.person_id == PersonRow.id).where(PersonRow.active)
    everybody = everybody.limit(MOST_ADDED_UP + 1)
    each = everybody.subquery()
    row = session.execute(select(func.count(), func.sum(each.c.ready), func.sum(each.c.spare)).select_from(each)).one()
    return Capacity(row[0], row[1] or 0, round(row[2] or 0.0, 2), is_cut=row[0] > MOST_ADDED_UP)


def _meant(chosen: ChosenPeers) -> list[ColumnElement[bool]]:
    meant: list[ColumnElement[bool]] = []
    if chosen.ready is not None:
        meant.append(IS_READY if chosen.ready else ~IS_READY)
    if chosen.has_hours:
        meant.append(HAS_HOURS)
    if chosen.gender:
        meant.append(PeerRow.gender == chosen.gender)
    return meant
