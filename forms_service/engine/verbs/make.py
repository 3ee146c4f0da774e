"""make: a document. Its data and number are frozen when the step is claimed; its bytes come with the finish."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from forms_service.documents.allow_list import allowed
from forms_service.documents.press import Stamp
from forms_service.engine.context import Context
from forms_service.engine.crash import crash_point
from forms_service.engine.outcome import Done, Outcome
from forms_service.engine.plain import plain
from forms_service.engine.runtime import Runtime
from forms_service.engine.verbs.verb import Posted, Product, Verb
from forms_service.language.definitions import Document, Make
from forms_service.storage.counters import next_number
from forms_service.storage.papers import DocumentRow


def freeze(ctx: Context) -> dict[str, Any]:
    document = _document(ctx)
    year = ctx.today.year
    return {
        "definition": ctx.run.definition_id,
        "document": document.key,
        "data": plain(allowed(document.uses, ctx.names())),
        "number": f"{year}-{next_number(ctx.session, f'document:{year}'):05}",
        "date": ctx.today.isoformat(),
    }


def work(rt: Runtime, frozen: dict[str, Any]) -> Product:
    with rt.database.reading() as session:
        edition = rt.library.of(session, frozen["definition"])
    document = edition.definitions.documents[frozen["document"]]
    stamp = Stamp(number=frozen["number"], title=document.title, date=date.fromisoformat(frozen["date"]))
    return rt.press.render(document, frozen["data"], stamp)


def settle(ctx: Context, product: Product, posted: Posted) -> Outcome:
    assert product is not None
    document = _document(ctx)
    row = DocumentRow(
        step_id=ctx.row.id,
        run_id=ctx.run.id,
        name=document.key,
        number=ctx.row.input["number"],
        title=document.title,
        subject_kind=ctx.run.subject_kind,
        subject_id=ctx.run.subject_id,
        participant_id=ctx.rt.service.participant_id(ctx.session, ctx.subject),
        open_to=list(document.open_to),
        sha256=hashlib.sha256(product).hexdigest(),
        made_at=ctx.now,
        pdf=product,
    )
    ctx.session.add(row)
    ctx.session.flush()
    crash_point("document_written")
    return Done({"document": row.id})


def _document(ctx: Context) -> Document:
    step = ctx.step
    assert isinstance(step, Make)
    return ctx.edition.definitions.documents[step.document]


VERB = Verb(settle, freeze, work)
