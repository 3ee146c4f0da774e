"""The waiting list: people for those who may see them, numbers per office for everybody else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, ScalarSelect, Select, case, func, select
from sqlalchemy.orm import Session

from forms_service.casework.access import visible_participants
from forms_service.casework.access.ties import shows
from forms_service.domain.access import Thing
from forms_service.domain.people import ParticipantStatus, Viewer
from forms_service.storage.cases import ParticipantRow, WaitingRow
from forms_service.storage.known import is_one_of
from forms_service.storage.people import OfficeRow

LONGEST = "lengst"
ORDERS: Mapping[str, tuple[ColumnElement[Any], ...]] = {
    LONGEST: (WaitingRow.since.asc(), ParticipantRow.case_number.asc()),
    "kortest": (WaitingRow.since.desc(), ParticipantRow.case_number.desc()),
    "navn": (ParticipantRow.name.asc(), ParticipantRow.id.asc()),
}
"""The word in the address → by what."""

STATUSES = (ParticipantStatus.WAITING, ParticipantStatus.PROPOSED)
"""Where those who stand on the list can be on the way."""
IN_QUEUE = (ParticipantRow.office_id == OfficeRow.id, is_one_of(ParticipantRow.status, STATUSES))
"""At an office: an index that says the same counts them."""
MANY = 1000


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """Somebody who waits; ``status`` is "proposed" when a match is being tried. ``days`` are whole days."""

    participant_id: str
    case_number: str
    name: str
    gender: str
    status: str
    office: str
    since: datetime
    days: int


@dataclass(frozen=True, slots=True)
class OfficeQueue:
    """How many wait at one office, and how many days the first of them has waited; no person can be seen in it."""

    office: str
    waiting: int
    longest_days: int


@dataclass(frozen=True, slots=True)
class ChosenWaiting:
    """Who of them, in which order; what is empty chooses nothing. ``phase`` is what the request told."""

    office: str = ""
    status: str = ""
    phase: str = ""
    order: str = LONGEST


def waiting_lines(viewer: Viewer, chosen: ChosenWaiting) -> Select[str, str, str, str, str, str, datetime]:
    """A line for each, as ``waiting_line`` reads it."""
    found = (
        visible_participants(viewer, Thing.WAITING_LIST)
        .join(WaitingRow, WaitingRow.participant_id == ParticipantRow.id)
        .join(OfficeRow, OfficeRow.id == ParticipantRow.office_id)
        .where(WaitingRow.left_at.is_(None), *_meant(viewer, chosen))
    )
    return found.with_only_columns(
        ParticipantRow.id,
        ParticipantRow.case_number,
        ParticipantRow.name,
        ParticipantRow.gender,
        ParticipantRow.status,
        OfficeRow.name,
        WaitingRow.since,
    ).order_by(*ORDERS.get(chosen.order, ORDERS[LONGEST]))


def waiting_line(row: Row[str, str, str, str, str, str, datetime], now: datetime) -> WaitingLine:
    return WaitingLine(*row, days=(now - row[-1]).days)


def queue_by_office(session: Session, now: datetime) -> list[OfficeQueue]:
    """Every active office, by name: an even distribution can only be seen when nobody is left out."""
    standing = select(func.count()).where(*IN_QUEUE).correlate(OfficeRow).scalar_subquery()
    since = case((standing > MANY, _first_in_order()), else_=_first_of_few())
    offices = select(OfficeRow.name, standing, since)
    rows = session.execute(offices.where(OfficeRow.active).order_by(OfficeRow.name))
    return [OfficeQueue(name, waiting, (now - since).days if since else 0) for name, waiting, since in rows]


def _first_in_order() -> ScalarSelect[datetime]:
    """From when the first of an office has waited: where many wait, she is soon met in the order of the list."""
    first = select(WaitingRow.since).join(ParticipantRow, ParticipantRow.id == WaitingRow.participant_id)
    first = first.where(WaitingRow.left_at.is_(None), ParticipantRow.office_id == OfficeRow.id)
    return first.order_by(WaitingRow.since).limit(1).correlate(OfficeRow).scalar_subquery()


def _first_of_few() -> ScalarSelect[datetime]:
    """The same where few wait: each of them is asked."""
    hers = select(func.min(WaitingRow.since)).where(WaitingRow.participant_id == ParticipantRow.id)
    hers = hers.where(WaitingRow.left_at.is_(None)).correlate(ParticipantRow)
    return select(func.min(hers.scalar_subquery())).where(*IN_QUEUE).correlate(OfficeRow).scalar_subquery()


def _meant(viewer: Viewer, chosen: ChosenWaiting) -> list[ColumnElement[bool]]:
    """Only those are chosen by what the request told whose request she may read."""
    meant: list[ColumnElement[bool]] = []
    if chosen.office:
        meant.append(ParticipantRow.office_id == chosen.office)
    if chosen.status:
        meant.append(ParticipantRow.status == chosen.status)
    if chosen.phase:
        meant.append((ParticipantRow.phase == chosen.phase) & shows(viewer, Thing.REQUEST))
    return meant
