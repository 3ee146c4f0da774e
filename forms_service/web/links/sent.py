"""The links of a task for the coordinator's eyes: when and how each was sent, and whether it still works."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from forms_service.engine.look import TaskView
from forms_service.engine.operate.links import links_to
from forms_service.storage.outbox import MessageRow
from forms_service.storage.runs import LinkRow, SubmissionRow


@dataclass(frozen=True, slots=True)
class SentLink:
    """A link without its secret. ``state``: open, used, withdrawn, expired, or settled: not needed any more.

    ``messages`` brought it, the oldest first.
    """

    link: LinkRow
    state: str
    messages: Sequence[MessageRow]


def sent_links(session: Session, view: TaskView) -> list[SentLink]:
    """The newest first."""
    via = session.scalar(select(SubmissionRow.via).where(SubmissionRow.step_id == view.step.id))
    return [
        SentLink(link, _state(link, view, via or ""), session.scalars(_messages(link.id)).all())
        for link in links_to(session, view.step.id)
    ]


def _messages(link_id: str) -> Select[MessageRow]:
    return select(MessageRow).where(MessageRow.link_id == link_id).order_by(MessageRow.created_at)


def _state(link: LinkRow, view: TaskView, via: str) -> str:
    if link.revoked_at:
        return "withdrawn"
    if link.used_at and via == "link":
        return "used"
    if view.step.status != "waiting":
        return "settled"
    return "expired" if link.expires_at < view.time else "open"
