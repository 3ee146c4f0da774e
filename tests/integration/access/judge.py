"""What the tables say about one visitor and one address: worked out anew, from ties that are written by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from forms_service.domain.access import ACCESS, ANOTHER_TRADE, Relation, Thing, thing_of_document
from forms_service.domain.people import CONTACTS, Role, Viewer
from forms_service.language.definitions import Workflow
from forms_service.storage.papers import DocumentRow
from forms_service.web.access.line import Line, Need
from tests.integration.access.examples import Example
from tests.integration.access.town_of_two_offices import Case, Task

EVERY_TIE = frozenset(Relation) - {Relation.SELF}


def may(line: Line, viewer: Viewer | None, example: Example) -> bool:
    """Whether she is let in; nobody at all for ``viewer`` None."""
    if viewer is None or line.is_open:
        return line.is_open
    return line.need is Need.SIGNED_IN or any(JUDGES[line.need](viewer, thing, example) for thing in line.things)


def _shows(viewer: Viewer, thing: Thing, ties: frozenset[Relation] = frozenset()) -> bool:
    if viewer.role not in set(Role):
        return thing in ANOTHER_TRADE
    return any(thing in ACCESS.get((viewer.role, tie), ()) for tie in ties | {Relation.NONE})


def _ties(viewer: Viewer, case: Case | None) -> frozenset[Relation]:
    return case.ties.get(viewer.person_id, frozenset()) if case else frozenset()


def _sees(viewer: Viewer, case: Case | None) -> bool:
    return case is None or _shows(viewer, Thing.PARTICIPANT_PAGE, _ties(viewer, case))


def _role(viewer: Viewer, thing: Thing, example: Example) -> bool:
    return _shows(viewer, thing)


def _of_somebody(viewer: Viewer, thing: Thing, example: Example) -> bool:
    return _shows(viewer, thing, EVERY_TIE)


def _of_participant(viewer: Viewer, thing: Thing, example: Example) -> bool:
    return _shows(viewer, thing, _ties(viewer, example.case))


def _task(viewer: Viewer, thing: Thing, example: Example) -> bool:
    assert isinstance(example.about, Task)
    return _shows(viewer, thing) and _answers(viewer, example.about, example.case)


def _handing(viewer: Viewer, thing: Thing, example: Example) -> bool:
    assert isinstance(example.about, Task)
    if example.about.role not in {Role.COORDINATOR, Role.CASEWORKER, Role.PROJECT_LEAD, Role.ADMIN}:
        return False
    hers = _answers(viewer, example.about, example.case)
    return _shows(viewer, thing) and (hers or _shows(viewer, Thing.ALL_TASKS))


def _answers(viewer: Viewer, task: Task, case: Case | None) -> bool:
    if task.role == Role.PARTICIPANT and _shows(viewer, Thing.ALL_TASKS):
        return True
    shared = task.person_id is None and task.role == viewer.role and task.office_id in (None, viewer.office_id)
    if not (shared or task.person_id == viewer.person_id):
        return False
    if viewer.role == Role.PEER:
        return task.of_match and Relation.OWN_MATCH in _ties(viewer, case)
    return viewer.role not in CONTACTS or _sees(viewer, case)


def _draft(viewer: Viewer, thing: Thing, example: Example) -> bool:
    return _shows(viewer, thing) and example.about == viewer.person_id and _sees(viewer, example.case)


def _run(viewer: Viewer, thing: Thing, example: Example) -> bool:
    case, run_id = example.case, example.about
    assert case is not None
    assert isinstance(run_id, str)
    if not (_shows(viewer, thing) and _sees(viewer, case)):
        return False
    waits = any(_answers(viewer, task, case) for task in case.tasks if task.run_id == run_id)
    return _shows(viewer, Thing.ALL_TASKS) or case.runs[run_id] == viewer.person_id or waits


def _form(viewer: Viewer, thing: Thing, example: Example) -> bool:
    case, sent = example.case, example.about
    assert case is not None
    assert isinstance(sent, str)
    hers = case.submissions[sent] == viewer.person_id
    return _shows(viewer, thing) and _sees(viewer, case) and (hers or _shows(viewer, Thing.ANSWERS))


def _document(viewer: Viewer, thing: Thing, example: Example) -> bool:
    case, document = example.case, example.about
    assert case is not None
    assert isinstance(document, DocumentRow)
    ties = _ties(viewer, case)
    if Relation.PRIMARY_CONTACT in ties and viewer.person_id in case.delivered[document.id]:
        ties |= {Relation.RECIPIENT}
    if document.subject_kind != "match":
        ties -= {Relation.OWN_MATCH}
    if viewer.role not in document.open_to:
        ties &= {Relation.RECIPIENT}
    by_role = viewer.role in document.open_to and _shows(viewer, thing)
    tied = bool(ties) and _shows(viewer, thing, ties)
    return thing is thing_of_document(document.name) and (by_role or tied)


def _beginning(viewer: Viewer, thing: Thing, example: Example) -> bool:
    workflow = example.about
    if not isinstance(workflow, Workflow):
        return False
    return _shows(viewer, thing) and viewer.role in workflow.start.by and _sees(viewer, example.case)


JUDGES: Mapping[Need, Callable[[Viewer, Thing, Example], bool]] = {
    Need.ROLE: _role,
    Need.OF_SOMEBODY: _of_somebody,
    Need.OF_PARTICIPANT: _of_participant,
    Need.TASK: _task,
    Need.HANDING: _handing,
    Need.DRAFT: _draft,
    Need.RUN: _run,
    Need.ANSWERS: _form,
    Need.DOCUMENT: _document,
    Need.BEGINNING: _beginning,
}
