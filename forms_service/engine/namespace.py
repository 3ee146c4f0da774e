"""The one namespace of a run: the start form's fields by name, each ask's answers under its id, items of lists."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from forms_service.engine.edition import Edition
from forms_service.engine.left_out import left_out
from forms_service.engine.path import path_to, step_of
from forms_service.engine.readable import readable
from forms_service.engine.seen import Items, Seen
from forms_service.language.companions import LABEL
from forms_service.language.definitions import Ask, Each, Form
from forms_service.storage.runs import StepRow, SubmissionRow

Results = Mapping[str, Mapping[str, list[object]]]

SUBMISSIONS = (
    select(SubmissionRow, StepRow.path)
    .outerjoin(StepRow, StepRow.id == SubmissionRow.step_id)
    .where(SubmissionRow.run_id == bindparam("run"), SubmissionRow.form != "")
    .order_by(StepRow.visit, SubmissionRow.received_at)
)


def names_of(
    session: Session, edition: Edition, run_id: str, step_id: str = "", items: Items = ()
) -> dict[str, object]:
    """Nested plain data as one step sees it; beside each answer chosen from a list stands its label (``name_label``).

    Answers to a form that this version of the workflow does not have are not among them. A task that was skipped
    although nothing in it had to be answered counts as one that was sent empty.
    """
    seen, names = Seen(edition, step_id, items), dict[str, object]()
    for skipped in left_out(session, edition.plan, edition.free, run_id):
        seen.add(skipped, readable(_form_of(edition, skipped), {}))
    for submission, path in _submissions(session, run_id):
        form = edition.definitions.forms.get(submission.form)
        if form and path is None:
            names |= readable(form, submission.answers)
        elif form and path and "/" not in path:
            seen.add(path, readable(form, submission.answers))
    return names | seen.names() | _given(session, edition, run_id, step_id, items)


def _form_of(edition: Edition, path: str) -> Form:
    step = edition.plan.steps[step_of(path)]
    assert isinstance(step, Ask)
    return edition.definitions.forms[step.form]


def answers_of(session: Session, run_id: str, source: str) -> Mapping[str, object]:
    """The latest plain answers from one path; empty when there are none."""
    answers = [found.answers for found, path in _submissions(session, run_id) if (path or "") == source]
    return answers[-1] if answers else {}


def _given(session: Session, edition: Edition, run_id: str, step_id: str, items: Items) -> dict[str, object]:
    """What steps themselves gave: the items of the lists around this one, and how runs ended that were waited for."""
    plan = edition.plan
    lists = plan.lists.get(step_id, ())
    if not lists and not plan.waiting_runs:
        return {}
    rows = select(StepRow.path, StepRow.result).where(StepRow.run_id == run_id, StepRow.verb.in_(("each", "run")))
    results: Results = dict(session.execute(rows.order_by(StepRow.visit)).all())
    return _items(edition, lists, items, results) | _outcomes(edition, items, results)


def _items(edition: Edition, lists: tuple[str, ...], items: Items, results: Results) -> dict[str, object]:
    names: dict[str, object] = {}
    for depth, step_id in enumerate(lists):
        step, result = edition.plan.steps[step_id], results[path_to(step_id, items[:depth])]
        assert isinstance(step, Each)
        number = items[depth] - 1
        names |= {step.item: result["items"][number], f"{step.item}{LABEL}": result["labels"][number]}
    return names


def _outcomes(edition: Edition, items: Items, results: Results) -> dict[str, object]:
    names: dict[str, object] = {}
    for step_id in edition.plan.waiting_runs:
        result = results.get(path_to(step_id, items[: len(edition.plan.lists[step_id])]), {})
        if "outcome" in result:
            names[step_id] = {"outcome": result["outcome"]}
    return names


def _submissions(session: Session, run_id: str) -> list[tuple[SubmissionRow, str | None]]:
    return [(submission, path) for submission, path in session.execute(SUBMISSIONS, {"run": run_id})]
