"""choose: the first branch whose expression is true is taken."""

from __future__ import annotations

from forms_service.engine.context import Context
from forms_service.engine.outcome import Done, GoTo, Outcome
from forms_service.engine.verbs.verb import Posted, Product, Verb
from forms_service.language.definitions import Choose


def settle(ctx: Context, product: Product, posted: Posted) -> Outcome:
    step = ctx.step
    assert isinstance(step, Choose)
    names = ctx.names()
    for number, branch in enumerate(step.branches):
        if branch.when is None or branch.when.holds(names):
            result = {"branch": number}
            return GoTo(branch.steps[0], result) if branch.steps else Done(result)
    return Done({"branch": None})


VERB = Verb(settle)
