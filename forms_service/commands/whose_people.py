"""A demo works for invented people only, and a real service for none of them."""

from __future__ import annotations

from forms_service.demo.is_demo import Holds, insist_on_no_real_people, what_it_holds
from forms_service.errors import SettingsError
from forms_service.settings import Settings
from forms_service.storage.database import Database


def insist_on_its_own_people(settings: Settings, database: Database) -> Holds:
    """Raises SettingsError where the settings say one thing and the database holds the other."""
    if settings.demo:
        return insist_on_no_real_people(database)
    found = what_it_holds(database)
    if found is Holds.A_DEMO:
        raise SettingsError(
            "This database holds a demo: its people are invented, and anybody has been able to be anybody in it.\n"
            "Start with --demo or FORMS_DEMO=yes, or give the service a folder of its own: --instance FOLDER"
        )
    return found
