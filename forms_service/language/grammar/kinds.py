"""What is known of a name: its type, its choices, and whether it must never leave."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from forms_service.language.vocabulary import ValueType

YES_AND_NO = ("yes", "no")
PLAIN = "*"


@dataclass(frozen=True, slots=True)
class Kind:
    """What is known of a name, or of any value.

    ``choices`` are all the stored values it can have (of a list: its entries), when they are known. An ``internal``
    answer must never leave. Beside a name that is ``labelled`` stands the label of what was chosen, beside one that is
    ``signed`` who signed. ``of`` is the kind of a list's entries when they are no plain texts. A row has ``columns``,
    the answers in it by name; the name of a group with one of them ("children.born") is a column ``in_rows``: documents
    go through it, expressions cannot.
    """

    type: ValueType
    choices: tuple[str, ...] = ()
    internal: bool = False
    labelled: bool = False
    signed: bool = False
    of: Kind | None = None
    columns: tuple[tuple[str, Kind], ...] = ()
    in_rows: bool = False

    @property
    def has_rows(self) -> bool:
        """It is a row, or holds some."""
        return self.type is ValueType.ROW or (self.of is not None and self.of.has_rows)

    @property
    def entry(self) -> Kind:
        """The kind of a list's entries; texts when nothing else is known."""
        return self.of or Kind(ValueType.TEXT, self.choices, self.internal, self.labelled)


def list_of(kind: Kind) -> Kind:
    """Many answers of one kind."""
    return Kind(ValueType.LIST, kind.choices, kind.internal, kind.labelled, of=kind)


Names = Mapping[str, Kind | ValueType]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Names that exist, but not where an expression stands, and why.

    ``unsure`` are steps and items whose form, workflow or list nobody could read, PLAIN among them when it is the start
    form: of what they may hold nothing is said, since one problem is enough.
    """

    names: Collection[str] = ()
    reason: str = "is not known yet at this step"
    unsure: Collection[str] = ()

    def may_hold(self, name: str) -> bool:
        first, dot, _ = name.partition(".")
        return first in self.unsure or (not dot and PLAIN in self.unsure)


def full(kind: Kind | ValueType) -> Kind:
    return kind if isinstance(kind, Kind) else Kind(kind)
