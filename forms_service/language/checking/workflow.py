"""Checks one workflow from top to bottom: its words, its order, and what is known at each step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import dropwhile

from forms_service.language.checking.form import check_condition, check_type
from forms_service.language.checking.names import facts_of, reserved
from forms_service.language.checking.scope import Scope, StepNames
from forms_service.language.checking.step import CHECKS, Here
from forms_service.language.checking.words import Words
from forms_service.language.definitions import Ask, Branch, Choose, End, Step, Workflow, at
from forms_service.language.grammar.kinds import PLAIN, Elsewhere
from forms_service.language.problems import Place
from forms_service.language.vocabulary import ValueType


def check_workflow(workflow: Workflow, words: Words) -> None:
    check_start(workflow, words)
    check_repeat(workflow, words)
    Walk(workflow, words).steps(workflow.steps)


def check_start(workflow: Workflow, words: Words) -> None:
    words.form(workflow.start.form, workflow, "start.form")
    for index, role in enumerate(workflow.start.by):
        words.role(role, workflow, f"start.by.{index}")
    words.must_exist("subject", workflow.about, words.vocabulary.subjects, workflow, "about")


def elsewhere(start_form: str, every: Mapping[str, Step], words: Words) -> Elsewhere:
    """The names of all steps wherever they stand, and the steps whose names nobody could read."""
    unsure = {step.id for step in every.values() if type(step) is Step or _unread(step, words)}
    if start_form and start_form not in words.answers:
        unsure.add(PLAIN)
    return Elsewhere(StepNames({}, every, words.answers), unsure=unsure)


def _unread(step: Step, words: Words) -> bool:
    return isinstance(step, Ask) and step.form not in words.answers


def check_repeat(workflow: Workflow, words: Words) -> None:
    if workflow.repeat is None:
        return
    if not workflow.about:
        words.notes.add(at(workflow, "repeat"), 'A workflow that repeats needs "about": what it comes back to.')
    names = facts_of(words.vocabulary)
    for expression in filter(None, (workflow.repeat.anchor, workflow.repeat.until)):
        rule = "A repeat is counted from a date and until a date"
        check_type(expression, ValueType.DATE, rule, names, Elsewhere(), words.notes)


class Walk:
    """One walk through one workflow."""

    def __init__(self, workflow: Workflow, words: Words) -> None:
        self.words, self.notes = words, words.notes
        self.taken = reserved(words.vocabulary)
        self.fields = words.answers.get(workflow.start.form, {})
        self.scope = Scope({**facts_of(words.vocabulary), **self.fields}, words.answers)
        self.lines: dict[str, int] = {}
        every = {step.id: step for step in workflow.all_steps()}
        self.here = Here(workflow, words, self.scope, elsewhere(workflow.start.form, every, words), every)

    def steps(self, steps: Iterable[Step]) -> bool:
        """Check steps in their order; whether the run has ended for certain after them."""
        ended = told = False
        for step in steps:
            if ended and not told:
                told = True
                self.notes.add(step.place, "No run comes to this step: it has ended before.")
            ended = self.step(step) or ended
        return ended

    def step(self, step: Step) -> bool:
        check = CHECKS.get(type(step))
        if check:
            check(step, self.here)
        ends = self.choose(step) if isinstance(step, Choose) else isinstance(step, End)
        if self.new(step):
            self.scope.add(step)
        return ends

    def new(self, step: Step) -> bool:
        """Whether the step's id is its own; noted when it is not."""
        place = at(step, "id")
        if step.id in self.lines:
            self.notes.add(place, f'There is a step "{step.id}" already, in line {self.lines[step.id]}.')
        elif step.id in self.taken:
            self.notes.add(place, f'"{step.id}" has a meaning of its own and cannot be a step.')
        elif step.id in self.fields:
            self.notes.add(place, f'The start form has a field "{step.id}"; give the step another name.')
        elif step.id:
            self.lines[step.id] = place.line
            return True
        return False

    def choose(self, step: Choose) -> bool:
        """After a choice is known what was known before; and, when one branch alone goes on, what that branch gave."""
        going_on = [gained for branch in step.branches for ended, gained in [self.branch(branch)] if not ended]
        if len(going_on) == 1:
            for gained in going_on[0]:
                self.scope.add(gained)
        self.otherwise(step)
        return bool(step.branches) and not going_on

    def branch(self, branch: Branch) -> tuple[bool, list[Step]]:
        if branch.when:
            check_condition(branch.when, self.scope.names, self.here.elsewhere, self.notes)
        passed = len(self.scope.steps)
        ended = self.steps(branch.steps)
        return ended, self.scope.take_back(passed)

    def otherwise(self, step: Choose) -> None:
        """The last branch, and no other, takes what is left."""
        after = list(dropwhile(lambda branch: branch.when is not None, step.branches))
        if step.branches and not after:
            self.notes.add(at(step, "choose"), "Say what happens otherwise.", 'Add "- otherwise: continue" at the end.')
        for branch in after[1:]:
            self.notes.add(_begins(branch, step), 'No run comes to this branch: it stands after "otherwise".')


def _begins(branch: Branch, step: Choose) -> Place:
    if branch.when:
        return branch.when.place
    return branch.steps[0].place if branch.steps else at(step, "choose")
