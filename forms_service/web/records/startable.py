"""What somebody can begin about records, as the workflows say."""

from __future__ import annotations

from collections.abc import Mapping

from forms_service.domain.people import Viewer
from forms_service.engine.runtime import Runtime
from forms_service.language.definitions import Workflow
from forms_service.register.register import Register


def startable_about(rt: Runtime, viewer: Viewer) -> Mapping[str, list[Workflow]]:
    """Kind of record → the workflows about it that the viewer's role may start; nothing in peer support."""
    found: dict[str, list[Workflow]] = {}
    for workflow in rt.library.current_as_read().workflows.values() if isinstance(rt.service, Register) else ():
        if workflow.about and viewer.role in workflow.start.by:
            found.setdefault(workflow.about, []).append(workflow)
    return found
