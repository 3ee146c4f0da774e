"""Numbers that are given out once."""

from __future__ import annotations

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from forms_service.storage.base import table_of
from forms_service.storage.runs import CounterRow

_COUNTERS = table_of(CounterRow)
COUNT = {
    dialect.dialect.name: dialect.insert(_COUNTERS)
    .on_conflict_do_update(index_elements=["name"], set_={"value": _COUNTERS.c.value + 1})
    .returning(_COUNTERS.c.value)
    for dialect in (sqlite, postgresql)
}
"""One statement for each kind of database: the first number, or the next one."""


def next_number(session: Session, name: str) -> int:
    """The next number of a series, from 1; the row stays locked until the transaction ends."""
    number: int = session.execute(COUNT[session.get_bind().dialect.name], {"name": name, "value": 1}).scalar_one()
    return number
