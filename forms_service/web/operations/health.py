"""Whether the parts that the service stands on answer."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError

from forms_service.engine.runtime import Runtime
from forms_service.storage.database import Database
from forms_service.storage.migrate import newest, version_of

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Health:
    """``database`` is a key of texts/nb.yaml under ``operations``: ready, old or away."""

    database: str
    doorbell: bool

    @property
    def ready(self) -> bool:
        """Forms are accepted without the doorbell, and the work goes on when it is back."""
        return self.database == "ready"

    @property
    def said(self) -> str:
        """The key of the sentence that sums it up."""
        if not self.ready:
            return f"database_{self.database}"
        return "all_well" if self.doorbell else "doorbell_away"


def health_of(rt: Runtime) -> Health:
    return Health(_database(rt.database), rt.bell.answers())


def _database(database: Database) -> str:
    try:
        return "ready" if version_of(database) == newest() else "old"
    except SQLAlchemyError as error:
        log.error("the database does not answer: %s", type(error).__name__)  # noqa: TRY400 - its text may hold a password
        return "away"
