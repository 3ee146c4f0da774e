"""Why a file is not taken. The words are in texts/nb.yaml, under ``files``."""

from __future__ import annotations

from enum import StrEnum

from forms_service.errors import FormsServiceError


class Reason(StrEnum):
    """The key of the words."""

    EMPTY = "empty"
    TOO_BIG = "too_big"
    NOT_ACCEPTED = "not_accepted"
    BROKEN = "broken"
    LOCKED = "locked"
    ACTIVE = "active"
    AGAIN = "again"
    TOO_MANY_DOTS = "too_many_dots"


class FileRefused(FormsServiceError):
    """The file is not one that we take."""

    code = "file_refused"

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        super().__init__(f"A file was refused: {reason}.")
