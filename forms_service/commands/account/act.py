"""What ``forms-service account`` does; written down as done from the command line."""

from __future__ import annotations

import argparse

from sqlalchemy import func, select

from forms_service.accounts.access import close, reopen, unlock
from forms_service.accounts.address import normalised
from forms_service.accounts.events import COMMAND_LINE
from forms_service.accounts.invite import invite
from forms_service.accounts.newcomer import Newcomer, add_person, roles_here
from forms_service.domain.people import Role
from forms_service.engine.letter import account_address_for
from forms_service.engine.runtime import Runtime
from forms_service.errors import NotFound
from forms_service.storage.people import OfficeRow, PersonRow

Chosen = argparse.Namespace


def add(rt: Runtime, chosen: Chosen) -> str:
    roles = roles_here(rt)
    if chosen.role not in roles:
        raise NotFound(f"there is no such role; there are: {', '.join(roles)}")
    newcomer = Newcomer(chosen.name, chosen.email, chosen.role, _office(rt, chosen.office), chosen.new_office)
    return _link_for(rt, add_person(rt, newcomer), chosen)


def invite_again(rt: Runtime, chosen: Chosen) -> str:
    return _link_for(rt, _person(rt, chosen.email), chosen)


def let_in(rt: Runtime, chosen: Chosen) -> str:
    unlock(rt, _person(rt, chosen.email), COMMAND_LINE)
    return "The account is unlocked."


def close_access(rt: Runtime, chosen: Chosen) -> str:
    close(rt, _person(rt, chosen.email), chosen.reason, COMMAND_LINE)
    return "The access is closed, and all sessions have ended."


def reopen_access(rt: Runtime, chosen: Chosen) -> str:
    reopen(rt, _person(rt, chosen.email), COMMAND_LINE)
    return "The access is open again."


def _link_for(rt: Runtime, person_id: str, chosen: Chosen) -> str:
    """Printed unless it is sent: where nobody has an account yet, mail may not be set up either."""
    invited = invite(rt, person_id, COMMAND_LINE, send=chosen.send)
    if invited.is_sent:
        return "A message with a one-time link is on its way."
    address = account_address_for(rt, invited.link_id)
    return f"Open this once, within 72 hours, and choose a password; whoever has it can:\n{address}"


def _person(rt: Runtime, email: str) -> str:
    """Somebody who is here, or was; participants are not looked for. Raises NotFound."""
    with rt.database.reading() as session:
        found = select(PersonRow.id).where(func.lower(PersonRow.email) == normalised(email))
        person_id = session.scalar(found.where(PersonRow.role != Role.PARTICIPANT).limit(1))
    if person_id is None:
        raise NotFound("nobody here has this address")
    return person_id


def _office(rt: Runtime, name: str) -> str:
    if not name:
        return ""
    with rt.database.reading() as session:
        found = session.scalar(select(OfficeRow.id).where(OfficeRow.name == name))
        names = ", ".join(session.scalars(select(OfficeRow.name).order_by(OfficeRow.name)))
    if found is None:
        raise NotFound(f"there is no such office; there are: {names or 'none'}")
    return found
