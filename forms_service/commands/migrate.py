"""``forms-service migrate``: bring the database to the tables of this version."""

from __future__ import annotations

from forms_service.settings import Settings
from forms_service.storage.database import open_database
from forms_service.storage.migrate import newest, prepare


def migrate(settings: Settings) -> int:
    database = open_database(settings.database_url)
    changed = prepare(database)
    database.close()
    print(f"The database is at version {newest()}{'' if changed else ' already'}.")
    return 0
