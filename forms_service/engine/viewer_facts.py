"""What a form may say of whoever fills it in: her role, and what the service knows of her as somebody who signs in."""

from __future__ import annotations

from sqlalchemy.orm import Session

from forms_service.language.vocabulary import VIEWER
from forms_service.storage.people import OfficeRow, PersonRow

NOBODY = {"role": "", **dict.fromkeys(VIEWER, "")}
"""Somebody with a one-time link. The page must not tell whoever holds the phone whom the link was meant for, so
nothing is said and nothing is filled in, although the case would know."""


def viewer_facts(session: Session, person_id: str | None, role: str) -> dict[str, str]:
    """The names behind ``me.``; empty texts for what is not known."""
    person = session.get(PersonRow, person_id) if person_id else None
    if person is None:
        return {**NOBODY, "role": role}
    office = session.get(OfficeRow, person.office_id) if person.office_id else None
    return {
        "role": role,
        "name": person.name,
        "phone": person.phone or "",
        "email": person.email or "",
        "office": office.name if office else "",
    }
