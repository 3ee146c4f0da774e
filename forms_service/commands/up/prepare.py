"""Make the database ready, and fill an empty demo."""

from __future__ import annotations

from forms_service.settings import Settings
from forms_service.storage.database import open_database
from forms_service.storage.migrate import prepare


def prepare_instance(settings: Settings) -> None:
    database = open_database(settings.database_url)
    if prepare(database):
        print("The database is ready.", flush=True)
    database.close()
