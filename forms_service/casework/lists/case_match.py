"""The matches in a case, with their goals and contacts, as much as the viewer may see."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
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
    contacts: tuple[ContactLine, ...]


def matches_of(session: Session, viewer: Viewer, participant_id: str, seen: Collection[Thing]) -> tuple[CaseMatch, ...]:
    """The newest first; a peer sees her own only, and nothing of those before her."""
    if Thing.MATCHES not in seen:
        return ()
    found = select(MatchRow, PersonRow.name).join(PersonRow, PersonRow.id == MatchRow.peer_id)
    found = found.where(MatchRow.participant_id == participant_id)
    if viewer.role == Role.PEER:
        found = found.where(own_match(viewer))
    rows = session.execute(found.order_by(MatchRow.created_at.desc(), MatchRow.id))
    return tuple(_match(session, viewer, row, peer, seen) for row, peer in rows)


def _match(session: Session, viewer: Viewer, row: MatchRow, peer: str, seen: Collection[Thing]) -> CaseMatch:
    return CaseMatch(
        id=row.id,
        peer=peer,
        status=row.status,
        hours_per_week=row.hours_per_week,
        reason=row.reason if Thing.INTERNAL_NOTES in seen else "",
        started_on=row.started_on,
        closed_on=row.closed_on,
        closure_reason=row.closure_reason if Thing.CONTACT_LOG in seen else "",
        goals=_goals(session, row.id) if Thing.GOALS in seen else (),
        contacts=_contacts(session, viewer, row.id, seen) if Thing.CONTACT_LOG in seen else (),
    )


def _goals(session: Session, match_id: str) -> tuple[GoalLine, ...]:
    rows = session.scalars(select(GoalRow).where(GoalRow.match_id == match_id).order_by(GoalRow.number))
    return tuple(GoalLine(row.number, row.text, row.status) for row in rows)


def _contacts(session: Session, viewer: Viewer, match_id: str, seen: Collection[Thing]) -> tuple[ContactLine, ...]:
    newest_first = (ContactRow.on.desc(), ContactRow.recorded_at.desc(), ContactRow.id)
    rows = session.scalars(select(ContactRow).where(ContactRow.match_id == match_id).order_by(*newest_first))
    return tuple(_contact(viewer, row, seen) for row in rows)


def _contact(viewer: Viewer, row: ContactRow, seen: Collection[Thing]) -> ContactLine:
    """What is internal about it is for those who see everybody's notes, and for whoever wrote it."""
    hers = Thing.OWN_NOTES in seen and row.recorded_by == viewer.person_id
    if not hers and Thing.INTERNAL_NOTES not in seen:
        return ContactLine(row.on, row.kind, row.minutes, at_night=False, too_much=False, note="")
    return ContactLine(row.on, row.kind, row.minutes, row.at_night, row.too_much, row.internal_note)
