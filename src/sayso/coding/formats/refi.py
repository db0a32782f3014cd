"""REFI-QDA (.qdpx), which NVivo, MAXQDA, ATLAS.ti and QualCoder exchange; places count characters.

A selection is a piece of a quote; kind, stance and speaker are codes on it. Pieces of one quote
have the same description ('quote 3'). The words go along as the selection's name: programs that
count line ends or emoji otherwise are mended by them.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from sayso.coding.items import DETAILS, Document, Item, fitted, in_order, item
from sayso.text.printed import for_xml

NS = "urn:QDA-XML:project:1.0"
ENTRY, LONGEST = "project.qde", 16_000_000
PREFIXES = {name: f"{name}: " for name in DETAILS}


def _guid(*parts: object) -> str:
    return str(uuid5(NAMESPACE_URL, "sayso " + " ".join(map(str, parts)))).upper()


def _codes(one: Item) -> list[str]:
    told = ((before, getattr(one, name)) for name, before in PREFIXES.items())
    return [before + value for before, value in told if value]


def write(documents: Sequence[Document]) -> dict[str, bytes]:
    """Return ``sayso.qdpx``, the same bytes for the same articles."""
    from lxml import etree

    user = _guid("user")
    project = etree.Element("Project", {"name": "sayso", "origin": "sayso"}, nsmap={None: NS})
    users = etree.SubElement(project, "Users")
    etree.SubElement(users, "User", guid=user, name="sayso")
    codes = etree.SubElement(etree.SubElement(project, "CodeBook"), "Codes")
    for name in sorted({code for d in documents for one in d.items for code in _codes(one)}):
        etree.SubElement(codes, "Code", guid=_guid("code", name), name=name, isCodable="true")
    sources, texts = etree.SubElement(project, "Sources"), {}
    for n, document in enumerate(documents):
        guid = _guid("source", n, document.article_id)
        texts[f"sources/{guid}.txt"] = document.text.encode()
        where = {"guid": guid, "name": for_xml(document.article_id)}
        where["plainTextPath"] = f"internal://{guid}.txt"
        _selections(etree.SubElement(sources, "TextSource", where), document, guid, user)
    entry = etree.tostring(project, xml_declaration=True, encoding="utf-8", standalone=True)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in {ENTRY: entry, **texts}.items():
            packed.writestr(zipfile.ZipInfo(name), content)
    return {"sayso.qdpx": out.getvalue()}


def _selections(source, document: Document, guid: str, user: str) -> None:
    from lxml import etree

    for n, one in enumerate(document.items, 1):
        for k, (start, end) in enumerate(one.spans, 1):
            where = {"guid": _guid(guid, n, k), "creatingUser": user}
            where |= {"startPosition": str(start), "endPosition": str(end)}
            where["name"] = for_xml(document.text[start:end])
            selection = etree.SubElement(source, "PlainTextSelection", where)
            etree.SubElement(selection, "Description").text = f"quote {n}"
            for code in _codes(one):
                own = {"guid": _guid(guid, n, k, code), "creatingUser": user}
                coding = etree.SubElement(selection, "Coding", own)
                etree.SubElement(coding, "CodeRef", targetGUID=_guid("code", code))


def read(path: Path) -> Iterator[Document]:
    """Yield the text sources of a project; what has no code 'kind: ...' is of no concern here."""
    from lxml import etree

    try:
        packed = zipfile.ZipFile(path)
        told = packed.getinfo(ENTRY)
    except (zipfile.BadZipFile, KeyError):
        raise ValueError(f"{path.name} is no REFI-QDA project: no {ENTRY} in it") from None
    if told.file_size > LONGEST:
        raise ValueError(f"{path.name} is too large: {told.file_size:,} bytes of {ENTRY}")
    with packed:
        safe = etree.XMLParser(resolve_entities=False, no_network=True)
        project = etree.fromstring(packed.read(ENTRY), safe)
        codes = {code.get("guid"): code.get("name") for code in project.iter(f"{{{NS}}}Code")}
        for source in project.iter(f"{{{NS}}}TextSource"):
            inside = source.get("plainTextPath", "").removeprefix("internal://")
            text = packed.read(f"sources/{inside}").decode("utf-8-sig")
            groups: dict[str, list[tuple]] = {}
            for selection in source.iter(f"{{{NS}}}PlainTextSelection"):
                names = [codes[ref.get("targetGUID")] for ref in selection.iter(f"{{{NS}}}CodeRef")]
                how = {
                    part: next((n.removeprefix(p) for n in names if n.startswith(p)), "")
                    for part, p in PREFIXES.items()
                }
                if how["kind"]:
                    described = selection.findtext(f"{{{NS}}}Description", selection.get("guid"))
                    groups.setdefault(described, []).append((_place(text, selection), how))
            found = [
                item(text, [s for s, _ in own], *own[0][1].values()) for own in groups.values()
            ]
            yield Document(source.get("name", ""), text, tuple(in_order(found)))


def _place(text: str, selection) -> tuple[int, int]:
    start, end = int(selection.get("startPosition")), int(selection.get("endPosition"))
    words = selection.get("name") or ""
    if not words or for_xml(text[start:end]) == words:
        return start, end
    return fitted(text, start, end, words)
