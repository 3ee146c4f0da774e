"""The lists that a person field chooses from: id → label, in the order to show them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from babel.numbers import format_decimal
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forms_service.casework.candidates import active_peers, seeker
from forms_service.casework.subjects import participant_of
from forms_service.domain.matching import Peer, suggest
from forms_service.domain.people import CONTACTS, Role
from forms_service.engine.service import Subject
from forms_service.storage.people import OfficeRow, PersonRow
from forms_service.texts import say


def caseworkers(session: Session, subject: Subject) -> dict[str, str]:
    """Everybody for whom a request can be filled in."""
    found = (
        select(PersonRow.id, PersonRow.name, OfficeRow.name)
        .join(OfficeRow, OfficeRow.id == PersonRow.office_id)
        .where(PersonRow.role == Role.CASEWORKER, PersonRow.active)
        .order_by(OfficeRow.name, PersonRow.name)
    )
    return {
        person_id: say("casework.caseworker_label", name=name, office=office)
        for person_id, name, office in session.execute(found)
    }


def contacts(session: Session, subject: Subject) -> dict[str, str]:
    """Everybody who can be a participant's primary contact; those of an office stand together."""
    found = (
        select(PersonRow.id, PersonRow.name, func.coalesce(OfficeRow.name, ""))
        .outerjoin(OfficeRow, OfficeRow.id == PersonRow.office_id)
        .where(PersonRow.role.in_(CONTACTS), PersonRow.active)
        .order_by(func.coalesce(OfficeRow.name, ""), PersonRow.name, PersonRow.id)
    )
    return {
        person_id: say("casework.caseworker_label", name=name, office=office) if office else name
        for person_id, name, office in session.execute(found)
    }


def eligible_peers(session: Session, subject: Subject) -> dict[str, str]:
    """The peers whom the hard rules allow for the participant, the best first; empty without a participant."""
    participant = participant_of(session, subject)
    if participant is None:
        return {}
    suggestions = suggest(seeker(participant), active_peers(session))
    return {each.peer.person_id: _label(each.peer) for each in suggestions}


def _label(peer: Peer) -> str:
    return say("casework.peer_label", name=peer.name, hours=format_decimal(peer.hours_free, locale="nb"))


PICKS: Mapping[str, Callable[[Session, Subject], dict[str, str]]] = {
    "caseworkers": caseworkers,
    "contacts": contacts,
    "eligible_peers": eligible_peers,
}
