"""Who asks, found out anew for each request; what they may open is the table's to say (web.access)."""

from __future__ import annotations

from flask import Flask
from flask_login import LoginManager  # type: ignore[import-untyped]
from sqlalchemy import bindparam, select

from forms_service.storage.accounts import AccountRow
from forms_service.storage.people import PersonRow
from forms_service.web.current import runtime
from forms_service.web.sign_in.account import Account, account_of
from forms_service.web.sign_in.ended import code_of_session, has_ended
from forms_service.web.sign_in.lasting import has_number, note_use, still_counts, way_now
from forms_service.web.sign_in.ways import is_open

KNOWN = select(PersonRow, AccountRow.sessions, has_ended()).outerjoin(AccountRow, AccountRow.person_id == PersonRow.id)
KNOWN = KNOWN.where(PersonRow.id == bindparam("wanted"))


def know_who(app: Flask) -> None:
    """Let all pages of ``app`` know who is signed in."""
    manager = LoginManager()
    manager.session_protection = "basic"
    manager.user_loader(_load)
    manager.init_app(app, add_context_processor=False)


def _load(person_id: str) -> Account | None:
    """Read anew for each request, so that ended access ends at once, and so do sessions from before."""
    if not still_counts() or not is_open(way_now()):
        return None
    note_use()
    with runtime().database.reading() as session:
        known = session.execute(KNOWN, {"wanted": person_id, "session": code_of_session()}).one_or_none()
    return account_of(known[0]) if known and has_number(known[1] or 0) and not known[2] else None
