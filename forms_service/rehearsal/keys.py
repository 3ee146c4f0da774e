"""The keys of an answers file."""

from __future__ import annotations

from forms_service.language.keys.key import Either, Key, Keys, Many, Named, OneOf, Takes

NEVER = "never"
TYPED = Named(Either((Takes.TEXT, Many(Takes.TEXT))))
HOW = Keys(
    "An answer",
    {
        "after": Key(Takes.DURATION, "How long after the task came; one day when left out."),
        "answers": Key(TYPED, "Fields of the form and what is typed; the rest is answered as shortly as it can."),
    },
)
ONE = Either((OneOf((NEVER,)), HOW))
ALSO = Keys(
    "Another start",
    {
        "on": Key(Takes.TEXT, "The day, such as 2026-08-31.", needed=True),
        "start": Key(Takes.WORKFLOW, "The workflow that somebody starts on that day.", needed=True),
        "answers": Key(TYPED, "What is typed into its form."),
    },
)
TOLD = Keys(
    "A rehearsal",
    {
        "start": Key(TYPED, "What is typed into the form that starts the workflow."),
        "answers": Key(
            Named(Either((ONE, Many(ONE)))),
            "Steps, and how each is answered: once and for all, or a list for each time.",
        ),
        "facts": Key(Takes.LABELS, "What is known from the beginning, by dotted name."),
        "moves": Key(Named(Named(Takes.EXPRESSION)), "Moves, and the facts that each of them changes, as expressions."),
        "withheld": Key(Many(Takes.RELEASE), "Contents that are not released to anybody."),
        "away": Key(Many(Takes.ROLE), "Roles whose people are away all the time."),
        "also": Key(Many(ALSO), "Other workflows that somebody starts meanwhile."),
    },
)
