"""A value that was needed and is not there, with the name an author gave it."""

from __future__ import annotations

from forms_service.errors import MissingValue


class MissingName(MissingValue):
    """A value that the workflow needs is missing."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f'"{name}" has no value.')
