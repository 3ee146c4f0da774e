"""One line of a list of the week, and a list that can be read in part or whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, Select
from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Line:
    """What is empty does not apply. ``participant`` is a name: whoever shows it notes the look."""

    participant_id: str = ""
    participant: str = ""
    case_number: str = ""
    person: str = ""
    """Whom it is about, or who has it."""
    phone: str = ""
    title: str = ""
    role: str = ""
    day: date | None = None
    number: float = 0
    step_id: str = ""
    run_id: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A question in its order, and how a row of its answer becomes a line."""

    query: Select[*tuple[Any, ...]]
    make: Callable[[Row[*tuple[Any, ...]]], Line]

    def first(self, session: Session, most: int) -> list[Line]:
        return [self.make(row) for row in session.execute(self.query.limit(most))]
