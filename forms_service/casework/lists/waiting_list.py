"""The waiting list: people for those who may see them, numbers per office for everybody else."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.casework.access import visible_participants
from forms_service.domain.access import Thing
from forms_service.domain.people import Viewer
from forms_service.storage.cases import ParticipantRow, WaitingRow
from forms_service.storage.people import OfficeRow


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


def waiting_list(session: Session, viewer: Viewer, now: datetime) -> list[WaitingLine]:
    """Those who have waited longest first."""
    found = (
        visible_participants(viewer, Thing.WAITING_LIST)
        .join(WaitingRow, WaitingRow.participant_id == ParticipantRow.id)
        .join(OfficeRow, OfficeRow.id == ParticipantRow.office_id)
        .where(WaitingRow.left_at.is_(None))
        .with_only_columns(ParticipantRow, OfficeRow.name, WaitingRow.since)
        .order_by(WaitingRow.since, ParticipantRow.case_number)
    )
    return [_line(*row, now) for row in session.execute(found)]


def queue_by_office(session: Session, now: datetime) -> list[OfficeQueue]:
    """Every active office, by name: an even distribution can only be seen when nobody is left out."""
    standing = (
        select(OfficeRow.name, WaitingRow.since)
        .join(ParticipantRow, ParticipantRow.office_id == OfficeRow.id)
        .join(WaitingRow, WaitingRow.participant_id == ParticipantRow.id)
        .where(WaitingRow.left_at.is_(None))
    )
    days = defaultdict(list)
    for office, since in session.execute(standing):
        days[office].append((now - since).days)
    offices = session.scalars(select(OfficeRow.name).where(OfficeRow.active).order_by(OfficeRow.name))
    return [OfficeQueue(office, len(days[office]), max(days[office], default=0)) for office in offices]


def _line(participant: ParticipantRow, office: str, since: datetime, now: datetime) -> WaitingLine:
    return WaitingLine(
        participant_id=participant.id,
        case_number=participant.case_number,
        name=participant.name,
        gender=participant.gender,
        status=participant.status,
        office=office,
        since=since,
        days=(now - since).days,
    )
