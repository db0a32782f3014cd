"""A picture as SVG for pages and notebooks: words stay words, in the page's ink, on any screen.

What differs between two runs or two processors is taken out: dates, ids, all decimals but one.
"""

from __future__ import annotations

import hashlib
import io
import re
from xml.etree import ElementTree

from matplotlib.figure import Figure

from sayso.show.canvas import INK, style
from sayso.text.printed import for_xml

SVG, LINK = "http://www.w3.org/2000/svg", "{http://www.w3.org/1999/xlink}href"
FONTS = "system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,'DejaVu Sans',sans-serif"
LOOK = f"width:100%;max-width:560px;height:auto;font-family:{FONTS};stroke-linejoin:round"
DECIMALS = re.compile(r"-?\d+\.\d+(?:e-?\d+)?")
PLACES = ("d", "x", "y", "transform", "width", "height", "viewBox")
UNSEEN = {f"{{{SVG}}}metadata", f"{{{SVG}}}style"}
SHORT_FONT = re.compile(r"font: (?:(\w+) )?([\d.]+px) [^;]+")
FAMILY = re.compile(r"font-family: [^;]+; ?")
LEVEL = re.compile(r"rotate\(-?0 [^)]*\)")


def svg(figure: Figure, words: str) -> str:
    """Return a figure as an ``<svg>`` element that ``words`` describe to those who don't see it."""
    file = io.StringIO()
    with style():
        nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
        figure.savefig(file, format="svg", metadata=nothing)
    root, words = ElementTree.fromstring(for_xml(file.getvalue())), for_xml(words)
    for element in list(root.iter()):
        for child in list(element):
            if child.tag in UNSEEN or child.get("style") == "fill: none":
                element.remove(child)
        _plain(element)
    _number_ids(root, hashlib.sha256(words.encode()).hexdigest()[:8])
    for size in ("width", "height"):
        root.attrib.pop(size, None)
    root.attrib |= {"role": "img", "aria-label": words, "style": LOOK}
    ElementTree.register_namespace("", SVG)
    return ElementTree.tostring(root, encoding="unicode")


def _plain(element: ElementTree.Element) -> None:
    """Round where an element stands; leave font and ink to the page."""
    for name in PLACES:
        if value := element.attrib.pop(name, ""):
            value = DECIMALS.sub(_rounded, LEVEL.sub("", value))
            element.attrib |= {name: " ".join(value.split())} if value else {}
    if look := element.get("style"):
        look = FAMILY.sub("", SHORT_FONT.sub(_font, look)).replace(INK, "currentColor")
        element.attrib["style"] = look.replace("; ", ";").replace(": ", ":")
    if element.tag != f"{{{SVG}}}text":
        element.text = None
    element.tail = None


def _rounded(number: re.Match) -> str:
    return f"{round(float(number[0]), 1) + 0:g}"


def _font(font: re.Match) -> str:
    return f"font-size: {font[2]}" + (f"; font-weight: {font[1]}" if font[1] else "")


def _number_ids(root: ElementTree.Element, salt: str) -> None:
    """Number the ids that something refers to, and drop the others."""
    numbers: dict[str, str] = {}

    def renamed(reference: re.Match) -> str:
        old = reference[1]
        return f"#{numbers.setdefault(old, f'p{salt}-{len(numbers)}')}"

    for element in root.iter():
        if link := element.attrib.pop(LINK, None):
            element.attrib["href"] = re.sub(r"#(\w+)", renamed, link)
        for name in ("clip-path", "style"):
            value = element.attrib.get(name, "")
            if "url(#" in value:
                element.attrib[name] = re.sub(r"(?<=url\()#(\w+)", renamed, value)
    for element in root.iter():
        old = element.attrib.pop("id", None)
        if old in numbers:
            element.attrib["id"] = numbers[old]
