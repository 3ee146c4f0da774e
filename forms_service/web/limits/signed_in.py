"""What somebody who is signed in may ask for so often and no more: what costs much, and what no hand does so fast."""

from __future__ import annotations

from collections.abc import Iterator

from flask import request

from forms_service.web.limits.rules import Limit

FILES = (".csv", ".pdf", "/pdf", "/papir")
"""How the addresses end of what is made anew each time: whole lists, and forms on paper."""
A_FILE = Limit(30, 60)
A_SEARCH = Limit(60, 60)
A_CLOSE_LOOK = Limit(6, 60)
"""Every file of a folder is read and checked."""
SENT = Limit(400, 60)
"""A form is kept 86 times a minute while somebody types, and may be open twice."""


def limits_of(person_id: str) -> Iterator[tuple[str, Limit]]:
    """What this request is counted as, and how often that may come from her."""
    if request.path.endswith(FILES):
        yield f"file {person_id}", A_FILE
    if request.endpoint == "everyone.searched":
        yield f"search {person_id}", A_SEARCH
    if request.endpoint == "operations.look_closely":
        yield f"close look {person_id}", A_CLOSE_LOOK
    if request.method == "POST":
        yield f"sent {person_id}", SENT
