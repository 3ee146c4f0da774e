"""What somebody can begin, as the workflows say."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.domain.people import Viewer
from forms_service.engine.runtime import Runtime
from forms_service.language.definitions import Workflow
from forms_service.storage.runs import RunRow

FEW = 5


def startable(rt: Runtime, viewer: Viewer) -> list[Workflow]:
    """Workflows with a form that concern nobody yet and that the viewer's role may start."""
    workflows = rt.library.current().workflows.values()
    return [each for each in workflows if each.start.form and not each.about and viewer.role in each.start.by]


def started_by(rt: Runtime, session: Session, viewer: Viewer) -> list[tuple[RunRow, str]]:
    """[(run, title of its workflow)]: the last few forms that the viewer began something with."""
    last = select(RunRow).where(RunRow.started_by == viewer.person_id).order_by(RunRow.started_at.desc(), RunRow.id)
    runs = session.scalars(last.limit(FEW))
    return [(run, rt.library.of(session, run.definition_id).workflow.title) for run in runs]
