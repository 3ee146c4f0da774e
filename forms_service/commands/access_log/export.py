"""``forms-service access-log export``: for somebody who asks who has looked; the export itself stands in the log."""

from __future__ import annotations

import argparse

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.casework.lists.access_file import access_file
from forms_service.casework.lists.access_log import AccessLine, looks_at
from forms_service.commands.output import write
from forms_service.engine.runtime import Runtime
from forms_service.errors import NotFound, ReasonMissing
from forms_service.storage.cases import AccessRow, ParticipantRow
from forms_service.texts import catalogue

OPERATOR = "operator"
"""The role in the log of whoever sits at the machine's command line."""


def export(rt: Runtime, chosen: argparse.Namespace) -> str:
    if not chosen.reason.strip():
        raise ReasonMissing
    with rt.database.writing() as session:
        participant = session.scalar(select(ParticipantRow).where(ParticipantRow.case_number == chosen.case))
        if participant is None:
            raise NotFound("there is no case with this number")
        lines = [AccessLine(*row) for row in session.execute(looks_at(participant.id))]
        write(access_file(lines, rt.zone, lambda role: catalogue().get(f"roles.{role}", role)), chosen.out)
        _note(rt, session, participant.id, chosen.reason.strip())
    return f"Wrote {chosen.out}: {len(lines)} lines."


def _note(rt: Runtime, session: Session, participant_id: str, reason: str) -> None:
    row = AccessRow(
        at=rt.clock.now(),
        person_id=None,
        role=OPERATOR,
        office_id=None,
        participant_id=participant_id,
        what="access_log_file",
        object_id=None,
        reason=reason,
    )
    session.add(row)
