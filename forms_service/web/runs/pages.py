"""«Kjøringer»: the list with its search, one run, and the pictures of workflows."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from forms_service.engine.operate.search import find_runs
from forms_service.web.current import runtime
from forms_service.web.paging import PAGE_SIZE
from forms_service.web.runs.act import act_on_run, act_on_step
from forms_service.web.runs.discreet import discreet_line, names_of_operators
from forms_service.web.runs.looks import detail_to_show, participant_to_show, sees_cases
from forms_service.web.runs.move import move
from forms_service.web.runs.pictures import order_in, picture_of_run, picture_of_workflow
from forms_service.web.runs.search import STATUSES, asked_for, in_address
from forms_service.web.runs.settle import settle
from forms_service.web.runs.story import names_in, steps_in_order, story_of
from forms_service.web.runs.try_again import try_runs_again, try_steps_again

blueprint = Blueprint("runs", __name__, url_prefix="/drift")
blueprint.add_url_rule("/kjoringer/<run_id>/gjor/<name>", view_func=act_on_run, methods=["GET", "POST"])
blueprint.add_url_rule("/kjoringer/<run_id>/steg/<step_id>/<name>", view_func=act_on_step, methods=["GET", "POST"])
blueprint.add_url_rule("/kjoringer/<run_id>/prov-igjen", view_func=try_steps_again, methods=["POST"])
blueprint.add_url_rule("/kjoringer/<run_id>/melding/<message_id>", view_func=settle, methods=["POST"])
blueprint.add_url_rule("/ny-versjon", view_func=move, methods=["GET", "POST"])


@blueprint.get("/kjoringer")
def everything() -> str:
    """The newest first, as far as the search in the address goes."""
    rt, search = runtime(), asked_for()
    with rt.database.reading() as db:
        found = find_runs(rt, db, search, limit=PAGE_SIZE, after=request.args.get("etter", ""))
    workflows = {key: each.title for key, each in rt.library.current_as_read().workflows.items()}
    return render_template(
        "runs/list.html",
        runs=found.rows if sees_cases() else [discreet_line(each) for each in found.rows],
        next=found.next,
        search=search,
        address=in_address(search),
        is_later_page="etter" in request.args,
        workflows=workflows,
        statuses=STATUSES,
        sees_cases=sees_cases(),
    )


@blueprint.post("/kjoringer")
def those_ticked() -> Response:
    """What a button below the list does with the runs that are ticked."""
    run_ids = request.form.getlist("kjoring")
    if not run_ids:
        flash("no_run_ticked", "info")
    elif request.form.get("do") == "move":
        return redirect(url_for("runs.move", kjoring=run_ids))
    else:
        try_runs_again(run_ids)
    return redirect(url_for("runs.everything", **in_address(asked_for())))


@blueprint.get("/kjoringer/<run_id>")
def one(run_id: str) -> str:
    """One run with its picture; whose case it is only for those who see cases, and that look is noted."""
    rt = runtime()
    with rt.database.writing() as db:
        detail = detail_to_show(rt, db, run_id)
        names = names_in(db, detail)
        names = names if sees_cases() else names_of_operators(db, names)
        return render_template(
            "runs/one.html",
            detail=detail,
            run=detail.run,
            names=names,
            steps=steps_in_order(detail, order_in(rt, db, run_id) if detail.run.readable else ()),
            story=story_of(detail, names),
            picture=picture_of_run(rt, db, run_id) if detail.run.readable else "",
            participant_id=participant_to_show(db, detail),
            sees_cases=sees_cases(),
        )


@blueprint.get("/arbeidsflyter")
def workflows() -> str:
    return render_template("runs/workflows.html", workflows=runtime().library.current_as_read().workflows)


@blueprint.get("/arbeidsflyter/<key>")
def workflow(key: str) -> str:
    """How new runs go."""
    rt = runtime()
    picture, known = picture_of_workflow(rt, key), rt.library.current_as_read().workflows
    return render_template("runs/workflow.html", workflow=known[key], picture=picture)
