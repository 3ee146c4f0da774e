"""One invented person for each role, and one office."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy.orm import Session

from forms_service.storage.people import OfficeRow, PersonRow

OFFICE = "office"


def address_of(role: str) -> str:
    return f"{role}@invented.example"


def add_people(session: Session, roles: Collection[str], away: Collection[str], today: date) -> None:
    """Everybody is called what she is; those who are away have gone today and do not say when they come back."""
    session.add(OfficeRow(id=OFFICE, name=OFFICE))
    for role in sorted(roles):
        add_person(session, role, role, today if role in away else None)
    session.flush()


def add_person(session: Session, role: str, name: str, away_from: date | None = None) -> None:
    session.add(PersonRow(id=role, name=name, role=role, email=address_of(role), active=True, away_from=away_from))
