"""The contact log tells of nights, and of what became too much."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    for name in ("at_night", "too_much"):
        op.add_column("contact", sa.Column(name, sa.Boolean(), server_default=sa.false(), nullable=False))
