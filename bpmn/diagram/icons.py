"""
The small drawings inside shapes, in our own lines.

An icon has an outline, and details drawn upon it. Thrown events fill the outline with ink and turn the details to
paper. Marks of events and gateways have their origin in the middle of the shape; those of tasks in the corner of a
field of 16 by 16; markers below an activity in the middle of a field of 14 by 14.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import cos, pi, sin
from types import MappingProxyType

from bpmn.description import Trigger
from bpmn.diagram.canvas import BODY, KNOCKED_OUT, LINE, SOLID, Canvas, through
from bpmn.diagram.content import MULTIPLE, PARALLEL_MULTIPLE, Trait
from bpmn.diagram.geometry import Point


@dataclass(frozen=True, slots=True)
class Icon:
    outline: str
    details: str = ""
    solid: str = ""
    """What is filled with ink whether or not the icon is."""


def draw(canvas: Canvas, icon: Icon, *, filled: bool = False) -> None:
    if icon.outline:
        canvas.path(icon.outline, SOLID if filled else BODY)
    if icon.solid:
        canvas.path(icon.solid, SOLID)
    if icon.details:
        canvas.path(icon.details, KNOCKED_OUT if filled else LINE)


def _ring(corners: int, radius: float) -> list[Point]:
    """Return the corners of a regular figure, the first on top."""
    angles = [2 * pi * each / corners - pi / 2 for each in range(corners)]
    return [Point(radius * cos(each), radius * sin(each)) for each in angles]


def _circle(radius: float, *, x: float = 0, y: float = 0) -> str:
    return f"M{x} {y - radius}a{radius} {radius} 0 1 1 0 {2 * radius}a{radius} {radius} 0 1 1 0 {-2 * radius}Z"


def _bar(eighth: int) -> list[Point]:
    """Return a narrow bar through the origin, turned by so many eighths of a whole turn."""
    angle = pi / 4 * eighth
    corners = ((-0.9, -11), (0.9, -11), (0.9, 11), (-0.9, 11))
    return [
        Point(x * cos(angle) - y * sin(angle), x * sin(angle) + y * cos(angle)) for x, y in corners
    ]


def _gear(x: float, y: float) -> str:
    """Return a wheel with eight teeth and a hole."""
    corners = []
    for tooth in range(8):
        for turn, radius in ((-0.3, 5.4), (-0.2, 7.2), (0.2, 7.2), (0.3, 5.4)):
            angle = pi / 4 * (tooth + turn)
            corners.append(Point(x + radius * cos(angle), y + radius * sin(angle)))
    return f"{through(corners)}Z"


ENVELOPE = Icon("M-9-6.5H9V6.5H-9Z", "M-9-6.5L0 1L9-6.5")
PENTAGON = f"{through(_ring(5, 10))}Z"

EVENTS: Mapping[str, Icon] = MappingProxyType(
    {
        Trigger.MESSAGE: ENVELOPE,
        Trigger.TIMER: Icon(_circle(10), "M0-6.5V0L4 2.5M0-10v1.6M10 0h-1.6M0 10v-1.6M-10 0h1.6"),
        Trigger.ERROR: Icon("M-8.5 8.5L-3.6-8.5L3 1.8L8.5-8.5L3.6 8.5L-3-1.8Z"),
        Trigger.ESCALATION: Icon("M0-10L7.5 8.5L0 1.5L-7.5 8.5Z"),
        Trigger.SIGNAL: Icon("M0-9.5L9.5 6.5H-9.5Z"),
        Trigger.CONDITIONAL: Icon(
            "M-7-9H7V9H-7Z", "M-4.5-5.4H4.5M-4.5-1.8H4.5M-4.5 1.8H4.5M-4.5 5.4H4.5"
        ),
        Trigger.COMPENSATION: Icon("M-1-6.5V6.5L-10 0ZM8-6.5V6.5L-1 0Z"),
        Trigger.CANCEL: Icon(
            "M-8.5-5.5L-5.5-8.5L0-3L5.5-8.5L8.5-5.5L3 0L8.5 5.5L5.5 8.5L0 3L-5.5 8.5L-8.5 5.5L-3 0Z"
        ),
        Trigger.TERMINATE: Icon("", solid=_circle(10.5)),
        Trigger.LINK: Icon("M-9.5-3.5H1V-8.5L10 0L1 8.5V3.5H-9.5Z"),
        MULTIPLE: Icon(PENTAGON),
        PARALLEL_MULTIPLE: Icon("M-3-9.5H3V-3H9.5V3H3V9.5H-3V3H-9.5V-3H-3Z"),
    }
)

TASKS: Mapping[str, Icon] = MappingProxyType(
    {
        "userTask": Icon(
            f"{_circle(3.6, x=8, y=4.6)}M1.5 15.2C1.5 11 4 9.2 8 9.2S14.5 11 14.5 15.2Z"
        ),
        "manualTask": Icon(
            "M1 8.4C1 7 1.7 6.2 2.8 5.6L6.4 3.1C7.4 2.5 8.2 3.6 7.5 4.4L6.1 5.9H14C15.3 5.9 15.3 7.7 14 7.7"
            "C15 7.7 15 9.5 13.6 9.5C14.4 9.5 14.3 11.2 13 11.2"
            "C13.7 11.2 13.5 12.9 12.2 12.9H5.6C2.6 12.9 1 11.2 1 8.4Z",
            "M9.4 7.7H14M9.4 9.5H13.6M9.4 11.2H13",
        ),
        "scriptTask": Icon(
            "M5 1.5H14C11.4 3.9 11.6 6 13.4 8S15 12.4 12.2 14.5H3.2C5.8 12.4 6 10.2 4.2 8S2.4 3.7 5 1.5Z",
            "M5.4 4.5H10M6 7H11M6.6 9.4H12M6 11.9H11.4",
        ),
        "serviceTask": Icon(_gear(8, 8), _circle(2.6, x=8, y=8)),
        "sendTask": Icon("M1 3H15V13H1Z", "M1 3L8 8.6L15 3"),
        "receiveTask": Icon("M1 3H15V13H1Z", "M1 3L8 8.6L15 3"),
        "businessRuleTask": Icon(
            "M1 2.5H15V13.5H1Z", "M1 9.9H15M5.5 6.2V13.5", solid="M1 2.5H15V6.2H1Z"
        ),
    }
)
RECEIVE_AND_START = Icon(_circle(8, x=8, y=8), "M3.5 4.8H12.5V11.2H3.5ZM3.5 4.8L8 8.4L12.5 4.8")

MARKERS: Mapping[str, Icon] = MappingProxyType(
    {
        "collapsed": Icon("M-7-7H7V7H-7Z", "M0-4.5V4.5M-4.5 0H4.5"),
        Trait.LOOP: Icon("", "M-3 5.6A6 6 0 1 1 2.4 5.8M-3 5.6L-6.6 5.4M-3 5.6L-2.7 2"),
        Trait.PARALLEL: Icon("", solid="M-5-5.5H-4V5.5H-5ZM-.5-5.5H.5V5.5H-.5ZM4-5.5H5V5.5H4Z"),
        Trait.SEQUENTIAL: Icon(
            "", solid="M-5.5-5H5.5V-4H-5.5ZM-5.5-.5H5.5V.5H-5.5ZM-5.5 4H5.5V5H-5.5Z"
        ),
        Trait.COMPENSATION: Icon("M-.5-5V5L-7 0ZM6.5-5V5L0 0Z"),
        "adHoc": Icon(
            "",
            solid="M-7 2.2C-5.2-2.6-2.6-3.2 0-.9C2.4 1.2 4.4 1 7-2.4C5.2 2.8 2.6 3.6 0 1.3C-2.4-.9-4.4-.9-7 2.2Z",
        ),
    }
)

GATEWAYS: Mapping[str, Icon] = MappingProxyType(
    {
        "exclusiveGateway": Icon(
            "", solid="M-9-11H-5L0-3.2L5-11H9L2.2 0L9 11H5L0 3.2L-5 11H-9L-2.2 0Z"
        ),
        "parallelGateway": Icon(
            "", solid="M-1.8-12H1.8V-1.8H12V1.8H1.8V12H-1.8V1.8H-12V-1.8H-1.8Z"
        ),
        "complexGateway": Icon("", solid="".join(f"{through(_bar(turn))}Z" for turn in range(4))),
    }
)
EVENTS_OF_GATEWAY = Icon(f"{through(_ring(5, 8.5))}Z")
ALL_EVENTS_OF_GATEWAY = Icon("M-2.4-8H2.4V-2.4H8V2.4H2.4V8H-2.4V2.4H-8V-2.4H-2.4Z")
