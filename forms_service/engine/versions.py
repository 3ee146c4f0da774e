"""Moving runs to another version of their workflow: previewed, explicit, and refused where it would lose its way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from forms_service.engine.runtime import Runtime
from forms_service.engine.service import Actor


@dataclass(frozen=True, slots=True)
class Move:
    """What moving one run means.

    ``refused`` is empty, or a code with what it concerns ("step_missing: talk"); ``open_steps`` are the paths at which
    the run stands; ``warnings`` are such codes that refuse nothing.
    """

    run_id: str
    workflow: str
    old: int
    new: int
    refused: str
    open_steps: tuple[str, ...]
    warnings: tuple[str, ...] = ()


def preview(rt: Runtime, session: Session, run_ids: Sequence[str], version: int | None = None) -> tuple[Move, ...]:
    """What would become of runs when they were moved to a version (None: the newest). Raises NotFound."""
    raise NotImplementedError


def move_runs(rt: Runtime, run_ids: Sequence[str], version: int | None, reason: str, actor: Actor) -> tuple[Move, ...]:
    """Move each run that can be moved, in a transaction of its own; the others come back refused.

    Raises ReasonMissing, NotFound.
    """
    raise NotImplementedError
