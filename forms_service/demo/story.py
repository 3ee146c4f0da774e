"""What happens to one invented participant."""

from __future__ import annotations

from dataclasses import dataclass, field

from forms_service.engine.service import Subject


@dataclass(slots=True)
class Story:
    """``subjects`` are the participant and the match, as soon as there are any, by their kind."""

    title: str
    last_run: str = ""
    subjects: dict[str, Subject] = field(default_factory=dict)

    def learn(self, subject: Subject) -> None:
        self.subjects[subject.kind] = subject
