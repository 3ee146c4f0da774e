"""Numbers that are given out once."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.orm import Session

from forms_service.storage.insert import insert_if_new
from forms_service.storage.runs import CounterRow


def next_number(session: Session, name: str) -> int:
    """The next number of a series, from 1; the row stays locked until the transaction ends."""
    insert_if_new(session, CounterRow, name=name, value=0)
    counted = update(CounterRow).where(CounterRow.name == name).values(value=CounterRow.value + 1)
    return session.execute(counted.returning(CounterRow.value)).scalar_one()
