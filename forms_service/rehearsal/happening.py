"""One thing that happens in a rehearsal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class What(StrEnum):
    """Kinds of happenings."""

    START = "start"
    ROUND = "round"
    TASK = "task"
    ANSWER = "answer"
    REFUSED = "refused"
    """An answer that the domain does not take; the task stays open."""
    REMINDER = "reminder"
    LATE = "late"
    MESSAGE = "message"
    WITHHELD = "withheld"
    DOCUMENT = "document"
    DELIVERED = "delivered"
    MOVE = "move"
    WAITED = "waited"
    SKIPPED = "skipped"
    PAUSE = "pause"
    RESUME = "resume"
    FAILED = "failed"
    INCIDENT = "incident"
    CANCELLED = "cancelled"
    END = "end"
    STOPPED = "stopped"
    """The rehearsal, not the run: too much has happened."""


PREPOSITION = {What.ANSWER: "by", What.REFUSED: "by", What.MESSAGE: "to", What.REMINDER: "to", What.DELIVERED: "to"}


@dataclass(frozen=True, slots=True)
class Happening:
    """``at`` is in the service's time zone. ``who`` is a role, or the address of a message; ``text`` says the rest."""

    at: datetime
    what: What
    workflow: str
    step: str = ""
    who: str = ""
    text: str = ""
    due: datetime | None = None
    round: int | None = None
    """Which time a repeating workflow comes back."""

    def line(self) -> str:
        """One line of the list that the command prints."""
        workflow = self.workflow if self.round is None else f"{self.workflow}[{self.round}]"
        where = f"{workflow}.{self.step}" if self.step else workflow
        who = f" {PREPOSITION.get(self.what, 'for')} {self.who}" if self.who else ""
        due = f", due {self.due:%Y-%m-%d}" if self.due else ""
        text = f": {self.text}" if self.text else ""
        day = DAYS[self.at.weekday()]
        return f"{self.at:%Y-%m-%d} {day} {self.at:%H:%M}  {self.what:<9}  {where}{who}{due}{text}"
