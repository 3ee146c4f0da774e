"""Whether a page's line lets somebody open it; what only the page can know, it asks itself at the moment of looking."""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping
from typing import cast

from flask import Flask, current_app

from forms_service.casework.access import sees
from forms_service.domain.access import Thing, may_see, may_see_of_somebody
from forms_service.domain.people import Viewer
from forms_service.web.access.line import Line, Need
from forms_service.web.access.table import LINES
from forms_service.web.current import runtime, viewer_or_nobody

EXTENSION = "forms_service.access"
Address = Mapping[str, str]
"""The values in an address, by name."""


def line_of(endpoint: str | None) -> Line | None:
    """None for a page that has none, and opens for nobody."""
    return lines_of(current_app).get(endpoint or "")


def lines_of(app: Flask) -> MutableMapping[str, Line]:
    """The table as this application knows it; a test may add a page of its own."""
    return cast("MutableMapping[str, Line]", app.extensions.setdefault(EXTENSION, dict(LINES)))


def is_open(endpoint: str | None) -> bool:
    """Whether nobody has to be signed in for the page."""
    line = line_of(endpoint)
    return line is not None and line.is_open


def opens(viewer: Viewer, line: Line, address: Address) -> bool:
    """Whether the viewer may open a page that has this line, as far as the line can say."""
    asks = ASKS.get(line.need, _by_role)
    return line.is_open or line.need is Need.SIGNED_IN or any(asks(viewer, thing, address) for thing in line.things)


def leads_somewhere(endpoint: str) -> bool:
    """Whether a page without anything in its address opens for whoever is signed in: for menus and buttons."""
    viewer, line = viewer_or_nobody(), line_of(endpoint)
    return viewer is not None and line is not None and opens(viewer, line, {})


def shows(thing: str) -> bool:
    """For templates: whether her role alone lets whoever is signed in see ``thing`` (a Thing by its code)."""
    viewer = viewer_or_nobody()
    return viewer is not None and may_see(viewer, Thing(thing))


def _by_role(viewer: Viewer, thing: Thing, address: Address) -> bool:
    return may_see(viewer, thing)


def _of_somebody(viewer: Viewer, thing: Thing, address: Address) -> bool:
    return may_see_of_somebody(viewer, thing)


def _of_participant(viewer: Viewer, thing: Thing, address: Address) -> bool:
    with runtime().database.reading() as db:
        return sees(db, viewer, thing, address["participant_id"])


ASKS: Mapping[Need, Callable[[Viewer, Thing, Address], bool]] = {
    Need.OF_SOMEBODY: _of_somebody,
    Need.DOCUMENT: _of_somebody,
    Need.OF_PARTICIPANT: _of_participant,
}
"""How a need is asked for; by role alone where nothing else stands here."""
