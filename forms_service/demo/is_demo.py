"""A demo and a real service never share a database."""

from __future__ import annotations

from enum import Enum, auto

from sqlalchemy import select

from forms_service.accounts.address import INVENTED
from forms_service.errors import SettingsError
from forms_service.storage.database import Database
from forms_service.storage.people import PersonRow


class Holds(Enum):
    """What a database holds."""

    NOTHING = auto()
    A_DEMO = auto()
    REAL_PEOPLE = auto()


def what_it_holds(database: Database) -> Holds:
    """Somebody without an address, or with a real one, is a real person."""
    with database.reading() as session:
        addresses = list(session.scalars(select(PersonRow.email)))
    if not addresses:
        return Holds.NOTHING
    return Holds.A_DEMO if all((address or "").endswith(INVENTED) for address in addresses) else Holds.REAL_PEOPLE


def insist_on_no_real_people(database: Database) -> Holds:
    """In a demo anybody may sign in as anybody. Raises SettingsError."""
    found = what_it_holds(database)
    if found is Holds.REAL_PEOPLE:
        raise SettingsError(
            "This database holds real people, and in a demo anybody may sign in as anybody.\n"
            "Start without --demo and FORMS_DEMO, or give the demo a folder of its own: --instance FOLDER"
        )
    return found
