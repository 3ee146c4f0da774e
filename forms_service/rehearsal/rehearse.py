"""Walks a workflow through virtual time: from one due date to the next, with invented people who answer."""

from __future__ import annotations

from datetime import datetime

from forms_service.clock import FrozenClock
from forms_service.engine.runtime import Runtime
from forms_service.engine.service import Subject
from forms_service.language.duration import Duration, after
from forms_service.rehearsal.actors import Actors
from forms_service.rehearsal.happening import Happening, What
from forms_service.rehearsal.people import add_people
from forms_service.rehearsal.play import Play
from forms_service.rehearsal.scene import Scene
from forms_service.rehearsal.stage import open_stage
from forms_service.rehearsal.starter import with_starter
from forms_service.rehearsal.watch import Watch

MOST = 1_000
"""Happenings after which a rehearsal stops, so that a workflow without an end does not go on without one."""


def rehearse(play: Play, clock: FrozenClock, length: Duration, most: int = MOST) -> tuple[Happening, ...]:
    """All that happens from the clock's time on, in order. Nothing is sent, nothing outside of memory is written.

    InvalidDefinitions for files with problems, and for told answers that a form refuses; NotRehearsed when the smallest
    answers are not enough.
    """
    starter, files = with_starter(play.files, play.workflow, play.service.vocabulary)
    rt, post = open_stage(files, play.service, clock, play.zone)
    try:
        scene = Scene(rt, clock, play.told, Actors(rt))
        scene.begin(rt.library.current().workflows[starter or play.workflow], _set_up(play, rt))
        return _played(scene, Watch(rt, post, starter), after(clock.now(), length, play.zone), most)
    finally:
        rt.database.close()


def _set_up(play: Play, rt: Runtime) -> Subject:
    now = rt.clock.now()
    with rt.database.writing() as session:
        add_people(session, rt.service.vocabulary.roles, play.told.away, now.astimezone(play.zone).date())
        return play.subject(session, now)


def _played(scene: Scene, watch: Watch, end: datetime, most: int) -> tuple[Happening, ...]:
    while len(watch.told) < most and (coming := scene.next()) and coming.at <= end:
        scene.play(coming)
        watch.look()
        watch.told.extend(scene.refusals)
        scene.refusals.clear()
    if len(watch.told) < most:
        return tuple(watch.told)
    last = watch.told[most - 1]
    return *watch.told[:most], Happening(last.at, What.STOPPED, last.workflow, text=f"after {most} happenings")
