"""What a new day brings by itself: looked for every hour, a few things at a time."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError

from forms_service.engine.drafts.discard import discard_old
from forms_service.engine.pause_by_day import pauses_by_day
from forms_service.engine.runtime import Runtime
from forms_service.engine.start_by_day import starts_by_day
from forms_service.engine.turn import Turn

EVERY = timedelta(hours=1)
AT_A_TIME = 200
"""Things in one look, so that a poller with thousands of them still rings in time."""

Look = Callable[[Runtime], bool]
"""Does what the day asks for; whether that was anything."""

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Calendar:
    """How far one poller has come in its look at everything; losing it costs only another look."""

    ahead: deque[Look] = field(default_factory=deque)
    turn: Turn = field(default_factory=lambda: Turn(EVERY))

    def look(self, rt: Runtime) -> int:
        """Look at the next things; how many of them the day has changed."""
        if not self.ahead and self.turn.has_come(rt.clock.now()):
            self.ahead.extend((*starts_by_day(rt), *pauses_by_day(rt), discard_old))
        return sum(_alone(rt, self.ahead.popleft()) for _ in range(min(AT_A_TIME, len(self.ahead))))


def _alone(rt: Runtime, look: Look) -> bool:
    """One thing that cannot be looked at keeps no other from its turn; it is looked at again in an hour."""
    try:
        return look(rt)
    except SQLAlchemyError:
        raise
    except Exception as error:  # noqa: BLE001 - see above
        log.error("the calendar: %s", type(error).__name__)  # noqa: TRY400 - its words may be somebody's
        return False
