"""``forms-service links list``: ids, codes and times; no address, and never the secret."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from forms_service.commands.runs.as_json import as_json
from forms_service.commands.runs.table import moment, short, table
from forms_service.engine.runtime import Runtime
from forms_service.storage.outbox import MessageRow
from forms_service.storage.runs import LinkRow, StepRow

HEADS = ("step", "path", "form", "link", "made", "until", "ended", "sent by")


@dataclass(frozen=True, slots=True)
class LinkLine:
    """One link; ``channels`` of the messages that brought it."""

    step: str
    path: str
    form: str
    link: str
    made: datetime
    until: datetime
    ended: datetime | None
    channels: tuple[str, ...]


def list_links(rt: Runtime, chosen: argparse.Namespace) -> str:
    found = select(LinkRow, StepRow).join(StepRow, StepRow.id == LinkRow.step_id).order_by(LinkRow.created_at.desc())
    if not chosen.all:
        found = found.where(StepRow.status == "waiting")
    with rt.database.reading() as session:
        lines = []
        for link, step in session.execute(found.limit(max(1, chosen.limit))):
            sent = select(MessageRow.channel).where(MessageRow.link_id == link.id).order_by(MessageRow.created_at)
            lines.append(_line(link, step, tuple(session.scalars(sent))))
    if chosen.json:
        return as_json(lines)
    return table(HEADS, [_cells(rt, line) for line in lines]) if lines else "There are no such links."


def _line(link: LinkRow, step: StepRow, channels: tuple[str, ...]) -> LinkLine:
    ended = link.revoked_at or link.used_at
    return LinkLine(step.id, step.path, step.form or "", link.id, link.created_at, link.expires_at, ended, channels)


def _cells(rt: Runtime, line: LinkLine) -> tuple[str, ...]:
    made, until, ended = (moment(each, rt.zone) for each in (line.made, line.until, line.ended))
    return short(line.step), line.path, line.form, short(line.link), made, until, ended, ", ".join(line.channels)
