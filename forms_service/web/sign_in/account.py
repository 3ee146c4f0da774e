"""Somebody who is signed in, as Flask-Login wants to meet them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from forms_service.domain.people import Viewer
from forms_service.storage.people import PersonRow


@dataclass(frozen=True, slots=True)
class Account:
    """A person who may use the pages."""

    viewer: Viewer

    is_authenticated: ClassVar = True
    is_active: ClassVar = True
    is_anonymous: ClassVar = False

    def get_id(self) -> str:
        return self.viewer.person_id


def account_of(person: PersonRow | None) -> Account | None:
    """None when access has ended."""
    if person is None or not person.active:
        return None
    return Account(Viewer(person.id, person.name, person.role, person.office_id))
