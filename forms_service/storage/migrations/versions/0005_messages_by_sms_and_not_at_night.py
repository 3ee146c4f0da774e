"""Messages by SMS, and not at night."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    _message()


def _message() -> None:
    op.add_column("message", sa.Column("channel", sa.String(), server_default="email", nullable=False))
    op.add_column("message", sa.Column("sms", sa.String(), server_default="", nullable=False))
    op.add_column("message", sa.Column("at_once", sa.Boolean(), server_default=sa.false(), nullable=False))
