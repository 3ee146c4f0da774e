"""The runtime this process answers with, and the person who asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, TypeVar, cast

from flask import abort, current_app
from flask_login import current_user  # type: ignore[import-untyped]

from forms_service.engine.runtime import Runtime
from forms_service.engine.service import Actor

EXTENSION = "forms_service"
View = TypeVar("View", bound=Callable[..., object])


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who is signed in, as Flask-Login wants to meet them; ``role`` is a value of domain.people.Role."""

    person_id: str
    name: str
    role: str
    office_id: str | None = None

    is_authenticated: ClassVar = True
    is_active: ClassVar = True
    is_anonymous: ClassVar = False

    def get_id(self) -> str:
        return self.person_id

    def actor(self) -> Actor:
        return Actor(person_id=self.person_id, role=self.role)


def runtime() -> Runtime:
    """The real things of this process."""
    return cast("Runtime", current_app.extensions[EXTENSION])


def viewer() -> Viewer:
    """The person who is signed in; 401 when nobody is."""
    person = viewer_or_nobody()
    return person if person is not None else abort(401)


def viewer_or_nobody() -> Viewer | None:
    """The person who is signed in, on pages that are open to all."""
    return cast("Viewer", current_user) if current_user.is_authenticated else None


def public(view: View) -> View:
    """Mark a view that nobody has to sign in for; all others ask for it (see web.sign_in.gate)."""
    view.is_public = True  # type: ignore[attr-defined]
    return view
