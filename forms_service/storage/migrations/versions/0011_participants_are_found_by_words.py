"""Participants are found by the beginnings of words, and come in order without being sorted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

# The words are made as they are looked for; when that changes, all of them have to be made anew.
from forms_service.domain.search_terms import words_of

revision = "0011"
down_revision = "0010"

AT_A_TIME = 1000
participant = sa.table("participant", *map(sa.column, ("id", "name", "case_number", "phone")))


def upgrade() -> None:
    words = op.create_table(
        "participant_word",
        sa.Column("word", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("participant_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_participant_word_participant_id")
        ),
        sa.PrimaryKeyConstraint("word", "participant_id", name=op.f("pk_participant_word")),
    )
    op.create_index("ix_participant_word_participant_id", "participant_word", ["participant_id"])
    op.create_index("ix_participant_created_at", "participant", ["created_at", "id"])
    op.create_index("ix_participant_name", "participant", ["name", "id"])
    _keep_words(words)


def _keep_words(words: sa.Table) -> None:
    everybody = op.get_bind().execute(sa.select(participant)).all()
    for first in range(0, len(everybody), AT_A_TIME):
        rows = [
            {"word": word, "participant_id": each.id}
            for each in everybody[first : first + AT_A_TIME]
            for word in sorted(words_of((each.name, each.case_number, each.phone)))
        ]
        if rows:
            op.bulk_insert(words, rows)
