"""Signing out ends the session itself, not only this browser's cookie: a copy of it opens nothing any more."""

from __future__ import annotations

import hashlib

from flask import session
from sqlalchemy import ColumnElement, bindparam, delete, exists

from forms_service.clock import RealClock
from forms_service.storage.accounts import EndedSessionRow
from forms_service.storage.insert import insert_if_new
from forms_service.web.current import runtime
from forms_service.web.sign_in.lasting import LONGEST


def end_session() -> None:
    """Kept only while the session could have lasted; older ones have ended by themselves."""
    now = RealClock().now()
    with runtime().database.writing() as db:
        db.execute(delete(EndedSessionRow).where(EndedSessionRow.ended_at < now - LONGEST))
        insert_if_new(db, EndedSessionRow, code=code_of_session(), ended_at=now)


def code_of_session() -> str:
    return hashlib.sha256(str(session.get("id", "")).encode()).hexdigest()


def has_ended() -> ColumnElement[bool]:
    """As part of a query, with the session's code as ``session``."""
    return exists().where(EndedSessionRow.code == bindparam("session"))
