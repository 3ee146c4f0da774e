"""What is known for certain at one step of a workflow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from forms_service.language.definitions import Ask, RunWorkflow, Step
from forms_service.language.grammar.kinds import Kind, list_of

OUTCOME = "outcome"
Names = Mapping[str, Kind]


@dataclass(frozen=True, slots=True)
class Given:
    """What other files give: a form's answers, a workflow's outcome. Files that nobody could read are in neither."""

    answers: Mapping[str, Names]
    outcomes: Mapping[str, Kind]

    def by(self, step: Step) -> Names | None:
        """The names that a step gives; None when nobody could read what it names."""
        match step:
            case Ask(form=form):
                return self.answers.get(form)
            case RunWorkflow(workflow=workflow, waits=True):
                return {OUTCOME: self.outcomes[workflow]} if workflow in self.outcomes else None
            case _:
                return {}


@dataclass(frozen=True, slots=True)
class Passed:
    """A step that every run has passed; ``listed`` when it stood in an each, and gave one answer for each item."""

    step: Step
    listed: bool = False


class StepNames(Mapping[str, Kind]):
    """Plain names, and ``step.field`` for every step that gives answers; looked up, never written out."""

    def __init__(self, plain: Names, steps: Mapping[str, Passed], given: Given) -> None:
        self.plain, self.steps, self.given = plain, steps, given

    def __getitem__(self, name: str) -> Kind:
        if name in self.plain:
            return self.plain[name]
        step, _, field = name.partition(".")
        passed = self.steps[step]
        kind = self.names_of(passed)[field]
        return list_of(kind) if passed.listed else kind

    def __iter__(self) -> Iterator[str]:
        yield from self.plain
        for passed in self.steps.values():
            yield from (f"{passed.step.id}.{field}" for field in self.names_of(passed))

    def __len__(self) -> int:
        return len(self.plain) + sum(len(self.names_of(passed)) for passed in self.steps.values())

    def names_of(self, passed: Passed) -> Names:
        """Of an each only answers are kept as lists."""
        if passed.listed and not isinstance(passed.step, Ask):
            return {}
        names = self.given.by(passed.step) or {}
        return {name: kind for name, kind in names.items() if not kind.in_rows} if passed.listed else names


class Scope:
    """Steps that every run has passed here, and the names they gave; those of one way can be taken back."""

    def __init__(self, plain: Names, given: Given) -> None:
        self.plain = dict(plain)
        self.steps: dict[str, Passed] = {}
        self.names = StepNames(self.plain, self.steps, given)

    def __len__(self) -> int:
        return len(self.steps)

    def add(self, step: Step, *, listed: bool = False) -> None:
        self.steps[step.id] = Passed(step, listed)

    def one(self, step_id: str) -> Step | None:
        """The step of this name when it was passed for certain, and once."""
        passed = self.steps.get(step_id)
        return passed.step if passed and not passed.listed else None

    def take_back(self, length: int) -> list[Passed]:
        """Forget all steps but the first ``length``; the forgotten ones in their order."""
        gained = [self.steps.popitem()[1] for _ in range(len(self.steps) - length)]
        return gained[::-1]

    def give_back(self, gained: Iterable[Passed]) -> None:
        self.steps |= {passed.step.id: passed for passed in gained}
