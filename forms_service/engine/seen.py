"""Answers of a run as one step sees them: its own item's as they are, those of lists it stands outside of as lists."""

from __future__ import annotations

from collections.abc import Mapping

from forms_service.engine.edition import Edition
from forms_service.engine.path import items_of, step_of
from forms_service.engine.readable import readable
from forms_service.language.definitions import Ask

Items = tuple[int, ...]
Answers = dict[str, object]


class Seen:
    """Collects the latest answers of each path; ``names`` gives them by step."""

    def __init__(self, edition: Edition, step_id: str, items: Items) -> None:
        self.edition, self.items, self.plan = edition, items, edition.plan
        self.around = self.plan.lists.get(step_id, ())
        listed = (name for name in self.plan.asks_in_lists if self.is_list(name))
        self.answers: dict[str, dict[Items, Answers]] = {name: {} for name in listed}

    def add(self, path: str, answers: Answers) -> None:
        """Keep the latest answers from one path, unless they belong to another item than ours."""
        step_id, items = step_of(path), items_of(path)
        if isinstance(self.plan.steps.get(step_id), Ask):  # in this version too
            shared = self.shared(step_id)
            if items[:shared] == self.items[:shared]:
                self.answers.setdefault(step_id, {})[items] = answers

    def names(self) -> dict[str, object]:
        return {step_id: self.one(step_id, found) for step_id, found in self.answers.items()}

    def one(self, step_id: str, found: Mapping[Items, Answers]) -> Answers:
        if not self.is_list(step_id):
            return next(iter(found.values()))
        step = self.plan.steps[step_id]
        assert isinstance(step, Ask)
        names = readable(self.edition.definitions.forms[step.form], {})
        return {name: [found[items].get(name) for items in sorted(found)] for name in names}

    def is_list(self, step_id: str) -> bool:
        return len(self.plan.lists[step_id]) > self.shared(step_id)

    def shared(self, step_id: str) -> int:
        """How many lists stand around both steps."""
        pairs = list(zip(self.plan.lists[step_id], self.around, strict=False))
        return next((depth for depth, (theirs, ours) in enumerate(pairs) if theirs != ours), len(pairs))
