"""What becomes of the clock of a series when its run moves to a version whose rounds fall on other days."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from forms_service.engine.context import Context
from forms_service.engine.edition import Edition
from forms_service.engine.series import SHIFT, Series, series_of
from forms_service.engine.verbs.repeat import MOVED
from forms_service.errors import ExpressionError, MissingValue
from forms_service.language.duration import Duration


@dataclass(frozen=True, slots=True)
class Setting:
    """When the clock rings next, and how many rounds came before those that are counted anew."""

    due_at: datetime
    shift: int


def setting(ctx: Context, old: Edition) -> Setting:
    """How the clock of a series is set in another edition, which is the context's.

    In another rhythm the next round is the first one that is still to come. A day that a person has chosen stays, and
    a round that is due already is not put off. A clock whose new anchor is not known stays, and stops when it rings.
    """
    row, repeat = ctx.row, ctx.edition.workflow.repeat
    assert repeat is not None
    stays = bool(row.input.get(MOVED)) or row.due_at <= ctx.now
    try:
        series = series_of(ctx, repeat)
        if has_another_rhythm(old, ctx.edition) and row.visit > 0:
            first = 0 if repeat.anchor is None else 1
            series = _counted_anew(series, first, ctx.now, row.visit + 1 if stays else row.visit)
        return Setting(row.due_at if stays else series.due(row.visit), series.shift)
    except (MissingValue, ExpressionError):
        return Setting(row.due_at, row.input.get(SHIFT, 0))


def has_another_rhythm(old: Edition, new: Edition) -> bool:
    return _rhythm(old) != _rhythm(new)


def _rhythm(edition: Edition) -> tuple[object, Duration] | None:
    """The anchor in its author's words, and how often."""
    repeat = edition.workflow.repeat
    return (repeat.anchor or edition.workflow.start.on, repeat.every) if repeat else None


def _counted_anew(series: Series, first: int, now: datetime, number: int) -> Series:
    """The first round after now, and not before the ``first`` there is, gets this number."""
    series = replace(series, shift=0)
    coming = first if series.due(first) > now else series.latest(first, now) + 1
    return replace(series, shift=number - coming)
