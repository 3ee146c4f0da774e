"""Messages that belong to no run: to somebody about her own account, and to whoever looks after the service."""

from __future__ import annotations

from datetime import datetime

from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy.orm import Session

from forms_service.engine.lock import CANCELLED
from forms_service.engine.runtime import Runtime
from forms_service.errors import LinkNotValid
from forms_service.storage.accounts import AccountLinkRow
from forms_service.storage.outbox import MessageRow
from forms_service.storage.people import PersonRow

PATH = "/konto/lenke/"
"""What follows is the secret: the access log leaves it out."""

OPERATOR = "operator"
"""The role of whoever looks after the service, who needs no account here: her address stands in the settings."""


def account_address_for(rt: Runtime, link_id: str) -> str:
    """The whole address of a one-time link to a new password; whoever has it may choose one."""
    return f"{rt.settings.base_url}{PATH}{_signer(rt).dumps(link_id)}"


def account_link_in(rt: Runtime, token: str) -> str:
    """The id of the link behind a token. Raises LinkNotValid when it is none of ours."""
    try:
        return str(_signer(rt).loads(token))
    except BadSignature as error:
        raise LinkNotValid from error


def may_go_alone(rt: Runtime, session: Session, row: MessageRow, now: datetime) -> bool:
    """Cancelled when it would tell nothing any more, or not to whom it was meant for."""
    goes = _is_todays(rt, row, now) if row.role == OPERATOR else _is_hers(session, row, now)
    if not goes:
        row.status, row.token = CANCELLED, None
    return goes


def _is_todays(rt: Runtime, row: MessageRow, now: datetime) -> bool:
    """Tomorrow's look tells more, and somebody may have been taken off the list."""
    return row.address in rt.settings.digest_to and rt.day(row.created_at) == rt.day(now)


def _is_hers(session: Session, row: MessageRow, now: datetime) -> bool:
    """Its link still opens something, and the person is here and at this address."""
    person = session.get(PersonRow, row.person_id, populate_existing=True)
    is_hers = person is not None and person.active and person.email == row.address
    link_id = row.account_link_id
    link = session.get(AccountLinkRow, link_id, populate_existing=True) if link_id else None
    return is_hers and (link is None or link.is_open(now))


def _signer(rt: Runtime) -> URLSafeSerializer:
    return URLSafeSerializer(rt.settings.secret_key, salt="account link")
