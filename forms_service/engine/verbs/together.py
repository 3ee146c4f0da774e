"""together: several lanes at the same time. The step waits until all of them have come to their end."""

from __future__ import annotations

from forms_service.engine.context import Context
from forms_service.engine.outcome import Opens, Outcome
from forms_service.engine.verbs.verb import Posted, Product, Verb
from forms_service.language.definitions import Together


def settle(ctx: Context, product: Product, posted: Posted) -> Outcome:
    step = ctx.step
    assert isinstance(step, Together)
    return Opens(tuple((lane[0], None) for lane in step.lanes), {"left": len(step.lanes)})


VERB = Verb(settle)
