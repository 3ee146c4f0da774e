"""A demo of another trade: one invented person for each role that signs in, and nothing that has happened yet."""

from __future__ import annotations

from forms_service.engine.runtime import Runtime
from forms_service.register.description import Description
from forms_service.register.vocabulary import is_shared
from forms_service.rehearsal.people import add_person


def fill_trade(rt: Runtime, description: Description) -> None:
    """They are called what their role is called. Whoever a record names is one of them, or somebody at an address."""
    with rt.database.writing() as session:
        for role in description.roles.values():
            if is_shared(role):
                add_person(session, role.key, role.title)
