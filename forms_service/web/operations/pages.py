"""Whether the service is well: two short answers for machines, and «Drift» for people."""

from __future__ import annotations

from flask import Blueprint, flash, jsonify, redirect, render_template, url_for
from werkzeug.wrappers import Response

from forms_service.engine.operate.retry import retry_steps
from forms_service.texts import say
from forms_service.web.current import actor, now, runtime
from forms_service.web.operations.health import health_of
from forms_service.web.operations.standstill import incidents, load_of
from forms_service.web.outbox.list import count_problems

blueprint = Blueprint("operations", __name__)


@blueprint.get("/healthz")
def alive() -> Response:
    """The process answers."""
    return jsonify(alive=True)


@blueprint.get("/readyz")
def ready() -> tuple[Response, int]:
    """The database answers and has this version's tables; 503 when not. Without Valkey it is ready, but says so."""
    health = health_of(runtime())
    doorbell = "answers" if health.doorbell else "degraded"
    answer = jsonify(
        ready=health.ready, database=health.database, doorbell=doorbell, message=say(f"operations.{health.said}")
    )
    return answer, 200 if health.ready else 503


@blueprint.get("/drift")
def overview() -> str:
    rt = runtime()
    with rt.database.reading() as db:
        return render_template(
            "operations/overview.html",
            health=health_of(rt),
            page=incidents(rt, db),
            load=load_of(db, now()),
            stopped_messages=count_problems(db),
        )


@blueprint.post("/drift/<step_id>")
def retry(step_id: str) -> Response:
    """Try a step that stopped again."""
    if retry_steps(runtime(), [step_id], actor()):
        flash("step_retried", "success")
    else:
        flash("step_settled_before", "info")
    return redirect(url_for("operations.overview"))
