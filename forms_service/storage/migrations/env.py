"""Alembic runs this file: it works on the connection, and in the transaction, that storage.migrate hands over."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from forms_service.storage.base import Instant
from forms_service.storage.tables import Base


def render(kind: str, item: Any, _: AutogenContext) -> str | Literal[False]:
    """A migration never imports our classes: they change, it does not."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, Instant) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_item=render,
    render_as_batch=True,  # SQLite cannot alter much in place
    compare_type=True,
)
context.run_migrations()
