"""Label Studio: tasks as JSON, and the labelling setup they need; places count UTF-16 units.

Kinds are labels, stance and speaker belong to a region, pieces of a quote are joined by the
relation 'continues'. Every region has its words, by which it is found again where a version of
Label Studio counts otherwise.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from sayso.coding.formats.doccano import CONTINUES, joined
from sayso.coding.items import DETAILS, KINDS, STANCES, Document, fitted, in_order, item, units

LABELS = "".join(f'<Label value="{kind}"/>' for kind in KINDS)
CHOICES = "".join(f'<Choice value="{stance}"/>' for stance in STANCES)
WORDS = (
    '<TextArea name="{}" toName="text" perRegion="true" whenTagName="label" maxSubmissions="1"/>'
)
SETUP = f"""<View>
 <Labels name="label" toName="text">{LABELS}</Labels>
 <Relations><Relation value="{CONTINUES}"/></Relations>
 <Text name="text" value="$text" granularity="word"/>
 {WORDS.format("speaker")}
 {WORDS.format("target")}
 <Choices name="stance" toName="text" perRegion="true" whenTagName="label">{CHOICES}</Choices>
</View>
"""


def write(documents: Sequence[Document]) -> dict[str, bytes]:
    """Return ``tasks.json``, with what was found as predictions, and ``setup.xml``."""
    tasks = [
        {
            "data": {"text": document.text, "article_id": document.article_id},
            "predictions": [{"model_version": "sayso", "result": _result(document)}],
        }
        for document in documents
    ]
    return {"tasks.json": json.dumps(tasks, indent=1).encode(), "setup.xml": SETUP.encode()}


def _result(document: Document) -> list[dict]:
    result = []
    for n, one in enumerate(document.items, 1):
        ids = [f"q{n}-{k}" for k in range(1, len(one.spans) + 1)]
        for region, (start, end) in zip(ids, one.spans, strict=True):
            place = {"start": units(document.text, start), "end": units(document.text, end)}
            words = place | {"text": document.text[start:end]}
            result.append(_part(region, "label", "labels", words | {"labels": [one.kind]}))
            if one.stance:
                result.append(_part(region, "stance", "choices", place | {"choices": [one.stance]}))
            for name in ("speaker", "target"):
                if told := getattr(one, name):
                    result.append(_part(region, name, "textarea", place | {"text": [told]}))
        result += [
            {"type": "relation", "from_id": a, "to_id": b, "direction": "right"}
            | {"labels": [CONTINUES]}
            for a, b in pairwise(ids)
        ]
    return result


def _part(region: str, name: str, kind: str, value: dict) -> dict:
    return {"id": region, "from_name": name, "to_name": "text", "type": kind, "value": value}


def read(path: Path) -> Iterator[Document]:
    """Yield the articles that were annotated; a task with predictions alone is not."""
    for task in json.loads(path.read_text(encoding="utf-8")):
        done = [a for a in task.get("annotations", ()) if not a.get("was_cancelled")]
        if not done:
            continue
        text = task["data"]["text"]
        regions: dict[str, dict] = {}
        relations = []
        for part in done[-1]["result"]:
            if part["type"] == "relation":
                what = (part.get("labels") or [CONTINUES])[0]
                ends = {name: part[name] for name in ("from_id", "to_id")}
                relations.append(ends | {"type": what})
                continue
            blank = dict.fromkeys(DETAILS, "")
            own = regions.setdefault(part["id"], blank | {"id": part["id"]})
            value = part["value"]
            if part["type"] == "labels":
                words = value.get("text") or text[value["start"] : value["end"]]
                own["span"] = fitted(text, value["start"], value["end"], words, wide=True)
                own["kind"] = value["labels"][0]
            else:
                own[part["from_name"]] = value.get("choices", value.get("text", [""]))[0]
        found = [
            item(text, [p["span"] for p in own], *(own[0][name] for name in DETAILS))
            for own in joined([r for r in regions.values() if "span" in r], relations)
        ]
        yield Document(str(task["data"].get("article_id", "")), text, tuple(in_order(found)))
