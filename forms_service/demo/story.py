"""What happens to one invented participant."""

from __future__ import annotations

from dataclasses import dataclass, field

from forms_service.engine.service import NO_SUBJECT, Subject


@dataclass(slots=True)
class Story:
    """``subjects`` are the participant and the match, as soon as there are any, by their kind."""

    title: str
    last_run: str = ""
    subjects: dict[str, Subject] = field(default_factory=dict)

    @property
    def newest(self) -> Subject:
        """The match, as soon as there is one; else the participant."""
        return next(reversed(self.subjects.values()), NO_SUBJECT)

    def learn(self, subject: Subject) -> None:
        self.subjects[subject.kind] = subject
