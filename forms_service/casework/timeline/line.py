"""Whose line of time is looked for, as whom, and the keys that every source gives of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, literal, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from forms_service.casework.lists.case_file import CaseFile
from forms_service.casework.subjects import MATCH, PARTICIPANT
from forms_service.casework.timeline.kind import KINDS, Kind
from forms_service.domain.people import Viewer
from forms_service.storage.runs import RunRow

Keys = Select[datetime, int, int, str]
"""When, which kind (its number in KINDS), a number within it, and the row's id."""
Arm = tuple[Keys, "ColumnElement[Any] | InstrumentedAttribute[Any]"]
"""Keys of one source, and the column by which its newest are found: one that has an index."""


@dataclass(frozen=True, slots=True)
class Line:
    """What is looked for: in whose case, as whom, of which documents, and ``chosen`` with a word of CHOICES."""

    viewer: Viewer
    case: CaseFile
    documents: Collection[str] | None
    """None when she may open every one."""
    chosen: str = ""
    before: datetime | None = None

    def matches(self) -> list[str]:
        """Of a peer only her own, which is all that her case file holds."""
        return [match.id for match in self.case.matches]


def keys_of(kind: Kind, at: Any, key: Any, line: Line | None = None, number: Any = None) -> Keys:
    within = literal(0) if number is None else number
    keys = select(at.label("at"), literal(KINDS.index(kind)).label("kind"), within.label("number"), key.label("key"))
    return keys.where(at < line.before) if line and line.before else keys


def is_about(line: Line) -> ColumnElement[bool]:
    return or_(
        and_(RunRow.subject_kind == PARTICIPANT, RunRow.subject_id == line.case.id),
        and_(RunRow.subject_kind == MATCH, RunRow.subject_id.in_(line.matches())),
    )
