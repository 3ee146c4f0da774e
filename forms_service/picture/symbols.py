"""Small pictures of 16 by 16 pixels, one for each kind of card and for each state: outlines, drawn with a pen."""

from __future__ import annotations

from forms_service.picture.cards import Kind
from forms_service.picture.state import State

SYMBOLS: dict[str, str] = {
    Kind.START: "M5 3l8 5-8 5z",
    Kind.REPEAT: "M13.5 8a5.5 5.5 0 1 1-1.8-4.1M12 1v3.2H8.8",
    Kind.ASK: "M8 7.5a2.75 2.75 0 1 0 0-5.5 2.75 2.75 0 0 0 0 5.5zM2.5 14a5.5 5.5 0 0 1 11 0",
    Kind.MAKE: "M4 1.5h5.5L13 5v9.5H4zM9.5 1.5V5H13M6.5 8.5h4M6.5 11h4",
    Kind.SEND: "M1.5 3.5h13v9h-13zM1.5 4l6.5 5 6.5-5",
    Kind.WAIT: "M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM8 4.5V8l2.5 2",
    Kind.CHOOSE: "M8 14V9M8 9C8 6 3.5 7 3.5 2.5M8 9c0-3 4.5-2 4.5-6.5",
    Kind.TOGETHER: "M2 3.5h12M4.5 3.5v9M11.5 3.5v9M2 12.5h12",
    Kind.EACH: "M2 3.5h12v6H2zM4.5 12.5h9M11.5 10.5l2 2-2 2",
    Kind.RUN: "M2 8h10M8.5 4L12.5 8l-4 4M14.5 2v12",
    Kind.DO: "M2.5 8.5l3.5 4 7.5-9",
    Kind.END: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM5.5 5.5h5v5h-5z",
    f"state-{State.STOPPED}": "M8 2.5v7M8 12.5v1",
    f"state-{State.HERE}": "M8 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8z",
    f"state-{State.FAILED}": "M4 4l8 8M12 4l-8 8",
    f"state-{State.SKIPPED}": "M3 4l4 4-4 4M8.5 4l4 4-4 4",
    f"state-{State.CANCELLED}": "M4 4l8 8M12 4l-8 8",
    f"state-{State.DONE}": "M3 8.5l3.5 3.5L13 4.5",
    f"state-{State.LATER}": "M4 8h.1M8 8h.1M12 8h.1",
    f"state-{State.NEVER}": "M3.5 8h9",
}
"""Name → the path of its SVG element."""
