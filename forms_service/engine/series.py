"""When the rounds of a repeating workflow fall due: always counted from the anchor, never from the round before."""

from __future__ import annotations

from datetime import datetime

from forms_service.engine.context import Context
from forms_service.language.definitions import Repeat
from forms_service.language.duration import nth


def first_due(ctx: Context, repeat: Repeat) -> datetime:
    return due_of(ctx, repeat, 1)


def due_of(ctx: Context, repeat: Repeat, number: int) -> datetime:
    anchor = repeat.anchor or ctx.edition.workflow.start.on
    assert anchor is not None  # the check refuses a repeat without a beginning
    day = anchor.date({**ctx.facts(), "today": ctx.today})
    return nth(day, repeat.every, number, ctx.rt.zone)


def latest_due(ctx: Context, repeat: Repeat, number: int) -> int:
    """The latest round that is due by now; rounds that were missed before it are left out."""
    while due_of(ctx, repeat, number + 1) <= ctx.now:
        number += 1
    return number
