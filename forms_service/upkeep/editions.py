"""Published versions: the newest of each workflow, and the older ones that runs still stand on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session, aliased

from forms_service.storage.runs import UNDER_WAY, DefinitionRow, RunRow
from forms_service.upkeep.up_to import up_to

MOST = 200


@dataclass(frozen=True, slots=True)
class Published:
    """One version; ``runs`` are those under way on it, counted up to a little past a thousand."""

    id: str
    workflow: str
    version: int
    published_at: datetime
    is_newest: bool
    runs: int


def editions(session: Session) -> tuple[Published, ...]:
    """In one question: by workflow, the newest version first; older ones only while a run stands on them."""
    later = aliased(DefinitionRow)
    newest = select(func.max(later.version)).where(later.workflow == DefinitionRow.workflow).scalar_subquery()
    is_newest = (DefinitionRow.version == newest).label("is_newest")
    standing = select(RunRow.id).where(text(f"run.{UNDER_WAY}"), RunRow.definition_id == DefinitionRow.id)
    runs = up_to(standing.correlate(DefinitionRow)).label("runs")
    shown = select(
        DefinitionRow.id, DefinitionRow.workflow, DefinitionRow.version, DefinitionRow.published_at, is_newest, runs
    )
    shown = shown.where(is_newest | standing.correlate(DefinitionRow).exists())
    shown = shown.order_by(DefinitionRow.workflow, DefinitionRow.version.desc()).limit(MOST)
    return tuple(Published(*row) for row in session.execute(shown))
