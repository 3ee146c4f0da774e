"""Two workflows of an invented workshop, one short and one with everything, and a place where a run of it stands."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from markupsafe import Markup

from forms_service.language.definitions import (
    Ask,
    Branch,
    Choose,
    Definitions,
    Do,
    Document,
    Each,
    End,
    Field,
    FieldType,
    Form,
    Late,
    Make,
    Pause,
    Repeat,
    Retry,
    RunWorkflow,
    Section,
    Send,
    Start,
    Step,
    Together,
    Wait,
    Workflow,
)
from forms_service.language.duration import parse_duration
from forms_service.language.expression import parse
from forms_service.language.problems import NOWHERE
from forms_service.picture.figure import figure
from forms_service.picture.state import FINISH, REPEAT, START, Position, Standing, State, standing_of

PICTURES = Path(__file__).parents[2] / "inputs" / "pictures"
ROLES = {"mechanic": "mekaniker", "owner": "eier", "customer": "kunde"}

PARTS = Field("parts", "Hvilke deler?", FieldType.CHOICES, NOWHERE, choices={"wheel": "Hjul", "chain": "Kjede"})
SAFE = Field("safe", "Er sykkelen trygg?", FieldType.YES_NO, NOWHERE)
VERDICT = Field(
    "verdict", "Hva gjør vi?", FieldType.CHOICE, NOWHERE, choices={"mend": "Den repareres", "leave": "Den leveres"}
)
READY = Field("ready_on", "Når er den klar?", FieldType.DATE, NOWHERE)
NOTE = Field("note", "Notat", FieldType.TEXT, NOWHERE)
PRICE = Field("price", "Pris", FieldType.NUMBER, NOWHERE)
LOOK = Form("look", "Se over sykkelen", NOWHERE, (Section("", (PARTS, SAFE, VERDICT, READY, NOTE, PRICE)),))
ORDER = Form("order", "Lever inn en sykkel", NOWHERE, (Section("", (NOTE,)),))
SLIP = Document("slip", "Kvittering", NOWHERE, (), (), "")


def ask(step_id: str, title: str = "", **more: object) -> Ask:
    return Ask(id=step_id, place=NOWHERE, title=title, role="mechanic", form="look", **more)  # type: ignore[arg-type]


def do(step_id: str, title: str = "") -> Do:
    return Do(id=step_id, place=NOWHERE, title=title, move=f"move_{step_id}")


def choose(step_id: str, *branches: tuple[str, tuple[Step, ...]]) -> Choose:
    """A branch's words are its condition; without any it is "otherwise"."""
    return Choose(
        id=step_id,
        place=NOWHERE,
        branches=tuple(Branch(parse(when) if when else None, steps) for when, steps in branches),
    )


def workflow(*steps: Step, key: str = "errand", title: str = "Ærend", **more: object) -> Workflow:
    start = more.pop("start", Start(by=("mechanic",)))
    return Workflow(key, title, NOWHERE, start, steps, **more)  # type: ignore[arg-type]


def definitions(*workflows: Workflow) -> Definitions:
    return Definitions({each.key: each for each in workflows}, {"look": LOOK, "order": ORDER}, {}, {"slip": SLIP})


SHORT = workflow(
    ask("first", "Ta imot sykkelen", due=parse_duration("5 working days")),
    choose(
        "way",
        ('first.verdict = "mend"', (do("mend", "Sykkelen repareres"),)),
        ("", (End(id="end_no", place=NOWHERE, outcome="not now"),)),
    ),
    key="short",
    title="Kort ærend",
    start=Start(form="order", by=("customer", "owner")),
)
EVERYTHING = workflow(
    ask(
        "first",
        due=parse_duration("1 working day"),
        remind=(parse_duration("1 day"), parse_duration("3 days")),
        late=Late(give="owner"),
        substitute="owner",
    ),
    Each(
        id="parts",
        place=NOWHERE,
        over=parse("first.parts"),
        item="part",
        at_once=True,
        steps=(ask("check", "Kontroller delen"), choose("good", ("check.safe", (do("keep"),)), ("", ()))),
    ),
    Together(
        id="views",
        place=NOWHERE,
        title="To som ser på den",
        lanes=(
            (Make(id="paper", place=NOWHERE, document="slip"), ask("look_1", "Første blikk")),
            (Wait(id="rest", place=NOWHERE, duration=parse_duration("6 months")),),
        ),
    ),
    Send(
        id="bill",
        place=NOWHERE,
        message="bill",
        to="customer",
        attach="paper",
        release="bill",
        title="Regning",
        retry=Retry(3, parse_duration("10 minutes")),
        failed=(ask("ring", "Ring kunden"),),
    ),
    RunWorkflow(id="service", place=NOWHERE, workflow="short", waits=True),
    choose(
        "after",
        ('service.outcome = "not now"', (End(id="end_never", place=NOWHERE, outcome="never"),)),
        ("", (Wait(id="ready", place=NOWHERE, until=parse("first.ready_on")),)),
    ),
    Do(id="shelf", place=NOWHERE, move="put_away", failed=()),
    key="everything",
    title="Alt på én gang",
    start=Start(on=parse("bicycle.bought"), by=("owner",)),
    repeat=Repeat(parse_duration("6 months"), None, parse("bicycle.sold")),
    pause=Pause(when=parse("bicycle.away = true")),
)
WORKSHOP = definitions(SHORT, EVERYTHING)
STANDS: Position = {
    START: Standing(State.DONE),
    REPEAT: Standing(State.DONE),
    "first": Standing(State.DONE),
    "parts": Standing(State.DONE),
    "check": standing_of({State.DONE: 3, State.HERE: 1, State.LATER: 2}),
    "good": Standing(State.DONE),
    "keep": Standing(State.SKIPPED),
    "views": Standing(State.HERE),
    "paper": Standing(State.STOPPED),
    "rest": Standing(State.CANCELLED),
    "look_1": Standing(State.LATER),
    "bill": Standing(State.FAILED),
    "ring": Standing(State.NEVER),
    FINISH: Standing(State.LATER),
}


def pictures() -> Mapping[str, Markup]:
    """What the tests compare with the files in tests/inputs/pictures."""
    return {
        "short.html": figure(WORKSHOP, SHORT, roles=ROLES),
        "everything.html": figure(WORKSHOP, EVERYTHING, STANDS, ROLES),
    }


if __name__ == "__main__":
    for name, picture in pictures().items():
        (PICTURES / name).write_text(picture.replace("><", ">\n<") + "\n", encoding="utf-8")
