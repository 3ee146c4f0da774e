"""The matches in a case, with their goals and contacts, as much as the viewer may see."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forms_service.casework.access.ties import own_match
from forms_service.domain.access import Thing
from forms_service.domain.people import Role, Viewer
from forms_service.storage.cases import ContactRow, GoalRow, MatchRow
from forms_service.storage.people import PersonRow


@dataclass(frozen=True, slots=True)
class GoalLine:
    """A goal; ``status`` is "open" until the closure says where it stands."""

    number: int
    text: str
    status: str


@dataclass(frozen=True, slots=True)
class ContactLine:
    """A point of contact; ``note`` is empty when it is not the viewer's to read."""

    on: date
    kind: str
    minutes: int | None
    at_night: bool
    too_much: bool
    note: str


@dataclass(frozen=True, slots=True)
class CaseMatch:
    """A match; ``reason`` (why this peer) is the coordinator's alone."""

    id: str
    peer: str
    status: str
    hours_per_week: float
    reason: str
    started_on: date | None
    closed_on: date | None
    closure_reason: str
    goals: tuple[GoalLine, ...]
    contacts: tuple[tuple[str, int], ...]
    """How many of each kind; one by one they stand on the line of time."""


def matches_of(session: Session, viewer: Viewer, participant_id: str, seen: Collection[Thing]) -> tuple[CaseMatch, ...]:
    """The newest first; a peer sees her own only, and nothing of those before her."""
    if Thing.MATCHES not in seen:
        return ()
    found = select(MatchRow, PersonRow.name).join(PersonRow, PersonRow.id == MatchRow.peer_id)
    found = found.where(MatchRow.participant_id == participant_id)
    if viewer.role == Role.PEER:
        found = found.where(own_match(viewer))
    rows = session.execute(found.order_by(MatchRow.created_at.desc(), MatchRow.id)).all()
    ids = [row.id for row, _ in rows]
    goals = _goals(session, ids) if Thing.GOALS in seen else {}
    contacts = _contacts(session, ids) if Thing.CONTACT_LOG in seen else {}
    return tuple(_match(row, peer, seen, goals.get(row.id, []), contacts.get(row.id, [])) for row, peer in rows)


def contact_line(viewer: Viewer, row: ContactRow, seen: Collection[Thing]) -> ContactLine:
    """What is internal about it is for those who see everybody's notes, and for whoever wrote it."""
    hers = Thing.OWN_NOTES in seen and row.recorded_by == viewer.person_id
    if not hers and Thing.INTERNAL_NOTES not in seen:
        return ContactLine(row.on, row.kind, row.minutes, at_night=False, too_much=False, note="")
    return ContactLine(row.on, row.kind, row.minutes, row.at_night, row.too_much, row.internal_note)


def _match(
    row: MatchRow, peer: str, seen: Collection[Thing], goals: list[GoalLine], contacts: list[tuple[str, int]]
) -> CaseMatch:
    return CaseMatch(
        id=row.id,
        peer=peer,
        status=row.status,
        hours_per_week=row.hours_per_week,
        reason=row.reason if Thing.INTERNAL_NOTES in seen else "",
        started_on=row.started_on,
        closed_on=row.closed_on,
        closure_reason=row.closure_reason if Thing.CONTACT_LOG in seen else "",
        goals=tuple(goals),
        contacts=tuple(contacts),
    )


def _goals(session: Session, match_ids: Collection[str]) -> dict[str, list[GoalLine]]:
    found: dict[str, list[GoalLine]] = {}
    for row in session.scalars(select(GoalRow).where(GoalRow.match_id.in_(match_ids)).order_by(GoalRow.number)):
        found.setdefault(row.match_id, []).append(GoalLine(row.number, row.text, row.status))
    return found


def _contacts(session: Session, match_ids: Collection[str]) -> dict[str, list[tuple[str, int]]]:
    by_kind = select(ContactRow.match_id, ContactRow.kind, func.count()).where(ContactRow.match_id.in_(match_ids))
    found: dict[str, list[tuple[str, int]]] = {}
    rows = session.execute(by_kind.group_by(ContactRow.match_id, ContactRow.kind).order_by(ContactRow.kind))
    for match_id, kind, count in rows:
        found.setdefault(match_id, []).append((kind, count))
    return found
