"""Files with a diagram in a line or two, and what is to be seen in the picture of them."""

from lxml import etree

from bpmn.diagram import svg

SVG = "{http://www.w3.org/2000/svg}"
HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"'
    ' xmlns:m="http://www.omg.org/spec/BPMN/20100524/MODEL"'
    ' xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"'
    ' xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"'
    ' xmlns:di="http://www.omg.org/spec/DD/20100524/DI" targetNamespace="tests">'
)
TAGS = {"svg", "title", "g", "path", "rect", "circle", "text", "tspan"}
ATTRIBUTES = {
    *("aria-labelledby", "class", "color", "cx", "cy", "d", "data-element-id", "fill"),
    *("font-family", "font-size", "height", "id", "paint-order", "r", "role", "rx", "stroke"),
    *("stroke-dasharray", "stroke-linecap", "stroke-linejoin", "stroke-width", "text-anchor"),
    *("transform", "viewBox", "width", "x", "y"),
    "{http://www.w3.org/XML/1998/namespace}space",
}


def model(process: str, *drawn: str, others: str = "") -> bytes:
    """Return a file with a process `p`, and a diagram of it if anything is drawn."""
    return whole(
        f'<process id="p">{process}</process>{others}', plane("p", *drawn) if drawn else ""
    )


def whole(*parts: str) -> bytes:
    return f"{HEAD}{''.join(parts)}</definitions>".encode()


def plane(about: str, *drawn: str) -> str:
    inside = f'<bpmndi:BPMNPlane bpmnElement="{about}">{"".join(drawn)}</bpmndi:BPMNPlane>'
    return f"<bpmndi:BPMNDiagram>{inside}</bpmndi:BPMNDiagram>"


def bounds(x: object, y: object, width: object, height: object) -> str:
    return f'<dc:Bounds x="{x}" y="{y}" width="{width}" height="{height}"/>'


def shape(key: str, *box: object, inside: str = "", **attributes: str) -> str:
    said = "".join(f' {name}="{value}"' for name, value in attributes.items())
    place = bounds(*(box or (100, 100, 100, 80)))
    return f'<bpmndi:BPMNShape bpmnElement="{key}"{said}>{place}{inside}</bpmndi:BPMNShape>'


def edge(key: str, *points: tuple[object, object], inside: str = "", **attributes: str) -> str:
    said = "".join(f' {name}="{value}"' for name, value in attributes.items())
    way = "".join(f'<di:waypoint x="{x}" y="{y}"/>' for x, y in points)
    return f'<bpmndi:BPMNEdge bpmnElement="{key}"{said}>{way}{inside}</bpmndi:BPMNEdge>'


def label(*box: object) -> str:
    return f"<bpmndi:BPMNLabel>{bounds(*box)}</bpmndi:BPMNLabel>"


class Picture:
    """A picture, which a strict page would show."""

    def __init__(self, source: bytes, **how: object) -> None:
        self.text = svg.draw(source, **how)
        self.root = etree.XML(self.text)
        for node in self.root.iter():
            assert node.tag.removeprefix(SVG) in TAGS
            assert set(node.attrib) <= ATTRIBUTES
            assert not any("url(" in value for value in node.attrib.values())

    @property
    def ids(self) -> list[str]:
        return [
            node.get("data-element-id")
            for node in self.root.iter(f"{SVG}g")
            if node.attrib.get("data-element-id")
        ]

    def group(self, key: str) -> etree._Element:
        [found] = [each for each in self.root.iter() if each.get("data-element-id") == key]
        return found

    def title(self, key: str) -> str:
        return self.group(key).findtext(f"{SVG}title")

    def all(self, key: str, tag: str, look: str = "") -> list[etree._Element]:
        found = self.group(key).iter(f"{SVG}{tag}")
        return [each for each in found if not look or each.get("class") == look]

    def lines(self, key: str) -> list[str]:
        return [each.text for each in self.all(key, "tspan")]

    def paths(self, key: str) -> list[str]:
        return [each.get("d") for each in self.all(key, "path")]
