"""A draft: where it belongs, what was typed, and by which of its writings a page knows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from forms_service.engine.once import scoped
from forms_service.engine.service import Actor, Subject
from forms_service.storage.drafts import DraftRow

Typed = tuple[tuple[str, str], ...]
"""Names and values as a browser posts them."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Whoever types: somebody signed in, or somebody with a one-time link."""

    person_id: str | None = None
    link_id: str = ""

    @property
    def code(self) -> str:
        return f"person:{self.person_id}" if self.person_id else f"link:{self.link_id}"

    def sends_as(self, nonce: str) -> str:
        """The number that a submission with this nonce has; it is the same for all who come by a link."""
        return scoped(nonce, Actor(self.person_id, via="link"))


@dataclass(frozen=True, slots=True)
class Place:
    """One form that one owner can have one draft of, on one version of its workflow."""

    owner: Owner
    key: str
    workflow: str
    form: str
    definition_id: str
    subject: Subject


@dataclass(frozen=True, slots=True)
class Draft:
    """What is kept. ``mark`` names this very writing of it; a page that knows an older one is behind."""

    id: str
    place: Place
    typed: Typed
    nonce: str
    mark: str
    page: str
    has_other: bool
    saved_at: datetime


def draft_of(row: DraftRow) -> Draft:
    owner = Owner(row.person_id, "" if row.person_id else row.owner.removeprefix("link:"))
    subject = Subject(row.subject_kind, row.subject_id)
    return Draft(
        id=row.id,
        place=Place(owner, row.key, row.workflow, row.form, row.definition_id, subject),
        typed=tuple((name, value) for name, value in row.typed),
        nonce=row.nonce,
        mark=mark_of(row),
        page=row.page,
        has_other=row.beside is not None,
        saved_at=row.updated_at,
    )


def mark_of(row: DraftRow) -> str:
    """The id is part of it: a draft that was deleted and begun anew counts from one again."""
    return f"{row.id}.{row.revision}"
