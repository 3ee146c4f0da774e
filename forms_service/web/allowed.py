"""Who may open a page at all; what is not yours looks as if it did not exist."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from forms_service.domain.access import Thing, may_see
from forms_service.domain.people import Role
from forms_service.errors import NotFound
from forms_service.web.current import viewer

View = TypeVar("View", bound=Callable[..., Any])


def for_those_who_see(thing: Thing) -> Callable[[View], View]:
    """A page for everybody whose role alone lets them see ``thing`` (domain.access)."""
    return lambda view: _only_when(lambda: may_see(viewer(), thing), view)


def for_roles(*roles: Role) -> Callable[[View], View]:
    """A page for these roles."""
    return lambda view: _only_when(lambda: viewer().role in roles, view)


def _only_when(allowed: Callable[[], bool], view: View) -> View:
    @wraps(view)
    def guarded(*args: object, **kwargs: object) -> object:
        if not allowed():
            raise NotFound
        return view(*args, **kwargs)

    return cast("View", guarded)
