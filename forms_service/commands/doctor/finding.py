"""One thing that the doctor looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from forms_service.settings import Settings


@dataclass(frozen=True, slots=True)
class Finding:
    """``mend`` is what to type or do; empty when all is well. ``must`` is False for what is only worse without."""

    name: str
    well: bool
    said: str
    mend: str = ""
    must: bool = True

    def __str__(self) -> str:
        word = "ok     " if self.well else "missing" if self.must else "better "
        hint = f"\n          {self.mend}" if self.mend and not self.well else ""
        return f"  {word} {self.name}: {self.said}{hint}"


Look = Callable[[Settings], list[Finding]]
