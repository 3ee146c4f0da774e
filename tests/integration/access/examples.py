"""For each address of the service, the addresses to try: one for everything of each kind that the town has."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from werkzeug.routing import Rule

from forms_service.language.definitions import Workflow
from forms_service.storage.papers import DocumentRow
from forms_service.web.runs.acts import RUN_ACTS, STEP_ACTS
from forms_service.web.week.lists import PARTS
from tests.integration.access.town_of_two_offices import Case, Task, World

About = Task | DocumentRow | Workflow | str | None
"""What of the case an address names; an id where that is enough."""


@dataclass(frozen=True, slots=True)
class Example:
    """``values`` fill the places in the address. ``case`` is None for what is nobody's."""

    values: Mapping[str, str]
    case: Case | None = None
    about: About = None
    query: Mapping[str, str] | None = None


Examples = Callable[[World], Iterator[Example]]


def examples_for(world: World, rule: Rule) -> list[Example]:
    """Fails with words when an address has a kind of id that nobody has given an example of."""
    names = " ".join(sorted(rule.arguments))
    make = BY_ENDPOINT.get(rule.endpoint) or BY_NAMES.get(names)
    assert make, (
        f"{rule.endpoint} ({rule.rule}): no example of <{names}>. Add one to BY_NAMES in {__file__}, "
        "so that the page is tried in every role."
    )
    return list(make(world))


def _nothing(world: World) -> Iterator[Example]:
    yield Example({})


def _participants(world: World) -> Iterator[Example]:
    for case in world.cases:
        yield Example({"participant_id": case.participant_id}, case)


def _tasks(world: World) -> Iterator[Example]:
    for case in world.cases:
        for task in case.tasks:
            yield Example({"step_id": task.id}, case, task)


def _tasks_of_guests(world: World) -> Iterator[Example]:
    """What a participant is asked, over a link or together with somebody."""
    yield from (each for each in _tasks(world) if isinstance(each.about, Task) and each.about.role == "participant")


def _steps(world: World) -> Iterator[Example]:
    for example in _tasks(world):
        assert isinstance(example.about, Task)
        for name in STEP_ACTS:
            yield Example({**example.values, "run_id": example.about.run_id, "name": name}, example.case)


def _runs(world: World) -> Iterator[Example]:
    for case in world.cases:
        for run_id in case.runs:
            yield Example({"run_id": run_id}, case, run_id)


def _acts(world: World) -> Iterator[Example]:
    for example in _runs(world):
        for name in RUN_ACTS:
            yield Example({**example.values, "name": name}, example.case)


def _ticked(world: World) -> Iterator[Example]:
    for example in _runs(world):
        yield Example({}, example.case, query={"kjoring": example.values["run_id"]})


def _drafts(world: World) -> Iterator[Example]:
    for case in world.cases:
        yield Example({"draft_id": case.draft_id}, case, case.draft_of)


def _documents(world: World) -> Iterator[Example]:
    for case in world.cases:
        for document in case.documents:
            yield Example({"document_id": document.id}, case, document)


def _messages(world: World) -> Iterator[Example]:
    for case in world.cases:
        for message_id in case.messages:
            yield Example({"message_id": message_id}, case)


def _messages_of_runs(world: World) -> Iterator[Example]:
    for case in world.cases:
        for message_id, run_id in case.messages.items():
            yield Example({"message_id": message_id, "run_id": run_id}, case)


def _submissions(world: World) -> Iterator[Example]:
    for case in world.cases:
        for submission_id in case.submissions:
            yield Example({"submission_id": submission_id}, case, submission_id)


def _uploads(world: World) -> Iterator[Example]:
    for case in world.cases:
        submission_id, upload_id = case.upload_of
        yield Example({"submission_id": submission_id, "upload_id": upload_id}, case, submission_id)


def _people(world: World) -> Iterator[Example]:
    for person_id in ("nora", "siri"):
        yield Example({"person_id": person_id})


def _beginnings(with_form: bool) -> Examples:
    """Each workflow, about each whom it can be about."""

    def make(world: World) -> Iterator[Example]:
        for key, workflow in world.rt.library.current().workflows.items():
            if workflow.repeat or bool(workflow.start.form) != with_form or not workflow.start.by:
                continue
            if not workflow.about:
                yield Example({"workflow": key}, about=workflow)
                continue
            for case in world.cases:
                about = {"participant": case.participant_id, "match": case.match_id}[workflow.about]
                yield Example({"workflow": key}, case, workflow, {"om": f"{workflow.about}:{about}"})

    return make


def _links(world: World) -> Iterator[Example]:
    yield from (Example({"token": case.token}, case) for case in world.cases if case.token)


def _account_links(world: World) -> Iterator[Example]:
    yield Example({"token": world.account_token})


def _workflows(world: World) -> Iterator[Example]:
    yield from (Example({"key": key}) for key in world.rt.library.current().workflows)


def _forms(world: World) -> Iterator[Example]:
    yield from (Example({"key": key}) for key in ("intake", "closure"))


def _lists_of_the_week(world: World) -> Iterator[Example]:
    yield from (Example({"name": name}) for names in PARTS.values() for name in names)


def _files(world: World) -> Iterator[Example]:
    yield Example({"filename": "site.css"})


BY_NAMES: Mapping[str, Examples] = {
    "": _nothing,
    "participant_id": _participants,
    "step_id": _tasks,
    "name run_id step_id": _steps,
    "run_id": _runs,
    "name run_id": _acts,
    "draft_id": _drafts,
    "document_id": _documents,
    "message_id": _messages,
    "message_id run_id": _messages_of_runs,
    "submission_id": _submissions,
    "submission_id upload_id": _uploads,
    "person_id": _people,
    "filename": _files,
}
"""The names in an address, sorted → examples."""

BY_ENDPOINT: Mapping[str, Examples] = {
    "forms.start": _beginnings(with_form=True),
    "paper.start": _beginnings(with_form=True),
    "forms.confirm": _beginnings(with_form=False),
    "forms.press": _beginnings(with_form=False),
    "forms.from_paper": _tasks_of_guests,
    "links.link": _tasks_of_guests,
    "links.decide": _tasks_of_guests,
    "forms.link": _links,
    "forms.link_thanks": _links,
    "forms.link_document": _links,
    "sign_in.show_link": _account_links,
    "sign_in.choose_password": _account_links,
    "runs.move": _ticked,
    "week.whole": _lists_of_the_week,
    "runs.workflow": _workflows,
    "preview.one": _forms,
    "preview.changed": _forms,
}
"""Where the same name means something else, or only some of them."""
