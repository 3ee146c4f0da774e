"""A small service of another trade, a bicycle workshop, with one of everything, to be broken at one place."""

from __future__ import annotations

from collections.abc import Mapping

from forms_service.language.check import problems_of
from forms_service.language.problems import Problem
from forms_service.language.vocabulary import ValueType, Vocabulary

WORKSHOP = Vocabulary(
    roles=frozenset({"customer", "mechanic", "owner"}),
    moves={"take_in": frozenset({"bicycle"}), "give_back": frozenset()},
    facts={
        "case.case_number": ValueType.TEXT,
        "job.started": ValueType.DATE,
        "job.finished": ValueType.DATE,
        "job.hours": ValueType.NUMBER,
        "job.parts": ValueType.LIST,
    },
    releases=frozenset({"bill"}),
    subjects=frozenset({"job"}),
    picks=frozenset({"mechanics"}),
)

REPAIR = """\
workflow: repair
title: Repair
start: {form: order, by: [customer]}
steps:
  - {id: taken_in, do: take_in}
  - {id: slip, make: slip}
  - id: look
    ask: mechanic
    form: look
    due: 2 working days
    remind: [1 working day]
    late: {give: owner}
    show: slip
  - id: way
    choose:
      - when: look.verdict = "mend"
        steps:
          - {id: pause, wait: 3 days}
      - otherwise:
          - {id: given_back, do: give_back}
          - end: not worth it
  - {id: bill, send: ready, to: customer, attach: slip, release: bill, held: {ask: owner, form: held}}
  - {id: until_then, wait: {until: look.ready_on}}
  - {id: again, run: yearly}
"""
YEARLY = """\
workflow: yearly
title: Yearly service
about: job
repeat: {every: 1 year, from: job.started, until: job.finished}
steps:
  - {id: call, ask: mechanic, form: look}
"""
ORDER = """\
form: order
title: Order
sections:
  - title: The bicycle
    fields:
      - {name: bicycle, label: Which bicycle?, type: text, required: Write which bicycle}
      - {name: urgent, label: Is it urgent?, type: yes_no}
      - {name: needed_on, label: Until when?, type: date, show_when: urgent = "yes"}
"""
LOOK = """\
form: look
title: A first look
intro: Case {{ case.case_number }}.
sections:
  - title: The verdict
    fields:
      - name: verdict
        label: What shall we do?
        type: choice
        choices: {mend: Mend it, leave: Leave it}
        required: Say what we shall do
      - {name: ready_on, label: When is it ready?, type: date}
      - {name: tools, label: Which tools?, type: choices, choices: {hammer: Hammer, pump: Pump}}
      - {name: hours, label: Hours, type: number, minimum: 1, maximum: 40}
      - {name: helper, label: Who helps?, type: person, pick: mechanics}
      - {name: note, label: Note, type: paragraph, internal: true}
"""
HELD = """\
form: held
title: Not sent
sections:
  - title: What now?
    fields:
      - name: outcome
        label: What now?
        type: choice
        choices: {try_again: Try again, drop: Do not send}
        required: Say what now
"""
READY = """\
message: ready
subject: Case {{ case_number }}
body: |
  See {{ link }}
  before {{ due }}.
"""
REMINDER = READY.replace("message: ready", "message: reminder")
SLIP = """\
document: slip
title: Slip
open_to: [mechanic, customer]
uses: [bicycle, urgent, job.parts]
"""
SLIP_PAGE = """\
<h1>{{ stamp.title }} {{ stamp.number }}</h1>
<p>{{ bicycle }} {{ urgent_label }} {{ service.name }}</p>
{% for part in job.parts %}<p>{{ part.name }}</p>{% endfor %}
"""

FOLDER: Mapping[str, str] = {
    "repair.yaml": REPAIR,
    "yearly.yaml": YEARLY,
    "forms/order.yaml": ORDER,
    "forms/look.yaml": LOOK,
    "forms/held.yaml": HELD,
    "messages/ready.yaml": READY,
    "messages/reminder.yaml": REMINDER,
    "documents/slip/document.yaml": SLIP,
    "documents/slip/document.html": SLIP_PAGE,
}

EVERYTHING = """\
workflow: everything
title: Everything
about: job
start: {by: [owner], on: job.started}
repeat: {every: 1 year, from: job.started, until: job.finished, missed: all, overlap: allow}
pause: {clock: runs, while: job.hours > 40}
steps:
  - {id: maybe, make: plain, title: Paper, retry: {times: 3, every: 1 hour}, failed: continue}
  - {id: paper, make: plain}
  - id: first
    ask: mechanic
    form: look
    due: 2 weeks
    remind: [1 week]
    late: {send: ready, to: owner}
    invite: ready
    notify: ready
  - {id: second, ask: owner, form: look, substitute: customer, show: paper, due: 1 day, late: {give: mechanic}}
  - {id: sent, send: ready, to: customer, attach: paper, release: bill, held: {ask: owner, form: held}}
  - {id: rest, wait: 3 days}
  - {id: rest_until, wait: {until: first.ready_on}}
  - id: way
    choose:
      - when: first.verdict = "mend"
        steps: [{end: mended, id: the_end, title: Mended}]
      - otherwise: continue
  - id: both
    together:
      - [{id: moved, do: give_back, from: first}]
      - [{id: other, run: child, waits: true}]
  - {id: every, each: first.tools, as: tool, at_once: true, steps: [{id: one, ask: owner, form: look}]}
"""
CHILD = "workflow: child\ntitle: Child\nsteps:\n  - {id: q, ask: owner, form: look}\n  - end: sold\n"
ORDER_WITH_WORDS = """\
form: order
title: Order
intro: Which bicycle is it?
submit: Send
receipt: We have it.
review: true
sections:
  - title: The bicycle
    help: Look under the saddle.
    page: First
    fields:
      - {name: bicycle, label: Which one?, type: text, required: Write which, help: A number, prefill: case.case_number}
      - {name: urgent, label: Is it urgent?, type: yes_no, wanted: Is it?, show_when: bicycle is not empty}
      - {name: parts, label: Which parts?, type: group, item: Part, fields: [{name: part, label: Which?, type: text}]}
      - {name: picture, label: Picture, type: file, accept: [image], maximum: 5}
      - {name: wheels, label: How many wheels?, type: number, whole: true}
      - {name: by_owner, label: The owner, type: signature, signer: owner}
rules:
  - {must: bicycle is not empty or urgent = "no", at: bicycle, text: Write which}
"""
FULL: Mapping[str, str] = {
    **FOLDER,
    "messages/ready.yaml": f"{READY}sms: Case {{{{ case_number }}}}, {{{{ link }}}}\n",
    "child.yaml": CHILD,
    "everything.yaml": EVERYTHING,
    "forms/order.yaml": ORDER_WITH_WORDS,
    "documents/plain/document.yaml": "document: plain\ntitle: Plain\nopen_to: [owner]\nuses: [job.hours]\n",
    "documents/plain/document.html": "{{ job.hours }}",
}
"""The folder, and every key of every kind of file somewhere in it."""


def broken(file: str, old: str, new: str) -> dict[str, str]:
    """The folder with one change; the old text must be there."""
    assert FOLDER[file].count(old) == 1, f"{old!r} is not there once in {file}"
    return {**FOLDER, file: FOLDER[file].replace(old, new)}


def without(*files: str) -> dict[str, str]:
    return {name: text for name, text in FOLDER.items() if name not in files}


def found(files: Mapping[str, str]) -> tuple[Problem, ...]:
    return problems_of(files, WORKSHOP)


def lines(files: Mapping[str, str]) -> list[str]:
    """The problems as an author reads them."""
    return [str(problem) for problem in found(files)]
