"""One-time links: a signed id, good for one task until it is answered, withdrawn or too old."""

from __future__ import annotations

from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy.orm import Session

from forms_service.engine.pause import time_in
from forms_service.engine.runtime import Runtime
from forms_service.errors import LinkNotValid
from forms_service.storage.runs import LinkRow, RunRow, StepRow


def token_for(rt: Runtime, link_id: str) -> str:
    """The secret part of a link's address; whoever has it may answer the task."""
    return _signer(rt).dumps(link_id)


def address_for(rt: Runtime, link_id: str) -> str:
    return f"{rt.settings.base_url}/l/{token_for(rt, link_id)}"


def open_link(rt: Runtime, session: Session, token: str) -> LinkRow:
    """The link behind a token. Raises LinkNotValid when it is forged, used, withdrawn, too old, or its task is gone."""
    link = find_link(rt, session, token)
    step = session.get_one(StepRow, link.step_id)
    run = session.get_one(RunRow, step.run_id)
    if link.used_at or link.revoked_at or link.expires_at < time_in(rt, session, run, rt.clock.now()):
        raise LinkNotValid
    if step.status != "waiting":
        raise LinkNotValid
    return link


def find_link(rt: Runtime, session: Session, token: str) -> LinkRow:
    """The link behind a token, whatever has become of it. Raises LinkNotValid when there never was one."""
    try:
        link = session.get(LinkRow, _signer(rt).loads(token))
    except BadSignature as error:
        raise LinkNotValid from error
    if link is None:
        raise LinkNotValid
    return link


def _signer(rt: Runtime) -> URLSafeSerializer:
    return URLSafeSerializer(rt.settings.secret_key, salt="one-time link")
