"""A run as a story that can be compared: the same steps, papers and letters, whatever happened to the processes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.storage.outbox import MessageRow
from forms_service.storage.papers import DocumentRow
from forms_service.storage.runs import RunRow, StepRow
from tests.faults.people import Names

GONE_OUT = {"sent", "unknown"}
NOWHERE = ("nowhere", 0)

Lines = Mapping[tuple[object, ...], int]


@dataclass(frozen=True, slots=True)
class Story:
    """How a run went. Lines are counted, so that nothing may come twice."""

    workflow: str
    status: str
    outcome: str
    steps: Lines
    papers: Lines
    letters: Lines


def stories_in(session: Session) -> dict[str, Story]:
    """Every run under its name; a run that came twice under the same name has a number."""
    names = Names(session)
    told: dict[str, Story] = {}
    for run in session.scalars(select(RunRow).order_by(RunRow.started_at, RunRow.id)):
        name = names.of_run(run)
        while name in told:
            name += "+"
        told[name] = _story(session, run)
    return told


def _story(session: Session, run: RunRow) -> Story:
    rows = {row.id: row for row in session.scalars(select(StepRow).where(StepRow.run_id == run.id))}
    place = {row.id: (row.path, row.visit) for row in rows.values()}
    papers = session.scalars(select(DocumentRow).where(DocumentRow.run_id == run.id))
    letters = session.scalars(select(MessageRow).where(MessageRow.run_id == run.id))
    return Story(
        run.workflow,
        run.status,
        run.outcome,
        Counter((row.path, row.visit, row.verb, row.status, row.result.get("branch")) for row in rows.values()),
        Counter((*place.get(paper.step_id, NOWHERE), paper.name) for paper in papers),
        Counter(
            (*place.get(letter.step_id or "", NOWHERE), letter.key, letter.message, _fate(letter)) for letter in letters
        ),
    )


def _fate(letter: MessageRow) -> str:
    return "out" if letter.status in GONE_OUT else letter.status


def difference(name: str, expected: Story, found: Story) -> list[str]:
    """In words what is different; nothing when the stories are the same."""
    said = []
    if (expected.status, expected.outcome) != (found.status, found.outcome):
        said.append(f"{name}: {found.status} {found.outcome!r} instead of {expected.status} {expected.outcome!r}")
    for what in ("steps", "papers", "letters"):
        ours, theirs = Counter(getattr(expected, what)), Counter(getattr(found, what))
        said += [f"{name}: {what} lack {line}" for line in (ours - theirs)]
        said += [f"{name}: {what} have {line} too often" for line in (theirs - ours)]
    return said
