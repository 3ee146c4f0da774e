"""Who holds a described role at this moment: people of the house, one whom a record names, or an address."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from forms_service.engine.service import Assignment, Recipient
from forms_service.errors import MissingValue, RecipientMissing
from forms_service.language.grammar.evaluate import look_up
from forms_service.register.description import Role
from forms_service.storage.colleagues import first_of, here_for
from forms_service.storage.people import PersonRow

Facts = Mapping[str, object]


def assign(session: Session, role: Role, facts: Facts) -> Assignment:
    """Whose task it becomes; RecipientMissing when nobody can ever hold it."""
    if role.address:
        _fact(role, role.address, facts)
        return Assignment()
    holder = _holder(session, role, facts)
    return Assignment(person_id=holder.id) if role.person else Assignment()


def recipient(session: Session, role: Role, facts: Facts, today: date) -> Recipient:
    """Where a message goes; RecipientMissing when the record names nobody who is active.

    Of a role that many hold, to one who is here.
    """
    if role.address:
        given = _fact(role, role.address, facts)
        return Recipient(given) if "@" in given else Recipient("", phone=given)
    holder = _holder(session, role, facts)
    holder = holder if role.person else here_for(session, holder, today)
    return Recipient(holder.email or "", person_id=holder.id, phone=holder.phone or "")


def picks(session: Session, role: str) -> dict[str, str]:
    """Everybody who is active in a role: id → name."""
    active = select(PersonRow).where(PersonRow.role == role, PersonRow.active)
    return {person.id: person.name for person in session.scalars(active.order_by(PersonRow.name, PersonRow.id))}


def _holder(session: Session, role: Role, facts: Facts) -> PersonRow:
    holder = _named(session, _fact(role, role.person, facts)) if role.person else first_of(session, role.key)
    if holder is None or not holder.active:
        raise RecipientMissing(role.key)
    return holder


def _named(session: Session, name: str) -> PersonRow | None:
    """By id, or by e-mail address; of two people with one address the active one."""
    found = select(PersonRow).where(or_(PersonRow.id == name, PersonRow.email == name))
    return session.scalar(found.order_by(PersonRow.active.desc(), PersonRow.id).limit(1)) if name else None


def _fact(role: Role, name: str, facts: Facts) -> str:
    """Empty when the record holds nothing there; RecipientMissing when the run is about no such record."""
    try:
        return str(look_up(name, facts) or "")
    except MissingValue:
        raise RecipientMissing(role.key) from None
