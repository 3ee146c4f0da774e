"""Somebody who has not been here before."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forms_service.accounts.address import INVENTED, is_address, normalised
from forms_service.domain.people import Role
from forms_service.engine.runtime import Runtime
from forms_service.errors import AccountRefused
from forms_service.storage.people import OfficeRow, PersonRow

LONGEST_NAME = 200
WITH_OFFICE = Role.CASEWORKER
"""The role that means nothing without an office: it shows what belongs to one."""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What is told of somebody when she is invited. ``office`` is an id, ``new_office`` a name; either may be empty."""

    name: str
    email: str
    role: str
    office: str = ""
    new_office: str = ""


def add_person(rt: Runtime, newcomer: Newcomer) -> str:
    """Her id. Raises AccountRefused with the first of the reasons that hold, see below."""
    with rt.database.writing() as session:
        for reason in _faults(rt, session, newcomer):
            raise AccountRefused(reason)
        person = PersonRow(
            name=" ".join(newcomer.name.split()),
            role=newcomer.role,
            email=newcomer.email.strip(),
            office_id=_office_named(session, newcomer.new_office) or newcomer.office or None,
            active=True,
        )
        session.add(person)
        session.flush()
        return person.id


def _is_name(text: str) -> bool:
    return bool(text.strip()) and text.isprintable() and len(text) <= LONGEST_NAME


def _is_office(session: Session, newcomer: Newcomer) -> bool:
    """None is one, too; one that is named must be there, or can have its name."""
    there = not newcomer.office or newcomer.office in set(session.scalars(select(OfficeRow.id)))
    return there and (not newcomer.new_office.strip() or _is_name(newcomer.new_office))


def _office_named(session: Session, name: str) -> str:
    """Its id: made when there is none of this name, whatever the capitals. Empty for no name."""
    wanted = " ".join(name.split())
    if not wanted:
        return ""
    for office in session.scalars(select(OfficeRow)):
        if office.name.casefold() == wanted.casefold():
            return office.id
    new = OfficeRow(name=wanted, active=True)
    session.add(new)
    session.flush()
    return new.id


def roles_here(rt: Runtime) -> list[str]:
    """Those that somebody can sign in as: participants come by links, and every service has somebody who runs it."""
    return sorted({*rt.service.vocabulary.roles, Role.ADMIN} - {Role.PARTICIPANT})


def _faults(rt: Runtime, session: Session, newcomer: Newcomer) -> list[str]:
    address = normalised(newcomer.email)
    known = select(PersonRow.id).where(func.lower(PersonRow.email) == address).limit(1)
    faults = {
        "no_name": not _is_name(newcomer.name),
        "no_address": not is_address(address) or not newcomer.email.strip().isprintable(),
        "in_demo": rt.settings.demo and not address.endswith(INVENTED),
        "unknown_role": newcomer.role not in roles_here(rt),
        "unknown_office": not _is_office(session, newcomer),
        "no_office": newcomer.role == WITH_OFFICE and not (newcomer.office or newcomer.new_office.strip()),
        "address_known": session.scalar(known) is not None,
    }
    return [reason for reason, is_so in faults.items() if is_so]
