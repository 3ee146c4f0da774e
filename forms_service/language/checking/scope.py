"""What is known for certain at one step of a workflow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from forms_service.language.definitions import Ask, Step
from forms_service.language.grammar.kinds import Kind

Answers = Mapping[str, Mapping[str, Kind]]
"""Form → its answers' names. A form that nobody could read is not in it."""


class StepNames(Mapping[str, Kind]):
    """Plain names, and ``step.field`` for every ask among some steps; looked up, never written out."""

    def __init__(self, plain: Mapping[str, Kind], steps: Mapping[str, Step], answers: Answers) -> None:
        self.plain, self.steps, self.answers = plain, steps, answers

    def __getitem__(self, name: str) -> Kind:
        if name in self.plain:
            return self.plain[name]
        step, _, field = name.partition(".")
        return self.answers_of(self.steps[step])[field]

    def __iter__(self) -> Iterator[str]:
        yield from self.plain
        for step in self.steps.values():
            yield from (f"{step.id}.{field}" for field in self.answers_of(step))

    def __len__(self) -> int:
        return len(self.plain) + sum(len(self.answers_of(step)) for step in self.steps.values())

    def answers_of(self, step: Step) -> Mapping[str, Kind]:
        return self.answers.get(step.form, {}) if isinstance(step, Ask) else {}


class Scope:
    """Steps that every run has passed here, and the names they gave; a branch's steps can be taken back."""

    def __init__(self, plain: Mapping[str, Kind], answers: Answers) -> None:
        self.steps: dict[str, Step] = {}
        self.names = StepNames(plain, self.steps, answers)

    def add(self, step: Step) -> None:
        self.steps[step.id] = step

    def take_back(self, length: int) -> list[Step]:
        """Forget all steps but the first ``length``; the forgotten ones in their order."""
        gained = [self.steps.popitem()[1] for _ in range(len(self.steps) - length)]
        return gained[::-1]
