"""Words that would do something if a page, a sheet or a terminal took them for more than words.

    python -m benchmarks.stress.injections [--payloads N] [--notebook NAME ...] [--keep FOLDER]

Each payload stands in the text, as a speaker, and as headline, outlet, id, author, event and
address of an article, in the name of a file, in a file of parties and in codings. Of this corpus a
report is made, with pages for coders and the viewer's; every page is opened in Chromium, as it is
and once more without its Content-Security-Policy, so that it is known what escaping alone holds.
Counted are scripts run, requests made, elements that a page of ours has not, cells that a sheet
would compute, control characters printed, and files outside the folder that was named. Exits with 1
where there are any.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import nbformat

import sayso

RUN = "window.hit='{0}';document.title='hit {0}'"
ASK = "//hit{0}.invalid/"
# {0} is the number of the injection, by which it is known where it ran.
PAYLOADS = (
    f"<script>{RUN}</script>",
    f"</script><script>{RUN}</script>",
    f"</title><script>{RUN}</script>",
    f"</textarea></style></noscript><script>{RUN}</script>",
    f"--><script>{RUN}</script><!--",
    f"]]><script>{RUN}</script>",
    f"<script src={ASK}></script>",
    f'<img src=x onerror="{RUN}">',
    f'"><img src={ASK} onerror="{RUN}">',
    f"' onmouseover='{RUN}' autofocus onfocus='{RUN}' x='",
    f'" onmouseover="{RUN}" autofocus onfocus="{RUN}" x="',
    f'<svg onload="{RUN}"><animate onbegin="{RUN}" attributeName=x></svg>',
    f"<svg><script href=data:,{RUN}></script><use href={ASK}#a></svg>",
    f"<svg><style>@import '{ASK}';</style></svg>",
    f'<math><mtext><table><mglyph><style><img src=x onerror="{RUN}">',
    f'<iframe srcdoc="<script>parent.{RUN}</script>"></iframe>',
    f"<iframe src={ASK}></iframe><embed src={ASK}><object data={ASK}></object>",
    f'<body onload="{RUN}"><details open ontoggle="{RUN}">',
    f'<video src={ASK} poster={ASK}><source onerror="{RUN}"></video>',
    f"<link rel=stylesheet href={ASK}><link rel=prefetch href={ASK}>",
    f"<style>body{{{{background:url({ASK})}}}} @import url({ASK});</style>",
    f"</style><style>*{{{{background:url({ASK})}}}}",
    f'<p style="background:url({ASK})">so</p>',
    f"<base href={ASK}><meta http-equiv=refresh content='0;url={ASK}'>",
    f"<form action={ASK}><button formaction=javascript:{RUN}>go</button><input autofocus>",
    f'<a href="javascript:{RUN}" ping={ASK}>so</a>',
    f"javascript:{RUN}",
    f"JaVaScRiPt&colon;{RUN}",
    f"java\tscript:{RUN}",
    f"data:text/html,<script>{RUN}</script>",
    f"vbscript:{RUN}",
    f'http://a.example/"onclick="{RUN}',
    f"[so](javascript:{RUN}) ![so]({ASK})",
    f"[so]: javascript:{RUN}\n[so][so] <{ASK}>",
    f"```{{{{=html}}}}\n<script>{RUN}</script>\n```",
    f"$\\href{{{{javascript:{RUN}}}}}{{{{so}}}}$ \\unicode{{{{<img src=x onerror={RUN}>}}}}",
    "{{{{7*7}}}} {{%% for a in b %%}} ${{7*7}} #{{7*7}} <%%= 7*7 %%> {{{{config}}}}",
    f'{{{{"text/html": "<script>{RUN}</script>", "application/javascript": "{RUN}"}}}}',
    f'=HYPERLINK("http:{ASK}","so")',
    f'=cmd|" /C calc"!A0 {ASK}',
    f'@SUM(1)*IMPORTXML("http:{ASK}","a")',
    "+1+1|{0}",
    "-2+3+{0}",
    "\t=1+{0}",
    "\r\n=1+{0}",
    "../../../../hit{0}",
    "/tmp/sayso-hit{0}/x",
    "..\\..\\hit{0}\\C:",
    "CON.{0} ",
    ".hit{0}/../.git/hooks",
    "a\0b{0}",
    "\x1b]0;hit {0}\x07\x1b[2J\x1b[31m",
    "\x9b31m\u202ehit {0}\u2066",
    "\x1b]8;;http://hit{0}.invalid/\x1b\\so\x1b]8;;\x1b\\",
)
FIELDS = ("article_id", "outlet", "headline", "author", "event", "url")
CONTROL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
FORMULA = re.compile(r"[=+\-@\t\r]")
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
# What a page of ours has none of, whatever is in its articles.
FOREIGN = """() => [...document.querySelectorAll('*')].filter(one =>
    ['IFRAME','OBJECT','EMBED','BASE','VIDEO','AUDIO','SOURCE','LINK','MATH'].includes(
        one.tagName.toUpperCase())
    || (one.tagName == 'META' && /refresh/i.test(one.httpEquiv))
    || [...one.attributes].some(a => /^on/i.test(a.name))
    || ['href', 'src', 'action', 'formaction', 'xlink:href'].some(name =>
        /^(javascript:|vbscript:|data:text)/i.test(
            (one.getAttribute(name) || '').replace(/[\\x00-\\x20]/g, '')))
).map(one => one.outerHTML.slice(0, 200))"""


class Numbered:
    """Payloads with numbers, each told by where it stands."""

    def __init__(self) -> None:
        self.places: list[str] = []

    def put(self, payload: str, place: str) -> str:
        """Return a payload with its own number."""
        self.places.append(f"{place}: {payload}")
        return payload.replace("{0}", str(len(self.places))).replace("{{", "{").replace("}}", "}")


def write_corpus(folder: Path, payloads: tuple[str, ...], numbered: Numbered) -> None:
    """Write articles in which each payload stands everywhere, as rows and as files."""
    rows, put = [], numbered.put
    for number, payload in enumerate(payloads):
        speaker, text = put(payload, "speaker"), put(payload, "text")
        row: dict[str, Any] = {name: put(payload, name) for name in FIELDS}
        row["published"] = f"2021-03-{1 + number % 28:02}"
        row["text"] = (
            f"The council of Harrow met on Tuesday. “We {text} agree on the bridge,” said"
            f" {speaker} Ann Lee, who blamed {speaker} the mayor for {text}.\n\n"
            f"“We agree on the bridge,” said {speaker}.\n\n{text}\n\n"
            "Bo Lind, a spokesman, said the works would end in May."
        )
        rows.append(row)
        rows.append(row | {"article_id": f"n{number}", "outlet": "The Post"})
    lines = (json.dumps(row) + "\n" for row in rows)
    (folder / "rows.jsonl").write_text("".join(lines), encoding="utf-8")
    for payload in payloads:
        name = put(payload, "file name").replace("/", "\u2215").replace("\0", "")
        text = f"{put(payload, 'first line')}\n\n“It is late,” Ann Lee said on Monday."
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")


def write_parties(path: Path, payloads: tuple[str, ...], numbered: Numbered) -> None:
    """Write a file of parties whose names and aliases are payloads."""
    entries = []
    for payload in payloads:
        name = CONTROL.sub("", numbered.put(payload, "party"))
        entries.append(f"[[organisation]]\nname = {json.dumps(name)}\naliases = []\n")
    path.write_text("\n".join(entries), encoding="utf-8")


def write_codings(folder: Path, payloads: tuple[str, ...], numbered: Numbered) -> None:
    """Fill in what coders say with payloads: speakers, comments, ids of what they judge."""
    for number, path in enumerate(sorted(folder.glob("*/*.csv"))):
        if path.name == "design.csv":
            continue
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        for place, row in enumerate(rows):
            payload = payloads[(number + place) % len(payloads)]
            row["note"] = numbered.put(payload, "coding, note")
            row["done"] = "" if place else "yes"
            if row["quote_id"]:
                row["verdict"] = "changed" if place % 5 else numbered.put(payload, "verdict")
                row["speaker"] = numbered.put(payload, "coding, speaker")
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)


def command(*words: str, cwd: Path) -> tuple[int, str]:
    """Run sayso; return its status and all that it printed."""
    started = [sys.executable, "-c", "from sayso.cli import app; app()", *words]
    own = os.environ | {"PYTHONPATH": str(Path(sayso.__file__).parents[1])}
    run = subprocess.run(started, cwd=cwd, env=own, capture_output=True, check=False)
    return run.returncode, (run.stdout + run.stderr).decode("utf-8", "replace")


def bare(pages: list[Path], folder: Path) -> list[Path]:
    """Return copies of pages without their Content-Security-Policy."""
    folder.mkdir()
    copies = []
    for number, path in enumerate(pages):
        copy = folder / f"{number}.html"
        copy.write_text(POLICY.sub("", path.read_text("utf-8")), encoding="utf-8")
        copies.append(copy)
    return copies


def outputs(folder: Path, target: Path) -> list[Path]:
    """Return what notebooks show as HTML, as pages that forbid nothing."""
    target.mkdir()
    made = []
    for path in sorted(folder.glob("*.ipynb")):
        cells = nbformat.read(str(path), as_version=4).cells
        shown = [
            out["data"]["text/html"]
            for cell in cells
            for out in cell.get("outputs", ())
            if "text/html" in out.get("data", {})
        ]
        made.append(target / f"{path.stem}.html")
        made[-1].write_text("<!doctype html><meta charset=utf-8>" + "\n".join(shown), "utf-8")
    return made


def _keep(seen: list[str], event: str, told: Any) -> None:
    seen.append(f"{event} {getattr(told, 'text', '')}")
    if event == "dialog":
        told.dismiss()


def opened(pages: list[Path]) -> Iterator[str]:
    """Open pages in Chromium; return what ran, what was asked, and what should not be there."""
    from playwright.sync_api import sync_playwright

    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=quiet)
        context, asked, seen = browser.new_context(), [], []
        context.on("request", lambda request: asked.append(request.url))
        context.route(re.compile("^(?!file:|data:)"), lambda route: route.abort())
        tab = context.new_page()
        for event in ("dialog", "console", "popup", "pageerror", "download"):
            tab.on(event, partial(_keep, seen, event))
        for path in pages:
            asked.clear()
            seen.clear()
            tab.goto(path.as_uri())
            hit, title, foreign = tab.evaluate(f"[window.hit, document.title, ({FOREIGN})()]")
            if hit or title.startswith("hit") or tab.url.split("#")[0] != path.as_uri():
                yield f"script: {path.name}: {hit}, title '{title}' at {tab.url}"
            told = [url for url in asked if not url.startswith(("file:", "data:"))]
            yield from (f"request: {path.name}: {url}" for url in told)
            yield from (f"element: {path.name}: {one}" for one in foreign)
            yield from (f"complaint: {path.name}: {words[:200]}" for words in seen)
        browser.close()


def computed(folder: Path) -> Iterator[str]:
    """Return cells of sheets that a spreadsheet would compute."""
    for path in sorted(folder.rglob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.reader(file):
                for cell in row:
                    if FORMULA.match(cell) and not re.fullmatch(r"-?[\d.,e+-]+%?", cell):
                        yield f"formula: {path.name}: {cell[:80]!r}"
    for path in sorted(folder.rglob("*.xlsx")):
        with zipfile.ZipFile(path) as book:
            for name in book.namelist():
                inside = book.read(name)
                if b"<f>" in inside or b"<hyperlink" in inside or b"externalLink" in inside:
                    yield f"formula: {path.name}: in {name}"


def below(folder: Path) -> set[str]:
    """Return the paths of all that is in a folder."""
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def tried(root: Path, payloads: tuple[str, ...], notebooks: list[str]) -> tuple[int, list[str]]:
    """Make everything of a corpus of payloads; return how many there are, and what they did."""
    numbered, home = Numbered(), root / "deep" / "down"
    for name in ("texts", "few", "out"):
        (home / name).mkdir(parents=True)
    write_corpus(home / "texts", payloads, numbered)
    # Of these each outlet has a report of its own, in a folder called like it.
    paths = tuple(payload for payload in payloads if ".." in payload)
    write_corpus(home / "few", paths or payloads[:1], Numbered())
    write_parties(home / "parties.toml", payloads, numbered)
    before, out = below(root), home / "out"
    wrong = list(made(home, numbered, payloads, notebooks))
    beyond = sorted(below(root) - before - {f"deep/down/out/{one}" for one in below(out)})
    wrong += [f"outside: {path}" for path in beyond]
    pages = sorted(out.rglob("*.html"))
    shown = [
        page
        for name in ("report", "coded")
        for page in outputs(out / name / ".ran", root / f"outputs of {name}")
    ]
    few = [page for page in pages if page.parent.name not in ("articles", "views")]
    everything = [*few, *shown, *bare(pages, root / "bare")]
    wrong += opened(everything)
    print(f"{len(pages):,} pages without their policy, {len(few):,} as they are, {len(shown):,} of")
    print("what notebooks show")
    return len(numbered.places), wrong


def made(
    home: Path, numbered: Numbered, payloads: tuple[str, ...], notebooks: list[str]
) -> Iterator[str]:
    """Run every command on the corpus; return what ended badly, what it printed or computes."""
    store, codings = home / "out" / "store", home / "out" / "codings"

    def run(*words: str, fails: bool = False) -> Iterator[str]:
        status, told = command(*words, cwd=home)
        if bool(status) != fails:
            yield f"status: {words[0]} ended with {status}: {told[-600:]}"
        if found := CONTROL.search(told):
            at = told[max(0, found.start() - 60) : found.end() + 20]
            yield f"terminal: {words[0]} printed {at!r}"

    chosen = [word for name in notebooks for word in ("--notebook", name)]
    tools = ("--as", "brat,doccano,labelstudio,refi,webanno")
    yield from run("read", "texts")
    yield from run("extract", "texts", "--out", str(store), "--parties", "parties.toml")
    yield from run("verify", str(store))
    yield from run("view", str(store), "n1", "--out", "out/view.html")
    yield from run("sample", str(store), "--out", str(codings), "--articles", "20", *tools)
    yield from run("report", str(store), "--out", "out/report", *chosen)
    yield from run("report", "few", "--out", "out/by", "--by", "outlet", "--notebook", "01")
    yield from computed(home / "out")
    write_codings(codings, payloads, numbered)
    own = ("--codings", str(codings), "--notebook", "02", "--notebook", "91")
    yield from run("report", str(store), "--out", "out/coded", *own)
    yield from computed(home / "out" / "coded")
    news, views = sayso.open(store), home / "out" / "views"
    views.mkdir()
    for number, article_id in enumerate(news.articles["article_id"]):
        news.view(article_id, layers=("quotes", "dates", "blames")).save(views / f"{number}.html")


def main(argv: list[str] | None = None) -> int:
    """Print what the payloads did; return 1 where they did anything."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--payloads", type=int, default=len(PAYLOADS), help="only the first")
    parser.add_argument("--notebook", nargs="*", default=[], help="only these in the report")
    parser.add_argument("--keep", type=Path, help="a new folder to keep all that is made")
    asked = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as temporary:
        root = asked.keep or Path(temporary)
        number, wrong = tried(root, PAYLOADS[: asked.payloads], asked.notebook)
    for line in wrong[:200]:
        print(line)
    kinds = (
        "script",
        "request",
        "element",
        "formula",
        "terminal",
        "outside",
        "complaint",
        "status",
    )
    counted = {kind: sum(line.startswith(f"{kind}:") for line in wrong) for kind in kinds}
    print(f"{number} injections: " + ", ".join(f"{n} {kind}" for kind, n in counted.items()))
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
