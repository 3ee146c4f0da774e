"""What a verb is: three functions, of which most verbs need one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from forms_service.engine.context import Context
from forms_service.engine.outcome import Outcome
from forms_service.engine.runtime import Runtime

Product = bytes | None
"""What work outside the transaction made."""

Posted = Callable[[str], None]
"""Told the id of each message that waits to be sent once the transaction is committed."""


@dataclass(frozen=True, slots=True)
class Verb:
    """``freeze`` reads the input inside the claim, ``work`` is slow and outside, ``settle`` is inside the finish."""

    settle: Callable[[Context, Product, Posted], Outcome]
    freeze: Callable[[Context], dict[str, Any]] | None = None
    work: Callable[[Runtime, dict[str, Any]], Product] | None = None

    @property
    def is_quick(self) -> bool:
        """Nothing to freeze and nothing slow to do: it can be done on the way, inside somebody's transaction."""
        return self.freeze is None and self.work is None
