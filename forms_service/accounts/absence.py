"""When somebody is away, and who stands in: told by herself, or by whoever looks after it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from forms_service.accounts.events import By, Kind, note
from forms_service.domain.access import is_of_another_trade
from forms_service.domain.people import STAND_IN_FOR_EACH_OTHER
from forms_service.engine.runtime import Runtime
from forms_service.errors import NotFound
from forms_service.storage.people import PersonRow


@dataclass(frozen=True, slots=True)
class Absence:
    """From the first to the last day; ``until`` None while nobody knows it, ``since`` None for somebody who is here."""

    since: date | None = None
    until: date | None = None
    stand_in_id: str | None = None


HERE = Absence()


def absence_of(person: PersonRow) -> Absence:
    return Absence(person.away_from, person.away_until, person.stand_in_id)


def keep_absence(rt: Runtime, person_id: str, absence: Absence, by: By) -> None:
    """One line in the log of her account when something changes. Raises NotFound."""
    with rt.database.writing() as session:
        person = session.get(PersonRow, person_id, with_for_update=True)
        if person is None or not person.active:
            raise NotFound("there is no such person")
        if absence_of(person) == absence:
            return
        person.away_from, person.away_until, person.stand_in_id = absence.since, absence.until, absence.stand_in_id
        note(session, Kind.AWAY, person_id, by, rt.clock.now())


def stand_ins_for(session: Session, person: PersonRow) -> list[PersonRow]:
    """Colleagues in the same role at the same office, by name; nobody stands in for a tie to one participant."""
    if person.role not in STAND_IN_FOR_EACH_OTHER and not is_of_another_trade(person.role):
        return []
    found = select(PersonRow).where(PersonRow.active, PersonRow.role == person.role, PersonRow.id != person.id)
    same = PersonRow.office_id.is_(None) if person.office_id is None else PersonRow.office_id == person.office_id
    return list(session.scalars(found.where(same).order_by(PersonRow.name, PersonRow.id)))


def absences(today: date) -> Select[PersonRow]:
    """Who is away now or will be, whoever is away first standing first."""
    not_over = or_(PersonRow.away_until.is_(None), PersonRow.away_until >= today)
    found = select(PersonRow).where(PersonRow.active, PersonRow.away_from.is_not(None), not_over)
    return found.order_by(PersonRow.away_from, PersonRow.name, PersonRow.id)
