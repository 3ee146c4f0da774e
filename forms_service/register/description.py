"""What ``service.yaml`` says, as frozen values. Nothing here reads a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from forms_service.errors import RecipientMissing
from forms_service.language.expression import Expression
from forms_service.language.problems import NOWHERE, Place
from forms_service.language.vocabulary import ValueType


@dataclass(frozen=True, slots=True)
class Role:
    """Who can hold a task or get a message.

    Without ``address`` and ``person`` these are all people who sign in with this role, and their tasks are shared.
    """

    key: str
    title: str
    address: str = ""
    """The fact that holds the e-mail address of somebody who never signs in, such as "loan.email"."""
    person: str = ""
    """The fact that holds the id or the e-mail address of one person who signs in."""
    place: Place = field(default=NOWHERE, compare=False, repr=False)
    places: Mapping[str, Place] = field(default_factory=dict, compare=False, repr=False)

    @property
    def signs_in(self) -> bool:
        return not self.address


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record: ``number`` begins the numbers that people know the records by, such as "L" in L-2026-0001."""

    key: str
    title: str
    number: str
    fields: Mapping[str, ValueType]
    """The first one is what people recognise a record by."""
    place: Place = field(default=NOWHERE, compare=False, repr=False)
    places: Mapping[str, Place] = field(default_factory=dict, compare=False, repr=False)

    @property
    def called(self) -> str:
        return next(iter(self.fields), "")


@dataclass(frozen=True, slots=True)
class Move:
    """Opens a record of a kind, or changes the one that the run is about.

    ``only`` is the condition under which it may; ``refusal`` is what people read when it may not.
    """

    key: str
    kind: str
    opens: bool
    sets: Mapping[str, Expression]
    only: Expression | None = None
    refusal: str = ""
    place: Place = field(default=NOWHERE, compare=False, repr=False)
    places: Mapping[str, Place] = field(default_factory=dict, compare=False, repr=False)

    def expressions(self) -> tuple[Expression, ...]:
        return (*self.sets.values(), *((self.only,) if self.only else ()))


@dataclass(frozen=True, slots=True)
class Description:
    """A whole service. ``releases`` maps a content to the condition under which it may go."""

    key: str
    title: str
    roles: Mapping[str, Role]
    subjects: Mapping[str, Kind]
    moves: Mapping[str, Move]
    releases: Mapping[str, Expression]

    def role(self, key: str) -> Role:
        """RecipientMissing for one that is gone: a run on an old version of its workflow may still name it."""
        if key not in self.roles:
            raise RecipientMissing(key)
        return self.roles[key]
