"""The ways of signing in: a name that the session keeps, whether the way is open here, and how it finds out who it is.

Another way is one line of ``WAYS``, and its own file. Whoever is found goes through ``web.sign_in.door``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import request

from forms_service.accounts.tries import Entry
from forms_service.web.sign_in import demo, password


@dataclass(frozen=True, slots=True)
class Way:
    """``field`` is what its form posts; ``who`` looks at the form, and knows nobody when it is None."""

    is_open: Callable[[], bool]
    field: str
    who: Callable[[], Entry | None]


WAYS: Mapping[str, Way] = {
    "password": Way(lambda: True, "password", password.who),
    "demo": Way(demo.is_demo, "person", demo.who),
}


def is_open(name: str) -> bool:
    """Whether somebody who came in this way may be here: a demo's cookie opens nothing elsewhere."""
    return name in WAYS and WAYS[name].is_open()


def way_asked_for() -> str:
    """The way whose form was posted; empty when it is none that is open here."""
    return next((name for name, way in WAYS.items() if way.field in request.form and way.is_open()), "")
