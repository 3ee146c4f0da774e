"""What the YAML files say, as frozen values. Nothing here reads a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Protocol

from forms_service.language.duration import Duration
from forms_service.language.expression import Expression
from forms_service.language.problems import NOWHERE, Place


class Located(Protocol):
    """A definition that remembers where it and its single words were written."""

    @property
    def place(self) -> Place: ...

    @property
    def places(self) -> Mapping[str, Place]: ...


def at(thing: Located, key: str) -> Place:
    """Where a value was written ("form", "late.give", "uses.2"); the whole thing's place when that is not known."""
    return thing.places.get(key, thing.place)


class FieldType(StrEnum):
    """Kinds of questions a form can ask."""

    TEXT = "text"
    PARAGRAPH = "paragraph"
    NUMBER = "number"
    DATE = "date"
    TIME = "time"
    HOURS = "hours"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes_no"
    CONFIRM = "confirm"
    SCALE = "scale"
    PHONE = "phone"
    EMAIL = "email"
    POSTCODE = "postcode"
    PERSON = "person"
    OFFICE = "office"
    FILE = "file"
    GROUP = "group"
    SIGNATURE = "signature"
    NOTE = "note"


MOST_MEGABYTES = 10
"""The largest file that can be attached."""
MOST_ROWS = 50
"""A group of questions is answered so many times at most."""


@dataclass(frozen=True, slots=True)
class Field:
    """One question.

    ``required`` holds its own error text, ``wanted`` what is asked once when it was left open; both empty: optional.
    ``choices`` maps stored value to label (choice, choices, scale). ``pick`` names the list that a ``person`` field
    chooses from (declared by the service's vocabulary). Bounds: characters for text, value for numbers, items for
    choices, rows for a group,
    megabytes for a file.
    """

    name: str
    label: str
    type: FieldType
    place: Place
    required: str = ""
    help: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    minimum: int | None = None
    maximum: int | None = None
    whole: bool = False
    """Of a number: years, counts and the like, with nothing after a comma."""
    show_when: Expression | None = None
    pick: str = ""
    prefill: Expression | None = None
    """A fact that stands in the field when it is opened; whoever fills it in may change it."""
    internal: bool = False
    """An internal answer never leaves: no document or message may use it."""
    fields: tuple[Field, ...] = ()
    """Of a group: the questions that each of its rows asks."""
    accept: tuple[str, ...] = ()
    """Of a file: "pdf", "image"; all of them when it is empty."""
    item: str = ""
    """What one row of a group is called, as in "Barn 2"."""
    wanted: str = ""
    signer: str = ""
    """The role of whoever signs, of a signature."""
    places: Mapping[str, Place] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Section:
    """Some questions under one heading. ``page`` is the title of the page that begins with it; empty: the same page."""

    title: str
    fields: tuple[Field, ...]
    help: str = ""
    page: str = ""
    place: Place = field(default=NOWHERE, compare=False, repr=False)
    places: Mapping[str, Place] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Rule:
    """What several answers must be together. ``text`` stands at the field ``at`` when they are not."""

    must: Expression
    at: str
    text: str
    place: Place = field(default=NOWHERE, compare=False, repr=False)
    places: Mapping[str, Place] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Form:
    """What a person fills in: on one page or several, with a last look at all answers when it ``has_review``."""

    key: str
    title: str
    place: Place
    sections: tuple[Section, ...]
    intro: str = ""
    submit: str = ""
    receipt: str = ""
    rules: tuple[Rule, ...] = ()
    review: bool = False
    places: Mapping[str, Place] = field(default_factory=dict, compare=False, repr=False)
    languages: Mapping[str, Form] = field(default_factory=dict, repr=False)
    """The same form in other languages: other words, the same names, values and conditions."""

    @property
    def has_review(self) -> bool:
        """What is signed is looked at first."""
        return self.review or self.is_signed

    @property
    def is_signed(self) -> bool:
        """Somebody signs it: others than the one who writes read it through."""
        return any(field.type is FieldType.SIGNATURE for field in self.fields())

    def fields(self) -> Iterator[Field]:
        for section in self.sections:
            yield from section.fields

    def in_language(self, language: str) -> Form:
        """In bokmål when it is not translated."""
        return self.languages.get(language, self)

    def all_fields(self) -> Iterator[Field]:
        """Those inside groups too."""
        for each in self.fields():
            yield each
            yield from each.fields


@dataclass(frozen=True, slots=True)
class Message:
    """A discreet message: Jinja texts that may only use the vocabulary's message variables.

    ``sms`` is empty where subject and link are enough.
    """

    key: str
    subject: str
    body: str
    sms: str
    place: Place
    places: Mapping[str, Place] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Document:
    """A folder in pdf_templates: its title, who may open it, and the allow-list of names its template may use."""

    key: str
    title: str
    place: Place
    uses: tuple[str, ...]
    open_to: tuple[str, ...]
    template: str
    places: Mapping[str, Place] = field(default_factory=dict, compare=False, repr=False)
    languages: Mapping[str, Document] = field(default_factory=dict, repr=False)
    """The same under another title."""

    def in_language(self, language: str) -> Document:
        return self.languages.get(language, self)


@dataclass(frozen=True, slots=True)
class Late:
    """What happens when an ask is late: it is given to another role, or a message is sent."""

    give: str = ""
    send: str = ""
    to: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """Whom to ask, with which form, when a release is missing at sending."""

    ask: str
    form: str


@dataclass(frozen=True, slots=True)
class Retry:
    """How often a step that fails is tried in all, and how long to wait between two tries (None: longer each time)."""

    times: int
    every: Duration | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What every step has. ``title`` is what people see; machine steps without one are not shown to them.

    ``failed`` is the way to go when all tries have failed: some steps, or none, and then on with what follows. None
    means that the step becomes an incident.
    """

    id: str
    place: Place
    title: str = ""
    retry: Retry | None = None
    failed: tuple[Step, ...] | None = None
    places: Mapping[str, Place] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask(Step):
    """A person fills a form."""

    role: str
    form: str
    due: Duration | None = None
    remind: tuple[Duration, ...] = ()
    late: Late | None = None
    invite: str = ""
    """Message with a one-time link, for people without an account."""
    notify: str = ""
    """Message to the person who got the task."""
    show: str = ""
    """Id of an earlier make step whose document the person reads while answering."""
    substitute: str = ""
    """The role that gets the task while whoever holds ``role`` is away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Make(Step):
    """A document is made."""

    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Send(Step):
    """A message goes to whoever holds a role, with a document put in that person's inbox when ``attach`` names one."""

    message: str
    to: str
    attach: str = ""
    release: str = ""
    held: Held | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait(Step):
    """Time passes: for a duration, or until a date that an expression gives."""

    duration: Duration | None = None
    until: Expression | None = None


@dataclass(frozen=True, slots=True)
class Branch:
    """One way to go; ``when`` is None for otherwise."""

    when: Expression | None
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choose(Step):
    """The first branch whose expression is true is taken."""

    branches: tuple[Branch, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Together(Step):
    """Several lanes of steps at the same time; the run goes on when all of them have come to their end."""

    lanes: tuple[tuple[Step, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Each(Step):
    """The same steps for each item of a list: one item after the other, or all at once.

    Inside, ``item`` is the name of the item, and ``step.field`` its own answer; after it, ``step.field`` is the list
    of all answers in the order of the items.
    """

    over: Expression
    steps: tuple[Step, ...]
    item: str = "item"
    at_once: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Do(Step):
    """A move of the domain, with the answers of one earlier ask (or of the start form when empty)."""

    move: str
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunWorkflow(Step):
    """Another workflow starts about the same subject. ``waits`` says whether this one goes on only when that has ended.

    After waiting, ``step.outcome`` is the word for how it ended.
    """

    workflow: str
    waits: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class End(Step):
    """The run ends here, with a word for how."""

    outcome: str


@dataclass(frozen=True, slots=True)
class Start:
    """How the workflow starts: by everyone in ``by``, with a form when ``form`` is given, else with a button.

    ``on`` is the day on which it starts by itself, once for each subject of its kind; once for each date without one.
    """

    form: str = ""
    by: tuple[str, ...] = ()
    on: Expression | None = None


class Missed(StrEnum):
    """What becomes of rounds whose day has passed while the service was off."""

    LATEST = "latest"
    ALL = "all"
    NONE = "none"


class Overlap(StrEnum):
    """What becomes of a round that falls due while the one before it is under way."""

    SKIP = "skip"
    ALLOW = "allow"


@dataclass(frozen=True, slots=True)
class Repeat:
    """A workflow that comes back: round n falls due at anchor + n times every.

    Without an anchor it is counted from the day of ``start.on``, which is round 0 and takes place.
    """

    every: Duration
    anchor: Expression | None
    until: Expression | None = None
    missed: Missed = Missed.LATEST
    overlap: Overlap = Overlap.SKIP


class PauseClock(StrEnum):
    """What a pause does to the dates of a run: the remaining time is kept, or the dates stay."""

    STOPS = "stops"
    RUNS = "runs"


@dataclass(frozen=True, slots=True)
class Pause:
    """How a run pauses. ``when`` is the condition under which it pauses by itself (the key ``while``)."""

    clock: PauseClock = PauseClock.STOPS
    when: Expression | None = None


@dataclass(frozen=True, slots=True)
class Workflow:
    """A list of steps from top to bottom. ``about`` is the kind of subject it concerns at its start (may be empty)."""

    key: str
    title: str
    place: Place
    start: Start
    steps: tuple[Step, ...]
    about: str = ""
    repeat: Repeat | None = None
    pause: Pause = Pause()
    places: Mapping[str, Place] = field(default_factory=dict, compare=False, repr=False)
    languages: Mapping[str, Workflow] = field(default_factory=dict, repr=False)
    """The same workflow with its titles in other languages."""

    def in_language(self, language: str) -> Workflow:
        return self.languages.get(language, self)

    def all_steps(self) -> Iterator[Step]:
        yield from walk(self.steps)


def walk(steps: tuple[Step, ...]) -> Iterator[Step]:
    """Every step, depth first, in the order of the file."""
    for step in steps:
        yield step
        for inner in lists_in(step):
            yield from walk(inner)


def lists_in(step: Step) -> Iterator[tuple[Step, ...]]:
    """The lists of steps that stand inside a step."""
    match step:
        case Choose():
            yield from (branch.steps for branch in step.branches)
        case Together():
            yield from step.lanes
        case Each():
            yield step.steps
        case _:
            pass
    if step.failed:
        yield step.failed


@dataclass(frozen=True, slots=True)
class Definitions:
    """Everything one folder of YAML and one folder of templates say, checked."""

    workflows: Mapping[str, Workflow]
    forms: Mapping[str, Form]
    messages: Mapping[str, Message]
    documents: Mapping[str, Document]

    def in_language(self, language: str) -> Definitions:
        """What has no translation stays in bokmål, and so do messages: nobody's own language is known."""
        return replace(
            self,
            workflows={key: workflow.in_language(language) for key, workflow in self.workflows.items()},
            forms={key: form.in_language(language) for key, form in self.forms.items()},
            documents={key: document.in_language(language) for key, document in self.documents.items()},
        )
