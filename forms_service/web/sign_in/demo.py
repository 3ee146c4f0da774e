"""Signing in as one of the demo's invented people."""

from __future__ import annotations

from itertools import groupby

from flask import abort, request
from sqlalchemy import select

from forms_service.accounts.events import By, Kind, note
from forms_service.accounts.tries import Entry
from forms_service.domain.people import Role
from forms_service.storage.accounts import AccountRow
from forms_service.storage.people import OfficeRow, PersonRow
from forms_service.web.current import now, runtime
from forms_service.web.sign_in.loopback import asked_from_this_machine, is_address_here

ORDER: tuple[str, ...] = (
    Role.CASEWORKER,
    Role.COORDINATOR,
    Role.PEER,
    Role.PRIMARY_CONTACT,
    Role.PROJECT_LEAD,
    Role.ADMIN,
)
"""Roles of another trade come by their names."""


def is_demo() -> bool:
    """Anybody may be anybody: only in a demo, and only on the machine it runs on."""
    settings = runtime().settings
    return settings.demo and is_address_here(settings.base_url) and asked_from_this_machine(request)


def who() -> Entry | None:
    with runtime().database.writing() as db:
        person = db.get(PersonRow, request.form.get("person", ""))
        if person is None or not person.active:
            abort(400)
        account = db.get(AccountRow, person.id)
        note(db, Kind.SIGNED_IN, person.id, By(via="demo"), now())
        return Entry(person.id, account.sessions if account else 0)


def people_by_role() -> list[tuple[str, list[tuple[PersonRow, str | None]]]]:
    """[(role, [(person, name of the office)])] in the order in which a newcomer should try them."""
    known = runtime().service.vocabulary.roles
    roles = [*(role for role in ORDER if role in known), *sorted(known - set(ORDER))]
    people = (
        select(PersonRow, OfficeRow.name)
        .outerjoin(OfficeRow, OfficeRow.id == PersonRow.office_id)
        .where(PersonRow.active, PersonRow.role.in_(roles))
        .order_by(OfficeRow.name, PersonRow.name)
    )
    with runtime().database.reading() as db:
        found = [(person, office) for person, office in db.execute(people)]
    found.sort(key=lambda pair: roles.index(pair[0].role))
    return [(role, list(group)) for role, group in groupby(found, key=lambda pair: pair[0].role)]
