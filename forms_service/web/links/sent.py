"""The links of a task for the coordinator's eyes: when and how each was sent, and whether it still works."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from forms_service.engine.link_state import LinkState, state_of
from forms_service.engine.look import TaskView
from forms_service.engine.operate.links import links_to
from forms_service.storage.outbox import MessageRow
from forms_service.storage.runs import LinkRow


@dataclass(frozen=True, slots=True)
class SentLink:
    """A link without its secret. ``messages`` brought it, the oldest first."""

    link: LinkRow
    state: LinkState
    messages: Sequence[MessageRow]


def sent_links(session: Session, view: TaskView) -> list[SentLink]:
    """The newest first."""
    return [
        SentLink(link, state_of(link, view.step, view.time), session.scalars(_messages(link.id)).all())
        for link in links_to(session, view.step.id)
    ]


def _messages(link_id: str) -> Select[MessageRow]:
    return select(MessageRow).where(MessageRow.link_id == link_id).order_by(MessageRow.created_at)
