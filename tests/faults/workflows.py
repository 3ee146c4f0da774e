"""Random workflows of the whole language, valid by construction."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from tests.faults.town import town_files

DEEPEST = 2
WAITS = ("2 hours", "1 day", "3 days", "1 working day", "2 weeks")
CHILD = {
    "workflow": "child",
    "title": "Another run",
    "start": {"by": ["librarian"]},
    "steps": [
        {"id": "asked", "ask": "head", "form": "handed"},
        {
            "id": "way",
            "choose": [{"when": 'asked.lent = "yes"', "steps": [{"end": "good"}]}, {"otherwise": "continue"}],
        },
        {"end": "bad"},
    ],
}

Step = dict[str, Any]


@dataclass(slots=True)
class Author:
    """Writes one workflow; ``lists`` and ``answers`` are the asks whose answers are certain at this place."""

    dice: random.Random
    count: int = 0
    answers: list[str] = field(default_factory=list)
    lists: list[str] = field(default_factory=list)
    at_once: int = 0
    """How many lists stand around this place whose items come all at once: they may not share another run."""

    def workflow(self) -> Step:
        steps = [{"id": "first", "ask": "librarian", "form": "wish"}]
        self.lists.append("first")
        steps += self.steps(0)
        return {"workflow": "any", "title": "Any", "start": {"form": "loan", "by": ["reader"]}, "steps": steps}

    def steps(self, depth: int) -> list[Step]:
        """One to four steps; what they make certain is certain for those after them in the same list."""
        before = len(self.answers), len(self.lists)
        written = [self.step(depth) for _ in range(self.dice.randint(1, 4))]
        if depth:
            del self.answers[before[0] :], self.lists[before[1] :]
        return written

    def step(self, depth: int) -> Step:
        kinds = ["ask", "ask", "make", "send", "wait", "do", "fragile"]
        kinds += [] if self.at_once else ["run"]
        if depth < DEEPEST:
            kinds += ["choose", "together", "each"] * 2
        kind = self.dice.choice(kinds)
        self.count += 1
        step: Step = getattr(self, f"_{kind}")(f"s{self.count}", depth)
        return step

    def _ask(self, name: str, depth: int) -> Step:
        form = self.dice.choice(["handed", "wish"])
        role, another = self.dice.sample(["reader", "librarian", "head"], 2)
        step: Step = {"id": name, "ask": role, "form": form}
        if self.dice.random() < 0.4:
            step |= {"due": "2 days", "remind": ["1 day"], "late": {"give": another}}
        (self.answers if form == "handed" else self.lists).append(name)
        return step

    def _make(self, name: str, depth: int) -> Step:
        return {"id": name, "make": self.dice.choice(["slip", "report"])}

    def _fragile(self, name: str, depth: int) -> Step:
        """It always fails, and there is a way round it."""
        way = "continue" if self.dice.random() < 0.5 else [{"id": f"{name}_sorry", "send": "overdue", "to": "head"}]
        return {"id": name, "make": "fragile", "retry": {"times": 2, "every": "10 minutes"}, "failed": way}

    def _send(self, name: str, depth: int) -> Step:
        return {"id": name, "send": "loan_ready", "to": self.dice.choice(["reader", "librarian", "head"])}

    def _wait(self, name: str, depth: int) -> Step:
        return {"id": name, "wait": self.dice.choice(WAITS)}

    def _do(self, name: str, depth: int) -> Step:
        return {"id": name, "do": "count"}

    def _run(self, name: str, depth: int) -> Step:
        return {"id": name, "run": "child", "waits": self.dice.random() < 0.7}

    def _choose(self, name: str, depth: int) -> Step:
        if not self.answers:
            return self._do(name, depth)
        when = f'{self.dice.choice(self.answers)}.lent = "{self.dice.choice(["yes", "no"])}"'
        return {"id": name, "choose": [{"when": when, "steps": self.steps(depth + 1)}, {"otherwise": "continue"}]}

    def _together(self, name: str, depth: int) -> Step:
        return {"id": name, "together": [self.steps(depth + 1) for _ in range(self.dice.randint(2, 3))]}

    def _each(self, name: str, depth: int) -> Step:
        over = f"{self.dice.choice(self.lists)}.parts"
        at_once = self.dice.random() < 0.5
        self.at_once += at_once
        steps = self.steps(depth + 1)
        self.at_once -= at_once
        return {"id": name, "each": over, "as": f"item_{name}", "at_once": at_once, "steps": steps}


def any_workflow(seed: str) -> Mapping[str, str]:
    """The town's files and two workflows more: "any", and "child", which it may start."""
    written = Author(random.Random(seed)).workflow()
    return {
        **town_files(),
        "any.yaml": yaml.safe_dump(written, sort_keys=False, allow_unicode=True),
        "child.yaml": yaml.safe_dump(CHILD, sort_keys=False, allow_unicode=True),
    }
