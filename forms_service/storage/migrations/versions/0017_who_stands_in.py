"""Somebody who is away can say who stands in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("stand_in_id", sa.String(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_person_stand_in_id"), "person", ["stand_in_id"], ["id"])
