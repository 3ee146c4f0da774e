"""end: the run ends here."""

from __future__ import annotations

from forms_service.engine.context import Context
from forms_service.engine.outcome import Ends, Outcome
from forms_service.engine.verbs.verb import Posted, Product, Verb
from forms_service.language.definitions import End


def settle(ctx: Context, product: Product, posted: Posted) -> Outcome:
    step = ctx.step
    assert isinstance(step, End)
    return Ends(step.outcome)


VERB = Verb(settle)
