"""each: the same steps for every item of a list, which is read once, when the step begins."""

from __future__ import annotations

from forms_service.engine.context import Context
from forms_service.engine.outcome import Done, Opens, Outcome
from forms_service.engine.plain import plain
from forms_service.engine.verbs.verb import Posted, Product, Verb
from forms_service.errors import ExpressionError
from forms_service.language.definitions import Each


def settle(ctx: Context, product: Product, posted: Posted) -> Outcome:
    step = ctx.step
    assert isinstance(step, Each)
    items, labels = _items(ctx, step)
    result = {"items": items, "labels": labels, "left": len(items)}
    numbers = range(1, len(items) + 1) if step.at_once else range(1, min(len(items), 1) + 1)
    return Opens(tuple((step.steps[0], number) for number in numbers), result) if items else Done(result)


def _items(ctx: Context, step: Each) -> tuple[list[object], list[object]]:
    """The items, and what people call them: their labels when they were chosen from a list in a form."""
    names = ctx.names()
    items = step.over.value(names) or []  # nothing chosen is an empty list
    if not isinstance(items, list):
        raise ExpressionError(f'"{step.over.source}" is no list.')
    name, _, field = f"{step.over.source.strip()}_label".rpartition(".")
    inside = names.get(name) if name else names
    labels = inside.get(field) if isinstance(inside, dict) else None
    return [plain(item) for item in items], [plain(item) for item in (labels or items)]


VERB = Verb(settle)
