"""The web application: one runtime, all pages."""

from __future__ import annotations

from flask import Flask
from flask_wtf.csrf import CSRFProtect  # type: ignore[import-untyped]

from forms_service.accounts.hashing import Hasher
from forms_service.engine.runtime import Runtime
from forms_service.web.absence.pages import blueprint as absence
from forms_service.web.access.guard import guard
from forms_service.web.accounts.pages import blueprint as accounts
from forms_service.web.current import EXTENSION, HASHER
from forms_service.web.desk.pages import blueprint as desk
from forms_service.web.documents.pages import blueprint as documents
from forms_service.web.drafts.pages import blueprint as drafts
from forms_service.web.errors.pages import Pages, explain
from forms_service.web.forms.pages import blueprint as forms
from forms_service.web.handing.pages import blueprint as handing
from forms_service.web.inbox.pages import blueprint as inbox
from forms_service.web.limits.gate import limit
from forms_service.web.links.pages import blueprint as links
from forms_service.web.look.pages import blueprint as look
from forms_service.web.matching.pages import blueprint as matching
from forms_service.web.my_account.pages import blueprint as my_account
from forms_service.web.operations.pages import blueprint as operations
from forms_service.web.outbox.pages import blueprint as outbox
from forms_service.web.paper.pages import blueprint as paper
from forms_service.web.participants.access_log import blueprint as looks
from forms_service.web.participants.everyone import blueprint as everyone
from forms_service.web.participants.pages import blueprint as participants
from forms_service.web.preview.pages import blueprint as preview
from forms_service.web.records.pages import blueprint as records
from forms_service.web.runs.pages import blueprint as runs
from forms_service.web.security import behind, secure
from forms_service.web.sign_in.gate import know_who
from forms_service.web.sign_in.pages import blueprint as sign_in
from forms_service.web.switch import offer_languages
from forms_service.web.traces.line import leave_traces
from forms_service.web.week.pages import blueprint as week
from forms_service.web.words import teach

ROOMS = (
    sign_in,
    my_account,
    desk,
    handing,
    week,
    absence,
    inbox,
    forms,
    links,
    drafts,
    everyone,
    looks,
    participants,
    matching,
    documents,
    outbox,
    operations,
    accounts,
    runs,
    records,
    paper,
    preview,
    look,
)


def create_app(rt: Runtime, hasher: Hasher | None = None) -> Flask:
    """The application that answers with ``rt``; nothing is opened here. Tests pass a ``hasher`` that costs less."""
    app = Pages("forms_service.web")
    app.secret_key = rt.settings.secret_key
    app.extensions[EXTENSION] = rt
    app.extensions[HASHER] = hasher or Hasher()
    secure(app, rt.settings.base_url)
    behind(app, rt.settings.proxies)
    CSRFProtect(app)
    know_who(app)
    limit(app)
    guard(app)
    explain(app)
    leave_traces(app)
    teach(app, rt)
    offer_languages(app)
    for room in ROOMS:
        app.register_blueprint(room)
    return app
