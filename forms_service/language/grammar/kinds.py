"""What is known of a name: its type, its choices, and whether it must never leave."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from forms_service.language.vocabulary import ValueType

YES_AND_NO = ("yes", "no")
PLAIN = "*"


@dataclass(frozen=True, slots=True)
class Kind:
    """A name's type, all the stored values it can have when they are known, and whether it must never leave."""

    type: ValueType
    choices: tuple[str, ...] = ()
    internal: bool = False


Names = Mapping[str, Kind | ValueType]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Names that exist, but not where an expression stands, and why.

    ``unsure`` are steps whose form nobody could read, PLAIN among them when it is the start form: of what they may hold
    nothing is said, since one problem is enough.
    """

    names: Collection[str] = ()
    reason: str = "is not known yet at this step"
    unsure: Collection[str] = ()

    def may_hold(self, name: str) -> bool:
        first, dot, _ = name.partition(".")
        return first in self.unsure or (not dot and PLAIN in self.unsure)


def full(kind: Kind | ValueType) -> Kind:
    return kind if isinstance(kind, Kind) else Kind(kind)
