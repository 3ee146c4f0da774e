"""The page of one act: what it means, why, and then it is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from forms_service.engine.operate.detail import RunDetail, StepLine, detail_of
from forms_service.errors import AlreadyDone, FormsServiceError, NoNextRound, NotFound, RecipientMissing, StepAtWork
from forms_service.texts import say
from forms_service.web.current import actor, runtime
from forms_service.web.runs.acts import RUN_ACTS, STEP_ACTS, Act, Given
from forms_service.web.runs.fields import LONGEST_REASON, read
from forms_service.web.runs.holders import holders

NOT_NOW: Mapping[type[FormsServiceError], str] = {
    AlreadyDone: "act_too_late",
    StepAtWork: "step_at_work",
    NoNextRound: "no_next_round",
}
"""What happened meanwhile → what the run's page says about it."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One act on one run, or on one of its steps."""

    name: str
    act: Act
    detail: RunDetail
    step: StepLine | None
    holders: Mapping[str, str]

    @property
    def can_be_done(self) -> bool:
        return self.act.can in (self.step.can if self.step else self.detail.can)

    @property
    def target(self) -> str:
        return self.step.id if self.step else self.detail.run.id


def act_on_run(run_id: str, name: str) -> Response:
    return _answer(_sheet(RUN_ACTS, name, run_id, ""))


def act_on_step(run_id: str, step_id: str, name: str) -> Response:
    return _answer(_sheet(STEP_ACTS, name, run_id, step_id))


def _sheet(acts: Mapping[str, Act], name: str, run_id: str, step_id: str) -> Sheet:
    """Raises NotFound."""
    rt = runtime()
    if name not in acts:
        raise NotFound
    with rt.database.reading() as db:
        detail = detail_of(rt, db, run_id)
        step = next((each for each in detail.steps if each.id == step_id), None)
        if step_id and step is None:
            raise NotFound
        asks_whom = step is not None and acts[name].asks == "holder"
        offered = holders(rt, db, run_id, step) if step and asks_whom else {}
    return Sheet(name, acts[name], detail, step, offered)


def _answer(sheet: Sheet) -> Response:
    if not sheet.can_be_done:
        return _back(sheet, "act_too_late", "info")
    if request.method != "POST":
        return _page(sheet, {})
    given, errors = read(sheet.act, request.form, runtime().zone, sheet.holders)
    return _page(sheet, errors) if errors else _do(sheet, given)


def _do(sheet: Sheet, given: Given) -> Response:
    try:
        sheet.act.do(runtime(), sheet.target, given, actor())
    except RecipientMissing:
        return _page(sheet, {"holder": say("runs.nobody_holds")})
    except (AlreadyDone, StepAtWork, NoNextRound) as error:
        return _back(sheet, NOT_NOW[type(error)], "info")
    return _back(sheet, f"act_{sheet.act.can}", "success")


def _back(sheet: Sheet, said: str, colour: str) -> Response:
    flash(said, colour)
    return redirect(url_for("runs.one", run_id=sheet.detail.run.id))


def _page(sheet: Sheet, errors: Mapping[str, str]) -> Response:
    page = render_template("runs/act.html", sheet=sheet, errors=errors, typed=request.form, longest=LONGEST_REASON)
    return make_response(page, 422 if errors else 200)
