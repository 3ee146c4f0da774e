"""«Flytt til ny versjon»: what would become of some runs, and then the move."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, make_response, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from forms_service.engine.operate.lines import RunLine, lines_of
from forms_service.engine.versions import Move, move_runs, preview
from forms_service.errors import NotFound
from forms_service.storage.runs import RunRow
from forms_service.texts import say
from forms_service.web.current import actor, runtime
from forms_service.web.paging import PAGE_SIZE
from forms_service.web.runs.acts import Act
from forms_service.web.runs.discreet import discreet_line
from forms_service.web.runs.fields import LONGEST_REASON, read
from forms_service.web.runs.looks import sees_cases

REASON_ALONE = Act("move", lambda rt, target, given, actor: None)


def move() -> Response:
    """A preview of the runs in the address; the same page moves them, to the versions that the preview showed."""
    run_ids = list(dict.fromkeys(request.values.getlist("kjoring")))[:PAGE_SIZE]
    if not run_ids:
        raise NotFound
    moves, lines = _previewed(run_ids)
    errors: dict[str, str] = {}
    if request.method == "POST":
        given, errors = read(REASON_ALONE, request.form, runtime().zone, ())
        if not errors and _as_shown(moves):
            return _move(moves, given.reason)
    page = render_template(
        "runs/move.html", moves=moves, lines=lines, errors=errors, typed=request.form, longest=LONGEST_REASON
    )
    return make_response(page, 422 if errors else 200)


def _previewed(run_ids: Sequence[str]) -> tuple[tuple[Move, ...], dict[str, RunLine]]:
    """What would become of each, and where each stands in words. Raises NotFound."""
    rt = runtime()
    with rt.database.reading() as db:
        moves = preview(rt, db, run_ids)
        runs = db.scalars(select(RunRow).where(RunRow.id.in_(run_ids))).all()
        lines = lines_of(rt, db, runs)
        return moves, {line.id: line if sees_cases() else discreet_line(line) for line in lines}


def _as_shown(moves: Sequence[Move]) -> bool:
    """Whether the versions are still those that the page showed; a newer one may have come meanwhile."""
    shown = {f"{each.run_id}:{each.new}" for each in moves if not each.refused} == set(request.form.getlist("til"))
    if not shown:
        flash("preview_is_old", "info")
    return shown


def _move(moves: Sequence[Move], reason: str) -> Response:
    """Each run to the version that the preview named."""
    moved = [
        done
        for each in moves
        if not each.refused
        for done in move_runs(runtime(), [each.run_id], each.new, reason, actor())
        if not done.refused
    ]
    if moved:
        flash(say("runs.moved_one" if len(moved) == 1 else "runs.moved", n=len(moved)), "success")
    else:
        flash("nothing_moved", "info")
    if len(moves) == 1:
        return redirect(url_for("runs.one", run_id=moves[0].run_id))
    return redirect(url_for("runs.everything"))
