"""Whether the service is well: two short answers for machines, and «Drift» for people."""

from __future__ import annotations

from flask import Blueprint, flash, jsonify, redirect, render_template, url_for
from werkzeug.wrappers import Response

from forms_service.engine.operate.retry import retry_steps
from forms_service.texts import say
from forms_service.upkeep.crew import crew_of
from forms_service.upkeep.editions import editions
from forms_service.upkeep.machine import ask_mail_server, look_over
from forms_service.upkeep.machine import disk as room_on_disk
from forms_service.upkeep.matters import counted, matters_in
from forms_service.upkeep.standstill import standstill
from forms_service.web.current import actor, now, runtime
from forms_service.web.operations.by_workflow import by_workflow, titles
from forms_service.web.operations.health import health_of
from forms_service.web.operations.standstill import incidents
from forms_service.web.operations.yaml_check import check_folder

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
    health, disk = health_of(rt), room_on_disk(rt.settings)
    with rt.database.reading() as db:
        found, crew = standstill(db, now()), crew_of(db, now())
        return render_template(
            "operations/overview.html",
            matters=matters_in(found, crew, has_room=disk.well, rings=health.doorbell, now=now()),
            health=health,
            disk=disk,
            page=incidents(rt, db),
            found=found,
            crew=crew,
            unheard=rt.bell.unheard(),
            titles=titles(),
            counted=counted,
        )


@blueprint.get("/drift/versjoner")
def versions() -> str:
    """Each workflow's newest version, and the older ones that runs stand on."""
    with runtime().database.reading() as db:
        return render_template(
            "operations/versions.html", workflows=by_workflow(editions(db)), titles=titles(), counted=counted
        )


@blueprint.get("/drift/maskinen")
def machine() -> str:
    """What can be seen at once; a press of the button asks the others."""
    return render_template("operations/machine.html", health=health_of(runtime()), found=look_over(runtime().settings))


@blueprint.post("/drift/maskinen")
def look_closely() -> str:
    """The mail server, and every file of the folder that is served."""
    settings = runtime().settings
    found = (*look_over(settings), ask_mail_server(settings))
    return render_template(
        "operations/machine.html", health=health_of(runtime()), found=found, verdict=check_folder(settings)
    )


@blueprint.post("/drift/<step_id>")
def retry(step_id: str) -> Response:
    """Try a step that stopped again."""
    if retry_steps(runtime(), [step_id], actor()):
        flash("step_retried", "success")
    else:
        flash("step_settled_before", "info")
    return redirect(url_for("operations.overview"))
