"""The month of a match that has just passed, and what the contact log says about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.domain.match import ContactKind
from forms_service.language.duration import add_months
from forms_service.storage.cases import ContactRow, MatchRow

COUNTED: Mapping[str, ContactKind] = {
    "month_meetings": ContactKind.MEETING,
    "month_activities": ContactKind.ACTIVITY,
    "month_calls": ContactKind.PHONE,
    "month_texts": ContactKind.SMS,
    "month_group_meetings": ContactKind.GROUP_MEETING,
}
"""The fact that counts each kind of contact."""


def month_facts(session: Session, match: MatchRow, today: date) -> dict[str, object]:
    """Its first and last day and its figures; whoever answers late in the next month still tells of the one before."""
    first, last = last_month(match.started_on or today, min(today, match.closed_on or today))
    inside = select(ContactRow).where(ContactRow.match_id == match.id, ContactRow.on.between(first, last))
    return {"month_from": first, "month_to": last, **_figures(session.scalars(inside).all())}


def last_month(started: date, today: date) -> tuple[date, date]:
    """The last whole month since the match began; before there is one, what there has been so far."""
    passed = (today.year - started.year) * 12 + today.month - started.month
    passed -= add_months(started, passed) > today
    if passed < 1:
        return min(started, today), today
    return add_months(started, passed - 1), add_months(started, passed) - timedelta(days=1)


def _figures(contacts: Sequence[ContactRow]) -> dict[str, object]:
    kinds = [contact.kind for contact in contacts]
    return {
        **{name: kinds.count(kind) for name, kind in COUNTED.items()},
        "month_hours": round(sum(contact.minutes or 0 for contact in contacts) / 60, 1),
        "month_nights": sum(contact.at_night for contact in contacts),
        "month_too_much": sum(contact.too_much for contact in contacts),
    }
