"""Whether a run has surely ended after some steps."""

from __future__ import annotations

from forms_service.language.definitions import Choose, End, Step, Together


def always_ends(steps: tuple[Step, ...]) -> bool:
    """A list that is gone through may be empty, so what stands in an each decides nothing."""
    return any(_ends(step) and (step.failed is None or always_ends(step.failed)) for step in steps)


def _ends(step: Step) -> bool:
    match step:
        case End():
            return True
        case Choose(branches=branches):
            has_rest = any(branch.when is None for branch in branches)
            return has_rest and all(always_ends(branch.steps) for branch in branches)
        case Together(lanes=lanes):
            return any(always_ends(lane) for lane in lanes)
        case _:
            return False
