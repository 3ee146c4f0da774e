"""Who may open a page at all; what is not yours looks as if it did not exist."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from forms_service.domain.access import Thing, may_see
from forms_service.domain.people import Role
from forms_service.errors import NotFound
from forms_service.web.current import viewer

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")
Decorator = Callable[[Callable[Arguments, Answer]], Callable[Arguments, Answer]]


def for_those_who_see(thing: Thing) -> Decorator[Arguments, Answer]:
    """A page for everybody whose role alone lets them see ``thing`` (domain.access)."""
    return _only_when(lambda: may_see(viewer(), thing))


def for_roles(*roles: Role) -> Decorator[Arguments, Answer]:
    """A page for these roles."""
    return _only_when(lambda: viewer().role in roles)


def _only_when(allowed: Callable[[], bool]) -> Decorator[Arguments, Answer]:
    def decorate(view: Callable[Arguments, Answer]) -> Callable[Arguments, Answer]:
        @wraps(view)
        def guarded(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Answer:
            if not allowed():
                raise NotFound
            return view(*args, **kwargs)

        return guarded

    return decorate
