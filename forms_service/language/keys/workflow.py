"""The keys of a workflow, around its steps."""

from __future__ import annotations

from forms_service.language.definitions import Missed, Overlap, PauseClock
from forms_service.language.keys.key import Key, Keys, Many, OneOf, Takes

START = Keys(
    '"start"',
    {
        "form": Key(Takes.FORM, "The form that is filled in to start it; without one there is a button."),
        "by": Key(Many(Takes.ROLE), "The roles that may start it."),
        "on": Key(
            Takes.EXPRESSION, "The date on which it starts by itself, once for each subject, or once for each date."
        ),
    },
)
REPEAT = Keys(
    '"repeat"',
    {
        "every": Key(Takes.DURATION, "How long from one round to the next.", needed=True),
        "from": Key(Takes.EXPRESSION, "The date that rounds are counted from; without it the date of start.on."),
        "until": Key(
            Takes.EXPRESSION, "No round falls due on or after this date; when it has come the series is over."
        ),
        "missed": Key(OneOf(tuple(Missed)), "Rounds missed while the service was off: the latest, all, or none."),
        "overlap": Key(OneOf(tuple(Overlap)), "A round due while the one before is under way: skip or allow it."),
    },
)
PAUSE = Keys(
    '"pause"',
    {
        "clock": Key(OneOf(tuple(PauseClock)), "stops: the time left is kept; runs: dates stay as they were."),
        "while": Key(
            Takes.EXPRESSION, "A run pauses by itself as long as this holds; about today and facts of the subject."
        ),
    },
)
WORKFLOW = Keys(
    "A workflow",
    {
        "workflow": Key(Takes.TEXT, "The workflow's name, the same as the file's.", needed=True),
        "title": Key(Takes.TEXT, "What people see.", needed=True),
        "about": Key(Takes.SUBJECT, "The kind of subject that it is about when it starts."),
        "start": Key(START, "How it starts: with a form, with a button, or by itself on a date."),
        "repeat": Key(REPEAT, "How it comes back, round after round."),
        "pause": Key(PAUSE, "How its runs pause."),
        "steps": Key(Takes.STEPS, "What happens, from top to bottom.", needed=True),
    },
)
