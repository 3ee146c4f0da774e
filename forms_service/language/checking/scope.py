"""What is known for certain at one step of a workflow."""

from __future__ import annotations

from collections.abc import Mapping

from forms_service.language.checking.names import answers_of
from forms_service.language.definitions import Ask, Form, Step
from forms_service.language.grammar.kinds import Kind


class Scope:
    """Steps that every run has passed here, and the names they gave; a branch's steps can be taken back."""

    def __init__(self, names: Mapping[str, Kind], forms: Mapping[str, Form | None]) -> None:
        self.names: dict[str, Kind] = dict(names)
        self.steps: dict[str, Step] = {}
        self.forms = forms

    def add(self, step: Step) -> None:
        self.steps[step.id] = step
        self.names |= self.names_of(step)

    def names_of(self, step: Step) -> dict[str, Kind]:
        form = self.forms.get(step.form) if isinstance(step, Ask) else None
        return answers_of(form, step.id) if form else {}

    def take_back(self, length: int) -> list[Step]:
        """Forget all steps but the first ``length``; the forgotten ones in their order."""
        gained = []
        while len(self.steps) > length:
            _, step = self.steps.popitem()
            gained.append(step)
            for name in self.names_of(step):
                del self.names[name]
        return gained[::-1]
