"""Records that are there from the beginning, for a rehearsal: made of told facts, without any move."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from forms_service.engine.service import NO_SUBJECT, Subject
from forms_service.register.records import open_record
from forms_service.register.register import Register


def add_records(
    register: Register, session: Session, about: str, facts: Mapping[str, object], now: datetime
) -> Subject:
    """One record of each kind that the facts ("device.installed") speak of, and of ``about``; the latter's subject."""
    today = now.astimezone(register.zone).date()
    told: dict[str, dict[str, object]] = {about: {}} if about else {}
    for name, value in facts.items():
        kind, _, field = name.partition(".")
        told.setdefault(kind, {})[field] = value
    kinds = register.description.subjects
    added = {key: open_record(session, kinds[key], told[key], now, today) for key in told if key in kinds}
    return added.get(about, NO_SUBJECT)


def holders_in(register: Register) -> dict[str, str]:
    """Facts that name whoever holds a role ("loan.email"), and the role."""
    roles = register.description.roles.values()
    return {role.address or role.person: role.key for role in roles if role.address or role.person}
