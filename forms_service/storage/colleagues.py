"""People who hold a role together: who stands for all of them, and whether they are away."""

from __future__ import annotations

from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from forms_service.storage.people import PersonRow


def first_of(session: Session, role: str) -> PersonRow | None:
    """The same person each time, as long as she is active; None when nobody holds the role."""
    active = select(PersonRow).where(PersonRow.role == role, PersonRow.active)
    return session.scalar(active.order_by(PersonRow.name, PersonRow.id).limit(1))


def is_away(session: Session, role: str, person_id: str | None, today: date) -> bool:
    """Whether today lies in the absence of that person, or of everybody in the role when none is named."""
    whose = PersonRow.id == person_id if person_id else PersonRow.role == role
    holders = session.scalars(select(PersonRow).where(whose, PersonRow.active)).all()
    return bool(holders) and all(is_absent(person, today) for person in holders)


def is_absent(person: PersonRow, today: date) -> bool:
    """An absence without an end lasts until somebody ends it."""
    begun = person.away_from is not None and person.away_from <= today
    return begun and (person.away_until is None or today <= person.away_until)


def stand_in_of(session: Session, person_id: str | None, today: date) -> PersonRow | None:
    """Whom somebody who is away has asked to stand in, as long as she is here herself and in the same role."""
    person = session.get(PersonRow, person_id) if person_id else None
    if person is None or person.stand_in_id is None or not is_absent(person, today):
        return None
    stand_in = session.get(PersonRow, person.stand_in_id)
    is_here = stand_in is not None and stand_in.active and not is_absent(stand_in, today)
    can = stand_in is not None and (stand_in.role, stand_in.office_id) == (person.role, person.office_id)
    return stand_in if is_here and can else None


def here_for(session: Session, person: PersonRow, today: date) -> PersonRow:
    """Who hears of what concerns all in her role: herself; while she is away her stand-in, or the next who is here.

    Herself all the same when nobody is here.
    """
    if not is_absent(person, today):
        return person
    here = or_(PersonRow.away_from.is_(None), PersonRow.away_from > today, PersonRow.away_until < today)
    others = select(PersonRow).where(PersonRow.role == person.role, PersonRow.active, here)
    next_one = session.scalar(others.order_by(PersonRow.name, PersonRow.id).limit(1))
    return stand_in_of(session, person.id, today) or next_one or person


def away_until(person: PersonRow, today: date) -> date | None:
    """The last day of an absence that goes on today; ``date.max`` when nobody knows it, None when she is here."""
    return (person.away_until or date.max) if is_absent(person, today) else None
