"""Checks workflows that start each other: none may wait for itself, and none may start runs for ever."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from forms_service.language.checking.graph import circle, groups
from forms_service.language.definitions import Ask, Choose, Each, End, RunWorkflow, Step, Together, Wait, Workflow, at
from forms_service.language.notes import Notes

MOST_NAMED = 6
STOPS = "Ask somebody or wait for some time before one of the runs."
Runs = dict[str, dict[str, RunWorkflow]]
"""Workflow → workflow that it starts → the step that does it."""


def check_runs(workflows: Mapping[str, Workflow], notes: Notes) -> None:
    waits = {key: awaited(workflow, workflows) for key, workflow in workflows.items()}
    waiting = list(circles(waits))
    for way in waiting:
        note(waits, way, "waits for itself, and so for ever", "Leave out one of the waits.", notes)
    at_once = runs_at_once(workflows, waits)
    for way in (way for way in circles(at_once) if way not in waiting):
        note(at_once, way, "starts itself again at once, and so for ever", STOPS, notes)


def circles(runs: Runs) -> Iterable[list[str]]:
    return filter(None, (circle(runs, group) for group in groups(runs)))


def note(runs: Runs, way: list[str], what: str, advice: str, notes: Notes) -> None:
    named = way if len(way) <= MOST_NAMED else [*way[: MOST_NAMED - 1], "…", way[-1]]
    step = runs[way[0]][way[1]]
    notes.add(at(step, "run"), f'"{way[0]}" {what}: {" → ".join(named)}.', advice)


def awaited(workflow: Workflow, workflows: Mapping[str, Workflow]) -> dict[str, RunWorkflow]:
    steps = (step for step in workflow.all_steps() if isinstance(step, RunWorkflow) and step.waits)
    return {step.workflow: step for step in steps if step.workflow in workflows}


def runs_at_once(workflows: Mapping[str, Workflow], waits: Runs) -> Runs:
    """What each workflow starts before it has asked anybody or waited for anything; a series' rounds come later."""
    found: dict[str, AtOnce] = {}
    for group in groups(waits):
        for key in sorted(group):
            found[key] = AtOnce(found)
            found[key].follow(workflows[key])
    single = {key for key, workflow in workflows.items() if workflow.repeat is None}
    return {
        key: {target: step for target, step in at_once.runs.items() if target in single}
        for key, at_once in found.items()
    }


class AtOnce:
    """How far one run comes in one go: the workflows that it starts, and whether it comes to its end."""

    def __init__(self, known: Mapping[str, AtOnce]) -> None:
        self.known = known
        self.runs: dict[str, RunWorkflow] = {}
        self.ends = False

    def follow(self, workflow: Workflow) -> None:
        self.ends = self.steps(workflow.steps) or self.ends

    def steps(self, steps: tuple[Step, ...]) -> bool:
        """Whether a run that begins these steps can come past them in one go."""
        return all(self.step(step) for step in steps)

    def step(self, step: Step) -> bool:
        match step:
            case End():
                self.ends = True
                return False
            case Ask():
                past = False
            case Wait():
                past = step.until is not None  # a date that may have passed
            case RunWorkflow():
                past = self.run(step)
            case Choose():
                ways = [self.steps(branch.steps) for branch in step.branches]
                past = any(ways)
            case Together():
                lanes = [self.steps(lane) for lane in step.lanes]
                past = all(lanes)
            case Each():
                self.steps(step.steps)
                past = True
            case _:
                past = True
        return past if step.failed is None else self.steps(step.failed) or past

    def run(self, step: RunWorkflow) -> bool:
        self.runs.setdefault(step.workflow, step)
        child = self.known.get(step.workflow)
        return not step.waits or (child is not None and child.ends)
