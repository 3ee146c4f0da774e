"""Seals on the access log: each tells of all lines that had none, and of the seal before."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, timedelta

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from forms_service.engine.runtime import Runtime
from forms_service.engine.turn import Turn
from forms_service.storage.cases import AccessRow, AccessSealRow

EVERY = timedelta(minutes=1)
MOST_LINES = 1000
"""Under one seal, so that putting on one never takes long."""

BEFORE_ALL = "0" * 64
"""What the first seal builds on."""


@dataclass(slots=True)
class Sealer:
    """When one poller last looked whether there is anything to seal."""

    turn: Turn = field(default_factory=lambda: Turn(EVERY))

    def look(self, rt: Runtime) -> int:
        """Put on a seal when it is time; how many lines came under one."""
        return seal(rt) if self.turn.has_come(rt.clock.now()) else 0


def seal(rt: Runtime) -> int:
    """Seal all lines that have no seal; how many. Of two who do it at once, one does."""
    sealed = 0
    try:
        while found := _seal_some(rt):
            sealed += found
    except IntegrityError:  # another poller was first; what is left is sealed at the next look
        pass
    return sealed


def digest_of(before: str, lines: Iterable[AccessRow]) -> str:
    """SHA-256, hexadecimal, of the digest before and of every line as it stands, ordered by id."""
    content = "\n".join([before, *map(_written, lines)])
    return hashlib.sha256(content.encode()).hexdigest()


def mark_of(key: str, digest: str) -> str:
    """HMAC-SHA-256, hexadecimal, with the service's key."""
    return hmac.new(f"access log {key}".encode(), digest.encode(), hashlib.sha256).hexdigest()


def newest_seal(session: Session) -> AccessSealRow | None:
    return session.scalars(select(AccessSealRow).order_by(AccessSealRow.number.desc()).limit(1)).first()


def _seal_some(rt: Runtime) -> int:
    unsealed = select(AccessRow).where(AccessRow.seal.is_(None)).order_by(AccessRow.id).limit(MOST_LINES)
    with rt.database.writing() as session:
        lines = session.scalars(unsealed.with_for_update()).all()  # whoever waits here finds them sealed
        if lines:
            _put_on(rt, session, lines)
    return len(lines)


def _put_on(rt: Runtime, session: Session, lines: Sequence[AccessRow]) -> None:
    last = newest_seal(session)
    digest = digest_of(last.digest if last else BEFORE_ALL, lines)
    row = AccessSealRow(
        number=last.number + 1 if last else 1,
        sealed_at=rt.clock.now(),
        lines=len(lines),
        digest=digest,
        mark=mark_of(rt.settings.secret_key, digest),
    )
    session.add(row)
    session.flush()  # whoever is second fails here, before any line is touched
    ids = [line.id for line in lines]
    session.execute(update(AccessRow).where(AccessRow.id.in_(ids)).values(seal=row.number))


def _written(line: AccessRow) -> str:
    at = line.at.astimezone(UTC).isoformat(timespec="microseconds")
    told = [line.id, at, line.person_id, line.role, line.office_id, line.participant_id, line.what, line.object_id]
    return json.dumps([*told, line.reason], ensure_ascii=False)
