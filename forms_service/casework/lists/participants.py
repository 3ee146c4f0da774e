"""The participants that a viewer may see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, and_, false, select, union
from sqlalchemy.orm import Session

from forms_service.casework.access import visible_participants
from forms_service.casework.access.ties import is_active, ties_that_show
from forms_service.casework.search.condition import is_meant
from forms_service.domain.access import Thing
from forms_service.domain.match import NOT_ENDED
from forms_service.domain.people import Viewer
from forms_service.storage.cases import MatchRow, ParticipantRow
from forms_service.storage.people import OfficeRow, PersonRow

NEWEST = "nyeste"
ORDERS: Mapping[str, tuple[ColumnElement[Any], ...]] = {
    NEWEST: (ParticipantRow.created_at.desc(), ParticipantRow.id.desc()),
    "eldste": (ParticipantRow.created_at.asc(), ParticipantRow.id.asc()),
    "navn": (ParticipantRow.name.asc(), ParticipantRow.id.asc()),
}
"""The word in the address → by what; each has an index."""

Lines = Select[str, str, str, str, str, str | None, str | None]


@dataclass(frozen=True, slots=True)
class ParticipantLine:
    """One participant; ``peer`` and ``match_id`` belong to the match that has not ended, if there is one."""

    id: str
    case_number: str
    name: str
    status: str
    office: str
    match_id: str | None
    peer: str | None


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which participants, in which order; what is empty or unknown chooses nothing."""

    status: str = ""
    office: str = ""
    order: str = NEWEST


def participant_lines(viewer: Viewer, chosen: Chosen) -> Lines:
    """A line for each, as ParticipantLine has it."""
    has_not_ended = and_(MatchRow.participant_id == ParticipantRow.id, MatchRow.status.in_(NOT_ENDED))
    found = (
        visible_participants(viewer)
        .join(OfficeRow, OfficeRow.id == ParticipantRow.office_id)
        .outerjoin(MatchRow, has_not_ended)
        .outerjoin(PersonRow, PersonRow.id == MatchRow.peer_id)
    )
    return (
        found.where(*_meant(chosen))
        .with_only_columns(
            ParticipantRow.id,
            ParticipantRow.case_number,
            ParticipantRow.name,
            ParticipantRow.status,
            OfficeRow.name,
            MatchRow.id,
            PersonRow.name,
        )
        .order_by(*ORDERS.get(chosen.order, ORDERS[NEWEST]))
    )


def first_of(viewer: Viewer, chosen: Chosen, most: int, *meant: ColumnElement[bool]) -> CompoundSelect[str]:
    """The ids of so many participants at least as come first in the list: of each tie as many are read, no more."""
    order = ORDERS.get(chosen.order, ORDERS[NEWEST])
    found = select(ParticipantRow.id).where(is_active(viewer), *meant, *_meant(chosen))
    seen = found.order_by(*order).limit(most)
    ties = ties_that_show(viewer, Thing.PARTICIPANT_PAGE) or [false()]
    return union(*(select(seen.where(tie).subquery().c.id) for tie in ties))


def participants(session: Session, viewer: Viewer) -> list[ParticipantLine]:
    """All of them, the newest first: for those who have few."""
    return [ParticipantLine(*row) for row in session.execute(participant_lines(viewer, Chosen()))]


def found_by(session: Session, viewer: Viewer, text: str, most: int) -> list[ParticipantLine]:
    """Those whom a text means, the newest first, ``most`` of them at most."""
    meant = first_of(viewer, Chosen(), most, is_meant(text))
    lines = participant_lines(viewer, Chosen()).where(ParticipantRow.id.in_(meant)).limit(most)
    return [ParticipantLine(*row) for row in session.execute(lines)]


def _meant(chosen: Chosen) -> list[ColumnElement[bool]]:
    meant: list[ColumnElement[bool]] = []
    if chosen.status:
        meant.append(ParticipantRow.status == chosen.status)
    if chosen.office:
        meant.append(ParticipantRow.office_id == chosen.office)
    return meant
