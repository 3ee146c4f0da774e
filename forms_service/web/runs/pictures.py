"""The pictures of workflows and runs, with the installation's own words."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup
from sqlalchemy.orm import Session

from forms_service.engine.runtime import Runtime
from forms_service.errors import NotFound
from forms_service.picture.figure import figure
from forms_service.picture.state import Position
from forms_service.register.titles import role_titles
from forms_service.storage.runs import RunRow
from forms_service.web.peers import peer_word
from forms_service.web.runs.discreet import discreet_position
from forms_service.web.runs.looks import sees_cases
from forms_service.web.runs.position import position_of
from forms_service.web.words import stored_title


def picture_of_run(rt: Runtime, session: Session, run_id: str) -> Markup:
    """On the version that the run follows; workflows that it starts are called what they are called today."""
    version = session.get_one(RunRow, run_id).definition_id
    edition = rt.library.as_read(session, version) or rt.library.of(session, version)
    today = rt.library.current_as_read().workflows
    definitions = replace(edition.definitions, workflows={**today, **edition.definitions.workflows})
    position: Position = position_of(rt, session, run_id)
    if not sees_cases():
        position = discreet_position(position, edition.plan.steps)
    return figure(definitions, edition.workflow, position, _roles(rt))


def picture_of_workflow(rt: Runtime, key: str) -> Markup:
    """As new runs go. Raises NotFound."""
    definitions = rt.library.current_as_read()
    if key not in definitions.workflows:
        raise NotFound
    return figure(definitions, definitions.workflows[key], roles=_roles(rt))


def order_in(rt: Runtime, session: Session, run_id: str) -> tuple[str, ...]:
    """The ids of the steps from top to bottom, in the version that the run follows."""
    return tuple(rt.library.of(session, session.get_one(RunRow, run_id).definition_id).plan.steps)


def _roles(rt: Runtime) -> dict[str, str]:
    return {"peer": peer_word(), **role_titles(rt.service, stored_title)}
