"""Checks one workflow from top to bottom: its words, its order, and what is known at each step."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from itertools import dropwhile

from forms_service.language.checking.form import check_condition, check_type
from forms_service.language.checking.head import check_head
from forms_service.language.checking.ids import Ids
from forms_service.language.checking.items import check_items
from forms_service.language.checking.names import facts_of, reserved
from forms_service.language.checking.scope import Passed, Scope, StepNames
from forms_service.language.checking.step import CHECKS, Here
from forms_service.language.checking.words import Words
from forms_service.language.definitions import Branch, Choose, Each, End, Step, Together, Workflow, at, walk
from forms_service.language.grammar.kinds import PLAIN, Elsewhere, Kind
from forms_service.language.problems import Place
from forms_service.language.vocabulary import ValueType


def check_workflow(workflow: Workflow, words: Words) -> None:
    check_head(workflow, words)
    Walk(workflow, words).steps(workflow.steps)


def unsure_of(start_form: str, every: Mapping[str, Step], words: Words) -> set[str]:
    """The steps whose names nobody could read."""
    unsure = {step.id for step in every.values() if type(step) is Step or words.given.by(step) is None}
    return unsure | {PLAIN} if start_form and start_form not in words.given.answers else unsure


class Walk:
    """One walk through one workflow."""

    def __init__(self, workflow: Workflow, words: Words) -> None:
        self.notes = words.notes
        fields = words.given.answers.get(workflow.start.form, {})
        every = {step.id: step for step in workflow.all_steps()}
        self.ids = Ids(reserved(words.vocabulary), fields, every, words.notes)
        self.scope = Scope({**facts_of(words.vocabulary), **fields}, words.given)
        self.unsure = unsure_of(workflow.start.form, every, words)
        anywhere = StepNames({}, {key: Passed(step) for key, step in every.items()}, words.given)
        self.here = Here(workflow, words, self.scope, Elsewhere(anywhere, unsure=self.unsure), every)

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
        if step.failed is None:
            return self.tried(step)
        return self.ways((partial(self.tried, step), partial(self.steps, step.failed)))

    def tried(self, step: Step) -> bool:
        """The step itself, when it does not fail."""
        check = CHECKS.get(type(step))
        if check:
            check(step, self.here)
        ended = self.inside(step)
        if self.ids.new_step(step):
            self.scope.add(step)
        return ended

    def inside(self, step: Step) -> bool:
        match step:
            case Choose():
                return self.choose(step)
            case Together():
                return self.together(step)
            case Each():
                return self.each(step)
            case _:
                return isinstance(step, End)

    def ways(self, ways: Iterable[Callable[[], bool]]) -> bool:
        """Ways of which a run goes one; what one gives is known after them only when it alone goes on."""
        tried = [self.alone(way) for way in ways]
        going_on = [gained for ended, gained in tried if not ended]
        if len(going_on) == 1:
            self.scope.give_back(going_on[0])
        return not going_on

    def alone(self, way: Callable[[], bool]) -> tuple[bool, list[Passed]]:
        """Whether the run has ended after one way, and what it gave, which is then forgotten."""
        passed = len(self.scope)
        ended = way()
        return ended, self.scope.take_back(passed)

    def choose(self, step: Choose) -> bool:
        ended = self.ways(partial(self.branch, branch) for branch in step.branches)
        self.otherwise(step)
        return bool(step.branches) and ended

    def branch(self, branch: Branch) -> bool:
        if branch.when:
            check_condition(branch.when, self.scope.names, self.here.elsewhere, self.notes)
        return self.steps(branch.steps)

    def otherwise(self, step: Choose) -> None:
        """The last branch, and no other, takes what is left."""
        after = list(dropwhile(lambda branch: branch.when is not None, step.branches))
        if step.branches and not after:
            self.notes.add(at(step, "choose"), "Say what happens otherwise.", 'Add "- otherwise: continue" at the end.')
        for branch in after[1:]:
            self.notes.add(_begins(branch, step), 'No run comes to this branch: it stands after "otherwise".')

    def together(self, step: Together) -> bool:
        """Lanes do not see each other; after them all that they gave is known, and one that ends ends the run."""
        lanes = [self.alone(partial(self.steps, lane)) for lane in step.lanes]
        for _, gained in lanes:
            self.scope.give_back(gained)
        return any(ended for ended, _ in lanes)

    def each(self, step: Each) -> bool:
        """After the last item, every answer that any step inside gave is known as a list; an empty one if need be."""
        rule = "What each goes through is a list"
        kind = check_type(step.over, ValueType.LIST, rule, self.scope.names, self.here.elsewhere, self.notes)
        self.alone(partial(self.item, step, check_items(step, kind, self.scope, self.notes)))
        for inner in walk(step.steps):
            if inner.id:
                self.scope.add(inner, listed=True)
        return False

    def item(self, step: Each, kind: Kind | None) -> bool:
        """The steps of one item, whose name is known among them and nowhere else."""
        if not self.ids.new_item(step):
            return self.steps(step.steps)
        self.ids.items.add(step.item)
        names = names_in(step.item, kind) if kind else {}
        self.scope.plain |= names
        self.unsure |= set() if kind else {step.item}
        ended = self.steps(step.steps)
        self.ids.items.discard(step.item)
        for name in names:
            del self.scope.plain[name]
        self.unsure.discard(step.item)
        return ended


def names_in(item: str, kind: Kind) -> dict[str, Kind]:
    """The item, and the answers in it when it is a row of a group."""
    return {item: kind, **{f"{item}.{name}": column for name, column in kind.columns}}


def _begins(branch: Branch, step: Choose) -> Place:
    if branch.when:
        return branch.when.place
    return branch.steps[0].place if branch.steps else at(step, "choose")
