"""What an author reads for each mistake: the exact line and column, the words, and what was probably meant."""

from __future__ import annotations

import pytest

from forms_service.language.checking.names import OF_THE_PAGE
from tests.unit.language.small import FOLDER, broken, lines, without

REPAIR, YEARLY = "repair.yaml", "yearly.yaml"
ORDER, LOOK, HELD = "forms/order.yaml", "forms/look.yaml", "forms/held.yaml"
READY, SLIP, PAGE = "messages/ready.yaml", "documents/slip/document.yaml", "documents/slip/document.html"

MISTAKES = [
    # Keys and verbs
    (
        "an unknown key of a workflow",
        REPAIR,
        "title: Repair",
        "titel: Repair",
        ['2:1: There is no key "titel". Did you mean "title"?'],
    ),
    (
        "an unknown key of a step",
        REPAIR,
        "    due: 2 working days",
        "    dew: 2 working days",
        ['10:5: There is no key "dew". Did you mean "due"?'],
    ),
    (
        "an unknown key of a field",
        LOOK,
        "internal: true",
        "intern: true",
        ['16:52: There is no key "intern". Did you mean "internal"?'],
    ),
    (
        "an unknown key of late",
        REPAIR,
        "{give: owner}",
        "{gives: owner}",
        ['12:12: There is no key "gives". Did you mean "give"?'],
    ),
    (
        "an unknown verb",
        REPAIR,
        "{id: slip, make: slip}",
        "{id: slip, mak: slip}",
        ['6:16: There is no verb "mak". Did you mean "make"?'],
    ),
    (
        "no verb",
        REPAIR,
        "{id: slip, make: slip}",
        "{id: slip}",
        ["6:5: A step needs a verb. It can be: ask, make, send, wait, choose, together, each, do, run, end."],
    ),
    (
        "two verbs",
        REPAIR,
        "{id: slip, make: slip}",
        "{id: slip, make: slip, run: yearly}",
        ['6:28: A step does one thing; "make" is here already.'],
    ),
    (
        "a step that is no mapping",
        REPAIR,
        "{id: again, run: yearly}",
        "again",
        ["24:5: A step needs a verb. It can be: ask, make, send, wait, choose, together, each, do, run, end."],
    ),
    # Words that name nothing
    (
        "an unknown start form",
        REPAIR,
        "form: order",
        "form: ordr",
        ['3:15: There is no form "ordr". Did you mean "order"?'],
    ),
    (
        "an unknown form",
        REPAIR,
        "    form: look\n",
        "    form: lok\n",
        ['9:11: There is no form "lok". Did you mean "look"?'],
    ),
    (
        "an unknown document",
        REPAIR,
        "make: slip",
        "make: slap",
        ['6:22: There is no document "slap". Did you mean "slip"?'],
    ),
    (
        "an unknown message",
        REPAIR,
        "send: ready",
        "send: redy",
        ['22:22: There is no message "redy". Did you mean "ready"?'],
    ),
    (
        "an unknown message for people without an account",
        REPAIR,
        "    show: slip",
        "    invite: redy",
        ['13:13: There is no message "redy". Did you mean "ready"?'],
    ),
    (
        "an unknown message to whoever got the task",
        REPAIR,
        "    show: slip",
        "    notify: redy",
        ['13:13: There is no message "redy". Did you mean "ready"?'],
    ),
    (
        "an unknown message when it is late",
        REPAIR,
        "{give: owner}",
        "{send: redy, to: owner}",
        ['12:18: There is no message "redy". Did you mean "ready"?'],
    ),
    (
        "an unknown role",
        REPAIR,
        "ask: mechanic",
        "ask: mecanic",
        ['8:10: There is no role "mecanic". Did you mean "mechanic"?'],
    ),
    (
        "an unknown role that starts",
        REPAIR,
        "by: [customer]",
        "by: [customer, onwer]",
        ['3:37: There is no role "onwer". Did you mean "owner"?'],
    ),
    (
        "an unknown role that a message goes to",
        REPAIR,
        "to: customer",
        "to: custommer",
        ['22:33: There is no role "custommer". Did you mean "customer"?'],
    ),
    (
        "an unknown role that takes over",
        REPAIR,
        "give: owner",
        "give: owenr",
        ['12:18: There is no role "owenr". Did you mean "owner"?'],
    ),
    (
        "an unknown role that decides",
        REPAIR,
        "ask: owner",
        "ask: oner",
        ['22:84: There is no role "oner". Did you mean "owner"?'],
    ),
    (
        "an unknown role that opens a document",
        SLIP,
        "[mechanic, customer]",
        "[mechanic, costumer]",
        ['3:21: There is no role "costumer". Did you mean "customer"?'],
    ),
    (
        "an unknown move",
        REPAIR,
        "do: give_back",
        "do: giveback",
        ['20:34: There is no move "giveback". Did you mean "give_back"?'],
    ),
    (
        "an unknown release",
        REPAIR,
        "release: bill",
        "release: bil",
        ['22:66: There is no release "bil". Did you mean "bill"?'],
    ),
    (
        "an unknown list",
        LOOK,
        "pick: mechanics",
        "pick: mechanic",
        ['15:63: There is no list "mechanic". Did you mean "mechanics"?'],
    ),
    (
        "an unknown subject",
        YEARLY,
        "about: job",
        "about: jobb",
        ['3:8: There is no subject "jobb". Did you mean "job"?'],
    ),
    (
        "an unknown workflow",
        REPAIR,
        "run: yearly",
        "run: yeerly",
        ['24:22: There is no workflow "yeerly". Did you mean "yearly"?'],
    ),
    (
        "an unknown field type",
        LOOK,
        "type: paragraph",
        "type: paragraf",
        ['16:41: There is no type "paragraf". Did you mean "paragraph"?'],
    ),
    # Names and types in expressions
    (
        "an unknown field",
        REPAIR,
        "look.verdict",
        "look.verdit",
        ['16:15: There is no "look.verdit" here. Did you mean "look.verdict"?'],
    ),
    (
        "a name that comes later",
        REPAIR,
        'look.verdict = "mend"',
        'again.verdict = "mend"',
        ['16:15: There is no "again.verdict" here. Did you mean "look.verdict"?'],
    ),
    (
        "a value that is no choice",
        REPAIR,
        '"mend"',
        '"mendd"',
        ['16:30: "mendd" is not among the choices. Did you mean "mend"?'],
    ),
    (
        "a value that is no choice of a list",
        REPAIR,
        'look.verdict = "mend"',
        '"hamer" in look.tools',
        [
            (
                "16:23: This is not YAML: did not find expected key. Put the whole value in quotation "
                "marks when it begins with one: '\"a\" in b'."
            )
        ],
    ),
    (
        "a type mismatch",
        REPAIR,
        'look.verdict = "mend"',
        'look.hours = "many"',
        ["16:26: A number cannot be compared with a text."],
    ),
    (
        "a sum of unlike things",
        REPAIR,
        'look.verdict = "mend"',
        "look.hours + look.ready_on > 3",
        ["16:26: A date cannot be added to a number."],
    ),
    (
        "a condition that is no condition",
        REPAIR,
        'look.verdict = "mend"',
        "look.hours + 1",
        ["16:15: A condition must be yes or no; this is a number."],
    ),
    (
        "an expression that cannot be read",
        REPAIR,
        'look.verdict = "mend"',
        'look.verdict == "mend"',
        ["16:28: == does not belong in an expression. Write = for equal."],
    ),
    (
        "a wait until something that is no date",
        REPAIR,
        "until: look.ready_on",
        "until: look.hours",
        ["23:36: A run can only wait until a date; this is a number."],
    ),
    (
        "an unknown function",
        REPAIR,
        "until: look.ready_on",
        "until: frist(look.tools)",
        ['23:36: There is no function "frist". Did you mean "first"?'],
    ),
    (
        "a repeat from something that is no date",
        YEARLY,
        "from: job.started",
        "from: job.hours",
        ["4:31: A repeat is counted from a date and until a date; this is a number."],
    ),
    (
        "an answer where only facts are known",
        YEARLY,
        "from: job.started",
        "from: call.ready_on",
        ['4:31: There is no "call.ready_on" here.'],
    ),
    # Ids and names of fields
    ("an id used twice", REPAIR, "id: given_back", "id: slip", ['20:18: There is a step "slip" already, in line 6.']),
    (
        "an id like a field of the start form",
        REPAIR,
        "id: again",
        "id: urgent",
        ['24:10: The start form has a field "urgent"; give the step another name.'],
    ),
    (
        "an id with a meaning of its own",
        REPAIR,
        "id: again",
        "id: today",
        ['24:10: "today" has a meaning of its own and cannot be a step.'],
    ),
    (
        "an id like the facts",
        REPAIR,
        "id: again",
        "id: job",
        ['24:10: "job" has a meaning of its own and cannot be a step.'],
    ),
    (
        "an id that expressions cannot say",
        REPAIR,
        "id: again",
        "id: Again-1",
        [
            (
                '24:10: "Again-1" cannot be a name. Use small letters a-z, digits and _, at most 40, '
                "beginning with a letter."
            )
        ],
    ),
    ("no id", REPAIR, "{id: again, run: yearly}", "{run: yearly}", ['24:5: A step with "run" needs "id".']),
    (
        "a field name used twice",
        LOOK,
        "name: helper",
        "name: hours",
        ['15:16: There is a field "hours" already, in line 14.'],
    ),
    (
        "a field with a meaning of its own",
        LOOK,
        "name: helper",
        "name: today",
        ['15:16: "today" has a meaning of its own and cannot be a field.'],
    ),
    (
        "a field named as the words of a choice",
        LOOK,
        "name: helper",
        "name: verdict_label",
        ['15:16: A field cannot end in "_label": documents use such names for the words of a choice.'],
    ),
    # The order of steps
    (
        "a step after the end",
        REPAIR,
        "          - end: not worth it\n",
        "          - end: not worth it\n          - {id: never, run: yearly}\n",
        ["22:13: No run comes to this step: it has ended before."],
    ),
    (
        "a choice without otherwise",
        REPAIR,
        "      - otherwise:\n          - {id: given_back, do: give_back}\n          - end: not worth it\n",
        "",
        ['16:7: Say what happens otherwise. Add "- otherwise: continue" at the end.'],
    ),
    (
        "a document shown before it is made",
        REPAIR,
        "    show: slip",
        "    show: bill",
        ['13:11: The step "bill" is no "make" step.'],
    ),
    (
        "an unknown document step shown",
        REPAIR,
        "    show: slip",
        "    show: slipp",
        ['13:11: There is no earlier "make" step "slipp". Did you mean "slip"?'],
    ),
    (
        "an attached step that is none",
        REPAIR,
        "attach: slip",
        "attach: slp",
        ['22:51: There is no earlier "make" step "slp". Did you mean "slip"?'],
    ),
    (
        "an answer from a step that asks nothing",
        REPAIR,
        "{id: given_back, do: give_back}",
        "{id: given_back, do: give_back, from: slip}",
        ['20:51: The step "slip" is no "ask" step.'],
    ),
    (
        "an answer from a step that is none",
        REPAIR,
        "{id: given_back, do: give_back}",
        "{id: given_back, do: give_back, from: loook}",
        ['20:51: There is no earlier "ask" step "loook". Did you mean "look"?'],
    ),
    (
        "a move without its answer",
        ORDER,
        "name: bicycle",
        "name: bike",
        [
            'documents/slip/document.yaml:4:8: There is no "bicycle" at the step "slip" of repair.',
            (
                'repair.yaml:5:24: The move "take_in" needs the answer "bicycle", and the form "order" '
                'does not ask for it. Name the step that asks for it in "from".'
            ),
        ],
    ),
    # Values
    (
        "a duration in other words",
        REPAIR,
        "due: 2 working days",
        "due: 2 workdays",
        [
            (
                '10:10: "2 workdays" is not a duration. Write a duration as a number and a unit, such '
                'as "5 working days" or "6 months".'
            )
        ],
    ),
    ("late without due", REPAIR, "    due: 2 working days\n", "", ['11:11: Nothing is late without "due".']),
    (
        "late with both",
        REPAIR,
        "{give: owner}",
        "{give: owner, to: owner}",
        ['12:11: "late" takes either "give" (a role), or "send" (a message) and "to" (a role).'],
    ),
    (
        "release without attach",
        REPAIR,
        "attach: slip, release",
        "release",
        ['22:52: "release" means nothing without "attach".'],
    ),
    (
        "a held form that decides nothing",
        HELD,
        "drop: Do not send",
        "leave: Do not send",
        [('repair.yaml:22:97: The form "held" needs a choice field "outcome" with the values try_again and drop.')],
    ),
    (
        "a start that nobody may press",
        REPAIR,
        "start: {form: order, by: [customer]}",
        "start: {form: order}",
        ['3:8: "start" needs "by".'],
    ),
    (
        "a repeat about nothing",
        YEARLY,
        "about: job\n",
        "",
        ['3:9: A workflow that repeats needs "about": what it comes back to.'],
    ),
    (
        "required without a text",
        LOOK,
        "required: Say what we shall do",
        "required: true",
        [
            (
                '11:19: "required" takes a text. Write what the person reads when the answer is '
                "missing, or leave the key out."
            )
        ],
    ),
    ("an empty required", LOOK, "required: Say what we shall do", "required:", ['11:18: "required" is empty.']),
    (
        "wanted without a text",
        LOOK,
        "{name: hours,",
        "{name: hours, wanted: true,",
        [
            (
                '14:31: "wanted" takes a text. Write what the person reads when she left the question open, '
                "or leave the key out."
            )
        ],
    ),
    (
        "what is required and wanted",
        LOOK,
        "        required: Say what we shall do\n",
        "        required: Say what we shall do\n        wanted: Is there nothing to do?\n",
        ["12:17: What is required is wanted anyway. Leave one of the two out."],
    ),
    (
        "a note that is wanted",
        LOOK,
        "{name: note, label: Note, type: paragraph, internal: true}",
        "{name: note, label: Note, type: note, wanted: Read it}",
        ["16:55: A note has no answer that could be wanted."],
    ),
    *(
        (
            f"the field {name}, which pages use themselves",
            LOOK,
            "{name: hours,",
            f"{{name: {name},",
            [f'14:16: "{name}" is used by the pages themselves and cannot be a field.'],
        )
        for name in sorted(OF_THE_PAGE)
    ),
    (
        "a choice without choices",
        LOOK,
        "        choices: {mend: Mend it, leave: Leave it}\n",
        "",
        ['7:9: A field needs "choices".'],
    ),
    (
        "choices where there are none",
        LOOK,
        "{name: note,",
        "{name: note, choices: {a: A},",
        ['16:31: A field of type paragraph has no "choices".'],
    ),
    ("a person picked from nowhere", LOOK, ", pick: mechanics", "", ['15:9: A field needs "pick".']),
    (
        "choices without labels",
        LOOK,
        "choices: {hammer: Hammer, pump: Pump}",
        "choices: [hammer, pump]",
        ['13:68: "choices" takes stored values and their labels, such as {small: Liten}.'],
    ),
    (
        "a list for what is no person",
        LOOK,
        "{name: hours,",
        "{name: hours, pick: mechanics,",
        ['14:29: A field of type number has no "pick". Only a person field picks from a list.'],
    ),
    (
        "a note that must be answered",
        LOOK,
        "{name: ready_on, label: When is it ready?, type: date}",
        "{name: hint, label: Mind the chain, type: note, required: Read it}",
        [
            "12:67: A note has no answer that could be required.",
            'repair.yaml:23:36: There is no "look.ready_on" here.',
        ],
    ),
    (
        "a key with several values for one",
        LOOK,
        "label: Hours",
        "label: [Hours]",
        ['14:30: "label" takes one value, not several.'],
    ),
    ("a boolean in other words", LOOK, "internal: true", "internal: yes", ['16:62: "yes" is neither true nor false.']),
    ("a number in other words", LOOK, "minimum: 1", "minimum: 0x1", ['14:60: "0x1" is not a whole number.']),
    ("minimum above maximum", LOOK, "minimum: 1", "minimum: 41", ['14:60: "minimum" is larger than "maximum".']),
    (
        "bounds of a date",
        LOOK,
        "{name: ready_on,",
        "{name: ready_on, minimum: 1,",
        ['12:35: A field of type date has no "minimum".'],
    ),
    (
        "otherwise with other words",
        REPAIR,
        "      - otherwise:\n          - {id: given_back, do: give_back}\n          - end: not worth it\n",
        "      - otherwise: contine\n",
        ['19:20: "otherwise" takes "continue" or a list of steps.'],
    ),
    (
        "a comma that needs quotes",
        LOOK,
        "label: Hours,",
        "label: Hours, or less,",
        ['14:37: There is no key "or less". Put a text that holds a comma in quotation marks.'],
    ),
    (
        "a file that says another name",
        LOOK,
        "form: look",
        "form: lokk",
        ['1:7: The file is called "look", but says "lokk". Write look.'],
    ),
    # Conditions of forms
    (
        "a condition about a later field",
        ORDER,
        "{name: urgent, label: Is it urgent?, type: yes_no}",
        "{name: urgent, label: Is it urgent?, type: yes_no, show_when: needed_on is empty}",
        ['7:71: "needed_on" stands later in the form; a condition can only ask about fields before it.'],
    ),
    (
        "a condition about an unknown role",
        ORDER,
        'show_when: urgent = "yes"',
        'show_when: me.role = "costumer"',
        ['8:80: "costumer" is not among the choices. Did you mean "customer"?'],
    ),
    # Texts
    (
        "an unknown fact in a text",
        LOOK,
        "{{ case.case_number }}",
        "{{ case.case_numer }}",
        ['3:16: There is no fact "case.case_numer". Did you mean "case.case_number"?'],
    ),
    (
        "a fact where none can stand",
        LOOK,
        "title: A first look",
        "title: A look {{ job.hours }}",
        [
            (
                "2:8: This text is shown as it is written, braces and all. "
                "In a form facts can stand in label, help and intro, in sections and in the labels of choices."
            )
        ],
    ),
    (
        "what nobody knows of whoever fills it in",
        LOOK,
        "title: The verdict",
        "title: For {{ me.nme }}",
        ['5:19: There is no fact "me.nme". Did you mean "me.name"?'],
    ),
    (
        "an unknown fact in the title of a section",
        LOOK,
        "title: The verdict",
        "title: Case {{ case.case_numbr }}",
        ['5:20: There is no fact "case.case_numbr". Did you mean "case.case_number"?'],
    ),
    (
        "an unknown fact in the label of a choice",
        LOOK,
        "leave: Leave it",
        'leave: "{{ job.hour }} hours"',
        ['10:45: There is no fact "job.hour". Did you mean "job.hours"?'],
    ),
    (
        "a message that says too much",
        READY,
        "before {{ due }}",
        "before {{ dew }}",
        ['5:13: A message may not say "dew". Did you mean "due"?'],
    ),
    (
        "a message that names somebody",
        READY,
        "subject: Case {{ case_number }}",
        "subject: For {{ customer_name }}",
        ['2:17: A message may not say "customer_name". It may say: case_number, due, link, office.'],
    ),
    (
        "a message that cannot be read",
        READY,
        "before {{ due }}",
        "before {{ due",
        ["3:7: The template cannot be read: expected name or number."],
    ),
    (
        "a message with an unknown filter",
        READY,
        "{{ due }}",
        "{{ due | uper }}",
        ['5:19: There is no filter "uper". Did you mean "upper"?'],
    ),
    # Documents
    (
        "a document that uses what nobody knows",
        SLIP,
        "urgent",
        "urgnt",
        [
            (
                'documents/slip/document.html:2:21: "urgent_label" is not in the "uses" of '
                'document.yaml. Did you mean "urgnt_label"?'
            ),
            '4:17: There is no "urgnt" at the step "slip" of repair. Did you mean "urgent"?',
        ],
    ),
    (
        "a document that uses what is not known yet",
        SLIP,
        "urgent",
        "look.hours",
        [
            'documents/slip/document.html:2:21: "urgent_label" is not in the "uses" of document.yaml.',
            '4:17: "look.hours" is not known yet at the step "slip" of repair.',
        ],
    ),
    (
        "a document that names a label",
        SLIP,
        "urgent",
        "urgent_label",
        ['4:17: "urgent_label" comes by itself. Write "urgent".'],
    ),
    (
        "a template that uses too much",
        PAGE,
        "{{ bicycle }}",
        "{{ needed_on }}",
        ['2:7: "needed_on" is not in the "uses" of document.yaml.'],
    ),
    (
        "a template that uses a whole group",
        PAGE,
        "{{ bicycle }}",
        "{{ job }}",
        ['2:7: "job" is not in the "uses" of document.yaml.'],
    ),
    (
        "a template that sets a whole group",
        PAGE,
        "{{ bicycle }}",
        "{% set all = job %}{{ all.hours }}",
        ['2:17: "job" is not in the "uses" of document.yaml.'],
    ),
    (
        "a template that asks for the label of what was not chosen",
        PAGE,
        "{{ bicycle }}",
        "{{ bicycle_label }}",
        ['2:7: There is no "bicycle_label": only what is chosen from a list has a label.'],
    ),
    (
        "a template that includes a file whose name is worked out",
        PAGE,
        "{{ bicycle }}",
        "{% include bicycle %}",
        ["1:1: A template includes a file whose name is worked out. Write the name itself."],
    ),
    (
        "a template with two blocks of one name",
        PAGE,
        "{{ bicycle }}",
        "{% block a %}{% endblock %}{% block a %}{% endblock %}",
        ["2:1: The template cannot be read: block 'a' defined twice."],
    ),
    (
        "a template with an unknown stamp",
        PAGE,
        "{{ stamp.title }}",
        "{{ stamp.titel }}",
        ['1:8: "stamp.titel" is not in the "uses" of document.yaml. Did you mean "stamp.title"?'],
    ),
    (
        "a template that cannot be read",
        PAGE,
        "{% endfor %}",
        "",
        [
            (
                "3:1: The template cannot be read: Unexpected end of template. Jinja was looking for "
                "the following tags: 'endfor' or 'else'. The innermost block that needs to be closed "
                "is 'for'."
            )
        ],
    ),
    # YAML itself
    (
        "a repeated key",
        REPAIR,
        "title: Repair\n",
        "title: Repair\ntitle: Again\n",
        ['3:1: "title" is here already, in line 2.'],
    ),
    (
        "an anchor",
        REPAIR,
        "title: Repair\n",
        "title: &t Repair\n",
        ["2:8: Anchors (&) and aliases (*) are not used here. Write the value out, or quote it."],
    ),
    (
        "a tag",
        REPAIR,
        "title: Repair\n",
        "title: !!str Repair\n",
        ["2:8: Tags (!) are not used here. Quote the value if it begins with !."],
    ),
    (
        "no YAML",
        REPAIR,
        "title: Repair\n",
        "title: [Repair\n",
        ["3:6: This is not YAML: did not find expected ',' or ']'."],
    ),
    (
        "two documents",
        REPAIR,
        "title: Repair\n",
        "title: Repair\n---\n",
        ["3:1: A file holds one document; remove what follows this line."],
    ),
]


@pytest.mark.parametrize(
    ("file", "written", "instead", "expected"), [pytest.param(*rest, id=name) for name, *rest in MISTAKES]
)
def test_one_mistake_is_told_with_its_place(file: str, written: str, instead: str, expected: list[str]) -> None:
    assert [line.removeprefix(f"{file}:") for line in lines(broken(file, written, instead))] == expected


def test_a_folder_without_mistakes_has_no_problems() -> None:
    assert lines(FOLDER) == []


def test_all_mistakes_are_told_in_one_pass_in_the_order_of_the_files() -> None:
    files = {
        **broken(REPAIR, "do: give_back", "do: giveback"),
        LOOK: FOLDER[LOOK].replace("pick: mechanics", "pick: people"),
    }
    assert lines(files) == [
        'forms/look.yaml:15:63: There is no list "people".',
        'repair.yaml:20:34: There is no move "giveback". Did you mean "give_back"?',
    ]


def test_a_reminder_needs_the_message_that_reminds() -> None:
    assert lines(without("messages/reminder.yaml")) == [
        'repair.yaml:11:13: A reminder needs a message called "reminder".'
    ]


def test_a_document_can_never_use_an_internal_answer() -> None:
    files = broken(
        ORDER,
        "{name: urgent, label: Is it urgent?, type: yes_no}",
        "{name: urgent, label: Is it urgent?, type: yes_no, internal: true}",
    )
    assert lines(files) == [
        'documents/slip/document.yaml:4:17: "urgent" is internal and never leaves: a document cannot use it.'
    ]


def test_an_internal_answer_of_a_step_cannot_leave_either() -> None:
    files = {**broken(SLIP, "urgent", "look.note"), PAGE: "{{ bicycle }} {{ look.note }} {{ job.parts }}"}
    files[REPAIR] = (
        FOLDER[REPAIR]
        .replace("id: slip, make: slip", "id: later, wait: 1 day")
        .replace("    show: slip\n", "  - {id: slip, make: slip}\n")
    )
    assert lines(files) == [
        'documents/slip/document.yaml:4:17: "look.note" is internal and never leaves: a document cannot use it.'
    ]


def test_what_one_branch_alone_asks_is_not_known_after_the_choice() -> None:
    files = broken(REPAIR, "{id: pause, wait: 3 days}", "{id: second, ask: owner, form: look}")
    files[REPAIR] = (
        files[REPAIR]
        .replace("          - end: not worth it\n", "")
        .replace("until: look.ready_on", "until: second.ready_on")
    )
    assert lines(files) == ['repair.yaml:22:36: "second.ready_on" is not known yet at this step.']


def test_what_the_only_branch_that_goes_on_asks_is_known_after_the_choice() -> None:
    files = broken(REPAIR, "{id: pause, wait: 3 days}", "{id: second, ask: owner, form: look}")
    files[REPAIR] = files[REPAIR].replace("until: look.ready_on", "until: second.ready_on")
    assert lines(files) == []


def test_an_answer_is_not_known_before_it_is_asked_for() -> None:
    files = broken(REPAIR, "{id: taken_in, do: take_in}", "{id: taken_in, wait: {until: look.ready_on}}")
    assert lines(files) == ['repair.yaml:5:34: "look.ready_on" is not known yet at this step.']


def test_a_step_after_a_choice_whose_branches_all_end_is_never_reached() -> None:
    files = broken(REPAIR, "{id: pause, wait: 3 days}", "end: mended")
    assert lines(files) == ["repair.yaml:22:5: No run comes to this step: it has ended before."]


def test_a_branch_after_otherwise_is_never_reached() -> None:
    files = broken(
        REPAIR, "          - end: not worth it\n", "      - when: look.hours > 3\n        steps: [{end: long}]\n"
    )
    assert lines(files) == ['repair.yaml:21:15: No run comes to this branch: it stands after "otherwise".']


def test_an_unreadable_file_is_told_once_and_not_called_unknown() -> None:
    assert lines({**FOLDER, LOOK: "form: [look"}) == [
        "forms/look.yaml:2:1: This is not YAML: did not find expected ',' or ']'."
    ]


def test_an_unreadable_start_form_is_told_once() -> None:
    assert lines({**FOLDER, ORDER: "form: !x order"}) == [
        "forms/order.yaml:1:7: Tags (!) are not used here. Quote the value if it begins with !."
    ]


def test_half_a_document_is_told() -> None:
    assert lines(without(PAGE)) == ["documents/slip/document.html:1:1: This file is missing."]


def test_a_file_with_very_many_mistakes_is_cut_short() -> None:
    steps = "".join(f"  - {{id: s{number}, mak: slip}}\n" for number in range(500))
    problems = lines({**FOLDER, REPAIR: f"workflow: repair\ntitle: Repair\nsteps:\n{steps}"})
    assert len(problems) == 101
    assert problems[-1] == "repair.yaml:104:16: There are more problems after this; mend these first."
