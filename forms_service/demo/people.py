"""Write the invented offices, people and peers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from forms_service.storage.people import OfficeRow, PeerRow, PersonRow

Row = TypeVar("Row", OfficeRow, PersonRow)


def add_people(session: Session, told: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """The ids by the short names that the stories use."""
    ids: dict[str, str] = {}
    for key, name in told["offices"].items():
        ids[key] = _added(session, OfficeRow(name=name)).id
    for key, person in told["people"].items():
        ids[key] = _added(session, _person(person, ids)).id
    for key, peer in told["peers"].items():
        session.add(PeerRow(person_id=ids[key], **peer))
    return ids


def _person(told: Mapping[str, str], ids: Mapping[str, str]) -> PersonRow:
    office = ids[told["office"]] if "office" in told else None
    return PersonRow(name=told["name"], role=told["role"], email=told["email"], phone=told["phone"], office_id=office)


def _added(session: Session, row: Row) -> Row:
    """With its id."""
    session.add(row)
    session.flush()
    return row
