"""The keys of each verb, and those of every step."""

from __future__ import annotations

from forms_service.language.keys.key import Either, Key, Keys, Many, OneOf, Takes

RETRY = Keys(
    '"retry"',
    {
        "times": Key(Takes.NUMBER, "How often it is tried in all, 1 to 20.", needed=True),
        "every": Key(Takes.DURATION, "How long between two tries; without it longer each time."),
    },
)
LATE = Keys(
    '"late"',
    {
        "give": Key(Takes.ROLE, "The role that gets the task."),
        "send": Key(Takes.MESSAGE, "The message that is sent."),
        "to": Key(Takes.ROLE, "The role that the message goes to."),
    },
)
HELD = Keys(
    '"held"',
    {
        "ask": Key(Takes.ROLE, "Who decides.", needed=True),
        "form": Key(Takes.FORM, "The form with the field outcome: try_again or drop.", needed=True),
    },
)
UNTIL = Keys('"wait"', {"until": Key(Takes.EXPRESSION, "The date on which the run goes on.", needed=True)})
WHEN = Keys(
    "A branch",
    {
        "when": Key(Takes.EXPRESSION, "The branch is taken when this holds and no branch before it did.", needed=True),
        "steps": Key(Takes.STEPS, "What happens then.", needed=True),
    },
)
CONTINUE = OneOf(("continue",))
OTHERWISE = Keys(
    "A branch",
    {"otherwise": Key(Either((CONTINUE, Takes.STEPS)), "What happens when no condition held.", needed=True)},
)
BRANCH = Keys("A branch", {**WHEN.keys, **OTHERWISE.keys})
"""Either kind of branch, before anybody has looked which one it is."""

ID = Key(Takes.NAME, "What other steps and expressions call this step.", needed=True)
TITLE = Key(Takes.TEXT, "What people see; a machine's step without one is not shown to them.")
COMMON = {
    "id": ID,
    "title": TITLE,
    "retry": Key(RETRY, "How often a step that fails is tried again."),
    "failed": Key(Either((CONTINUE, Takes.STEPS)), "What happens when all tries failed; else a person looks at it."),
}
"""What every step may have but the end."""

ASK = {
    "ask": Key(Takes.ROLE, "A person of this role fills in a form.", needed=True),
    "form": Key(Takes.FORM, "The form.", needed=True),
    "substitute": Key(Takes.ROLE, "The role that gets the task while whoever should have it is away; not with invite."),
    "due": Key(Takes.DURATION, "How long there is time."),
    "remind": Key(
        Many(Takes.DURATION), "When reminders go out, counted from the beginning, until due; none once answered."
    ),
    "late": Key(LATE, "What happens when it is late: the task is given on, or a message is sent."),
    "invite": Key(Takes.MESSAGE, "The message with a link to the form, for people without an account."),
    "notify": Key(Takes.MESSAGE, "The message to whoever got the task."),
    "show": Key(Takes.STEP_ID, "The earlier make step whose document can be read beside the form."),
}
MAKE = {"make": Key(Takes.DOCUMENT, "A document is made.", needed=True)}
SEND = {
    "send": Key(Takes.MESSAGE, "A message is sent.", needed=True),
    "to": Key(Takes.ROLE, "The role that it goes to.", needed=True),
    "attach": Key(Takes.STEP_ID, "The earlier make step whose document is put into the inbox."),
    "release": Key(Takes.RELEASE, "The release without which the document does not leave."),
    "held": Key(HELD, "Who decides what happens when the release is missing, or nobody holds the role."),
}
WAIT = {"wait": Key(Either((Takes.DURATION, UNTIL)), "Time passes: so long, or until a date.", needed=True)}
CHOOSE = {
    "choose": Key(Many(Either((WHEN, OTHERWISE))), "The first branch whose condition holds is taken.", needed=True)
}
TOGETHER = {
    "together": Key(Many(Takes.STEPS, least=2), "Lanes of steps at the same time; all must end.", needed=True),
}
ITEM = "item"
"""What an item is called when nobody says it."""
EACH = {
    "each": Key(Takes.EXPRESSION, "The same steps for each item of this list.", needed=True),
    "as": Key(Takes.NAME, f'The name of the item inside; "{ITEM}" when left out.'),
    "at_once": Key(Takes.TRUTH, "All items at the same time instead of one after the other; without run inside."),
    "steps": Key(Takes.STEPS, "What happens for each item.", needed=True),
}
DO = {
    "do": Key(Takes.MOVE, "A move of the service's domain.", needed=True),
    "from": Key(Takes.STEP_ID, "The earlier ask step whose answers it is made with; else the start form's."),
}
RUN = {
    "run": Key(Takes.WORKFLOW, "Another workflow starts, about the same subject.", needed=True),
    "waits": Key(Takes.TRUTH, "This run goes on only when the other has ended."),
}
END = {
    "end": Key(Takes.TEXT, "The run ends here, with a word for how.", needed=True),
    "id": Key(Takes.NAME, "What the end is called; made from its word when left out."),
    "title": TITLE,
}
