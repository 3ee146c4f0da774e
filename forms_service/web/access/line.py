"""A line of the table of pages: what an address needs of whoever asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from forms_service.domain.access import Thing


class Need(StrEnum):
    """How a page is hers; ``things`` of the line say what she must be able to see."""

    NOTHING = "nothing"
    """Everybody: nobody has to sign in."""
    LINK = "link"
    """Whoever holds the link: its token is the key, and the page looks at it."""
    SIGNED_IN = "signed_in"
    """Everybody who is signed in: the page shows what is her own."""
    ROLE = "role"
    """One of the things, by her role alone."""
    OF_SOMEBODY = "of_somebody"
    """One of the things, of whomever she is tied to: the page shows those alone."""
    OF_PARTICIPANT = "of_participant"
    """One of the things, of the participant in the address, by what ties her to him now."""
    TASK = "task"
    """As ROLE, and the task in the address is hers to answer (casework.access.may_answer)."""
    HANDING = "handing"
    """As ROLE, and the task in the address is hers to hand to a colleague, or she carries the service."""
    DRAFT = "draft"
    """As ROLE, and the draft in the address is her own (web.drafts.mine)."""
    RUN = "run"
    """As ROLE, and she may follow the run in the address (web.forms.follow)."""
    ANSWERS = "answers"
    """As ROLE, and she may read the form in the address (web.paper.access)."""
    DOCUMENT = "document"
    """As OF_SOMEBODY, and the document in the address opens for her (casework.access.may_open)."""
    BEGINNING = "beginning"
    """As ROLE, and the workflow in the address lets her role begin it, about somebody whom she sees (``start.by``)."""


@dataclass(frozen=True, slots=True)
class Line:
    """``things`` are alternatives: one of them is enough."""

    need: Need
    things: tuple[Thing, ...] = ()

    @property
    def is_open(self) -> bool:
        """Nobody has to be signed in."""
        return self.need in (Need.NOTHING, Need.LINK)
