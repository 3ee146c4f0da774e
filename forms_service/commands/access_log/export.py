"""``forms-service access-log export``: for somebody who asks who has looked; the export itself stands in the log."""

from __future__ import annotations

import argparse

from sqlalchemy import select

from forms_service.casework.access import Unnamed, record
from forms_service.casework.lists.access_file import access_file
from forms_service.casework.lists.access_log import AccessLine, looks_at
from forms_service.commands.output import write
from forms_service.engine.runtime import Runtime
from forms_service.errors import NotFound, ReasonMissing
from forms_service.storage.cases import ParticipantRow
from forms_service.texts import said_if_known

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
        write(access_file(lines, rt.zone, lambda role: said_if_known(f"roles.{role}") or role), chosen.out)
        reader, reason = Unnamed(OPERATOR), chosen.reason.strip()
        record(session, reader, participant.id, "access_log_file", None, reason, rt.clock.now())
    return f"Wrote {chosen.out}: {len(lines)} lines."
