"""Of whom an absence can be told: everybody who works here, or those whose name was asked for."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from forms_service.storage.people import PersonRow

MOST = 100
"""People in a list to choose from; where there are more, a part of a name is asked for."""


def people_called(session: Session, text: str) -> list[PersonRow]:
    """By name, one more than a list holds; all of them for an empty text."""
    spellings = {text, text.lower(), text.title()}  # SQLite takes Ø and ø for two letters
    called = or_(*(PersonRow.name.icontains(each, autoescape=True) for each in sorted(spellings)))
    found = select(PersonRow).where(PersonRow.active, called)
    return list(session.scalars(found.order_by(PersonRow.name, PersonRow.id).limit(MOST + 1)))
