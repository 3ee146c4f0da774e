"""What a page tells in figures is counted by an index alone, and the peers come by name without being sorted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.create_index("ix_person_name", "person", ["name", "id"])
    _index("ix_participant_in_queue", "participant", ["office_id", "status"], "status IN ('proposed', 'waiting')")
    _index("ix_match_takes_hours", "match", ["peer_id", "hours_per_week"], "status IN ('active', 'proposed')")
    _index("ix_message_needs_a_person", "message", ["status"], "status IN ('failed', 'unknown', 'withheld')")


def _index(name: str, table: str, columns: list[str], where: str) -> None:
    op.create_index(name, table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
