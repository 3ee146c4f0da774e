"""What a shown form carries of its draft, so that the next writing knows what it builds on."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import datetime

from forms_service.engine.drafts.save import Outcome

FAILED = "failed"
STATUS = {Outcome.CONFLICT: 409, FAILED: 503}
"""All others are 200."""


@dataclass(frozen=True, slots=True)
class PageDraft:
    """``outcome`` is what became of the last writing, empty when there was none; the words are in the template."""

    nonce: str
    outcome: str = ""
    mark: str = ""
    saved_at: datetime | None = None
    has_other: bool = False
    """Something was typed elsewhere, and is kept beside."""
    continued_from: datetime | None = None
    """The form was opened with what was typed before."""
    page: str = field(default_factory=lambda: secrets.token_hex(8))

    @property
    def status(self) -> int:
        """Of a whole page: only a conflict asks for an answer before anything else."""
        return STATUS[Outcome.CONFLICT] if self.outcome == Outcome.CONFLICT else 200

    @property
    def status_alone(self) -> int:
        """The answer to a writing that the page did by itself."""
        return STATUS.get(self.outcome, 200)
