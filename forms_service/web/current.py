"""The runtime this process answers with, and the person who asks."""

from __future__ import annotations

from datetime import date, datetime
from typing import cast

from flask import abort, current_app, g
from flask_login import current_user  # type: ignore[import-untyped]

from forms_service.accounts.hashing import Hasher
from forms_service.domain.people import Viewer
from forms_service.engine.runtime import Runtime
from forms_service.engine.service import Actor

EXTENSION = "forms_service"
HASHER = "forms_service.hasher"
FORGOTTEN = "who_is_signed_in_is_forgotten"


def runtime() -> Runtime:
    """The real things of this process."""
    return cast("Runtime", current_app.extensions[EXTENSION])


def hasher() -> Hasher:
    """What compares passwords here."""
    return cast("Hasher", current_app.extensions[HASHER])


def now() -> datetime:
    return runtime().clock.now()


def today() -> date:
    """The day it is where the service is."""
    return runtime().day(now())


def viewer() -> Viewer:
    """The person who is signed in; 401 when nobody is."""
    person = viewer_or_nobody()
    return person if person is not None else abort(401)


def viewer_or_nobody() -> Viewer | None:
    """The person who is signed in, on pages that are open to all."""
    if FORGOTTEN in g:
        return None
    return cast("Viewer", current_user.viewer) if current_user.is_authenticated else None


def forget_who_is_signed_in() -> None:
    """For the rest of this request: the database that knows does not answer."""
    setattr(g, FORGOTTEN, True)


def actor() -> Actor:
    """The person who is signed in, as the engine wants to know them."""
    person = viewer()
    return Actor(person_id=person.person_id, role=person.role)
