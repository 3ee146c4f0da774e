"""«Hvor saken står»: the picture of everything that is under way in a case, for those who see all tasks."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template
from markupsafe import Markup
from sqlalchemy.orm import Session

from forms_service.casework.lists.case_file import case_file
from forms_service.engine.runtime import Runtime
from forms_service.storage.runs import RunRow
from forms_service.web.current import runtime, today, viewer
from forms_service.web.participants.ahead import runs_under_way
from forms_service.web.participants.told import title_of_run
from forms_service.web.reads import note_reading
from forms_service.web.runs.pictures import picture_of_run

MOST = 12
"""Pictures on one page; no case has as many things under way."""


@dataclass(frozen=True, slots=True)
class Standing:
    """``picture`` is empty when the version that the run follows cannot be read any more."""

    run: RunRow
    title: str
    picture: Markup | str


def standing(participant_id: str) -> str:
    """The newest first."""
    rt = runtime()
    with rt.database.writing() as db:
        case = case_file(db, viewer(), participant_id, today())
        runs = [_standing(rt, db, run) for run in reversed(runs_under_way(db, case)[-MOST:])]
        note_reading(db, viewer(), case.id, "standing")
        return render_template("participants/standing.html", case=case, runs=runs)


def _standing(rt: Runtime, session: Session, run: RunRow) -> Standing:
    is_readable = rt.library.if_readable(session, run.definition_id) is not None
    picture = picture_of_run(rt, session, run.id) if is_readable else ""
    return Standing(run, title_of_run(rt, session, run), picture)
