"""The newest of a case's line of time, from all sources together.

Each source is asked for its own newest only, so that a page of ten years costs what a page of ten weeks does.
"""

from __future__ import annotations

from sqlalchemy import String, Subquery, cast, false, select, union_all

from forms_service.casework.lists.case_file import CaseFile
from forms_service.casework.timeline.kind import CHOICES, KINDS, NEEDS, Kind
from forms_service.casework.timeline.line import Arm, Keys, Line, keys_of
from forms_service.casework.timeline.sources import SOURCES
from forms_service.storage.cases import ContactRow, HappeningRow


def offered(case: CaseFile) -> list[str]:
    """The words that this viewer has something to choose by."""
    return [word for word, kinds in CHOICES.items() if case.may_see(NEEDS[kinds[0]])]


def everything(line: Line, most: int) -> Keys:
    """The newest ``most`` keys in order."""
    arms = [keys.order_by(newest.desc()).limit(most).subquery() for keys, newest in _arms(line)]
    together = union_all(*(select(arm) for arm in arms)).subquery()
    newest_first = (together.c.at.desc(), together.c.kind.desc(), together.c.number.desc(), together.c.key.desc())
    return _columns(together).order_by(*newest_first).limit(most)


def unordered(line: Line) -> Keys:
    """The same for counting, which stops when it has counted enough: so those of whom there are most come first."""
    together = union_all(*(keys for keys, _ in sorted(_arms(line), key=_is_short))).subquery()
    return _columns(together)


def _columns(together: Subquery) -> Keys:
    return select(together.c.at, together.c.kind, together.c.number, together.c.key)


def _arms(line: Line) -> list[Arm]:
    kinds = CHOICES.get(line.chosen, KINDS)
    seen = [kind for kind in kinds if line.case.may_see(NEEDS[kind])]
    return [arm for kind in seen for arm in SOURCES[kind](line)] or [(_nothing(), HappeningRow.at)]


def _is_short(arm: Arm) -> bool:
    return arm[1] is not ContactRow.on


def _nothing() -> Keys:
    return keys_of(Kind.HAPPENING, HappeningRow.at, cast(HappeningRow.id, String)).where(false())
