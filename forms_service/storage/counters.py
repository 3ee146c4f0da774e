"""Numbers that are given out once."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from forms_service.storage.runs import CounterRow


def next_number(session: Session, name: str) -> int:
    """The next number of a series, from 1; the row stays locked until the transaction ends."""
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    session.execute(insert(CounterRow).values(name=name, value=0).on_conflict_do_nothing())
    counted = update(CounterRow).where(CounterRow.name == name).values(value=CounterRow.value + 1)
    return session.execute(counted.returning(CounterRow.value)).scalar_one()
