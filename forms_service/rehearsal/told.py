"""What an author tells a rehearsal, as frozen values. Nothing here reads a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from forms_service.language.duration import Duration, Unit
from forms_service.language.expression import Expression
from forms_service.language.problems import NOWHERE, Place

Typed = Mapping[str, Sequence[str]]
"""What somebody types into a form: each field's name and its values, as a browser sends them."""

A_DAY = Duration(1, Unit.DAY)


@dataclass(frozen=True, slots=True)
class Given:
    """How one task is answered: how long after it came, and with what; ``after`` is None when it never is."""

    after: Duration | None = A_DAY
    typed: Typed = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Also:
    """Another workflow that somebody starts on a day."""

    on: date
    start: str
    given: Given
    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Told:
    """All of it; what is not told is invented.

    ``answers`` are by step ("talk", or "intake.talk" for one workflow alone): the first time, the second time …; the
    last one counts for all later times. ``facts`` are by dotted name. ``moves`` say, for a domain that is not there,
    which facts a move changes.
    """

    start: Given = Given()
    answers: Mapping[str, tuple[Given, ...]] = field(default_factory=dict)
    facts: Mapping[str, object] = field(default_factory=dict)
    moves: Mapping[str, Mapping[str, Expression]] = field(default_factory=dict)
    withheld: frozenset[str] = frozenset()
    away: frozenset[str] = frozenset()
    also: tuple[Also, ...] = ()

    def given(self, workflow: str, step: str, time: int) -> Given:
        """How a step is answered the ``time``-th time, from 1."""
        told = self.answers.get(f"{workflow}.{step}") or self.answers.get(step) or (Given(),)
        return told[min(time, len(told)) - 1]


NOTHING_TOLD = Told()
