"""Checks that each step and each item has a name of its own."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from forms_service.language.companions import LABEL
from forms_service.language.definitions import Each, Step, at
from forms_service.language.notes import Notes

A_NAME = 'Say "as:" and another name.'
CLOCK = "repeat"
"""The clock of a series stands among the steps of its run under this name."""


@dataclass(frozen=True, slots=True)
class Ids:
    """The names of one workflow: words with a meaning of their own, fields of the start form, steps, open items."""

    taken: Collection[str]
    fields: Collection[str]
    steps: Collection[str]
    notes: Notes
    lines: dict[str, int] = field(default_factory=dict)
    items: set[str] = field(default_factory=set)

    def new_step(self, step: Step) -> bool:
        """Whether the step's id is its own; noted when it is not."""
        place = at(step, "id")
        if step.id in self.lines:
            self.notes.add(place, f'There is a step "{step.id}" already, in line {self.lines[step.id]}.')
        elif step.id in self.taken or step.id == CLOCK:
            self.notes.add(place, f'"{step.id}" has a meaning of its own and cannot be a step.')
        elif step.id in self.fields:
            self.notes.add(place, f'The start form has a field "{step.id}"; give the step another name.')
        elif step.id:
            self.lines[step.id] = place.line
            return True
        return False

    def new_item(self, step: Each) -> bool:
        """Whether the item's name is its own; noted when it is not."""
        meant = self.meant(step.item)
        if meant:
            place = at(step, "as") if "as" in step.places else at(step, "each")
            self.notes.add(place, f'"{step.item}" {meant} and cannot be an item.', A_NAME)
        return bool(step.item) and not meant

    def meant(self, item: str) -> str:
        """What the name means already; nothing when an item can have it. Beside the item stands its label."""
        meanings = {
            "has a meaning of its own": item in self.taken,
            "is a field of the start form": item in self.fields,
            "is a step": item in self.steps,
            "is the item around this one": item in self.items,
            f'ends in "{LABEL}", as the words of what is chosen do,': item.endswith(LABEL),
            f'has a step "{item}{LABEL}" where its label stands': f"{item}{LABEL}" in self.steps,
        }
        return next((words for words, is_so in meanings.items() if is_so), "")
