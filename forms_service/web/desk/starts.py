"""What somebody can begin, as the workflows say."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.casework.access.ties import shows
from forms_service.domain.access import Thing
from forms_service.domain.people import Viewer
from forms_service.engine.runtime import Runtime
from forms_service.language.definitions import Workflow
from forms_service.storage.cases import ParticipantRow
from forms_service.storage.runs import RunRow
from forms_service.web.case_of_run import NUMBER_OF_RUN, with_participant

FEW = 5


@dataclass(frozen=True, slots=True)
class Started:
    """Something the viewer began; there is no case number before there is a case."""

    run: RunRow
    title: str
    case_number: str | None


def startable(rt: Runtime, viewer: Viewer) -> list[Workflow]:
    """Workflows with a form that concern nobody yet and that the viewer's role may start."""
    workflows = rt.library.current_as_read().workflows.values()
    return [each for each in workflows if each.start.form and not each.about and viewer.role in each.start.by]


def started_by(rt: Runtime, session: Session, viewer: Viewer) -> list[Started]:
    """The last few things that the viewer began, about those whom she still sees."""
    hers = select(RunRow, NUMBER_OF_RUN).where(RunRow.started_by == viewer.person_id)
    hers = with_participant(hers).where(ParticipantRow.id.is_(None) | shows(viewer, Thing.PARTICIPANT_PAGE))
    last = hers.order_by(RunRow.started_at.desc(), RunRow.id).limit(FEW)
    return [Started(run, _title(rt, session, run), case_number) for run, case_number in session.execute(last)]


def _title(rt: Runtime, session: Session, run: RunRow) -> str:
    """A version that cannot be read any more keeps nobody from the page."""
    edition = rt.library.as_read(session, run.definition_id)
    return edition.workflow.title if edition else run.workflow
