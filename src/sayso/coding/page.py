"""The page on which one coder codes one article: one file, no server, no connection.

The script and the style stand in the page, allowed by their digests and by nothing else; what the
article says reaches the page as data alone, so no text can do anything.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict

from sayso.coding.items import LAYERS, STANCES, Item
from sayso.coding.sheet import COLUMNS
from sayso.paths import data_path
from sayso.show.html import escape

FORMAT = "sayso coding 1"
QUOTES: Mapping[str, Sequence[str]] = {"quotes": ()}
BUTTONS = (
    ("right", "Right", "r"),
    ("wrong", "Wrong", "w"),
    ("change", "Change", "c"),
    ("missed", "Missed", "m"),
    ("blame", "Blame", "b"),
    ("frame", "Frame", "f"),
    ("words", "New words", "s"),
    ("piece", "Add a piece", "a"),
    ("previous", "Previous", "p"),
    ("next", "Next", "n"),
    ("undo", "Undo", "u"),
    ("done", "Done", "d"),
    ("json", "Export", "e"),
    ("csv", "Export CSV", ""),
)
# Buttons that are there only if coders are asked about a layer.
ASKED_BY = {"missed": "quotes", "blame": "blames", "frame": "frames"}
TASK = {
    False: "Judge all that was found: is it speech of somebody (or blame, or its frame), are "
    "words, speaker, kind and stance right? Then read the article for what was missed.",
    True: "This one is blind: nothing is suggested. Select the words of every quote and press m.",
}
HELP = (
    "r right, w wrong (no quote, or of no speaker), c change speaker, kind or stance, n and p next "
    "and previous, u undo, d done, e export. To select words without a mouse, tab into the text "
    "and hold Shift with the arrow keys (and Ctrl for whole words): m makes them a missed quote, s "
    "the words of the quote at hand, a a further piece of it. On a quote you added, w takes it "
    "away. Counted is what is said, written, asked or ordered, and no quote inside another quote. "
)
MORE = {
    "blames": "b marks blame that was missed: the sentence, who blames (speaker; empty if nobody "
    "is named), who is blamed (target), and as stance assert, report or deny. ",
    "frames": "f marks a frame that was missed: the sentence, the frame's name (target), and who "
    "speaks (empty is the outlet). ",
}


def page(
    article: dict,
    found: Sequence[tuple[str, Item]],
    *,
    coder: str,
    blind: bool,
    file: str,
    asked: Mapping[str, Sequence[str]] = QUOTES,
) -> str:
    """Return a page for an article (article_id, sha256, headline, outlet, text) as HTML.

    ``found`` is what is suggested, by its id: nothing of a blind article. ``file`` is what the
    export is called, without its ending, ``asked`` what coders are asked, by layer, with the names
    of the frames there are.
    """
    script, look = (data_path(f"coding/page.{e}").read_text("utf-8") for e in ("js", "css"))
    items = [{"id": name, **asdict(one)} for name, one in found]
    data = {"format": FORMAT, "coder": coder, "blind": blind, "file": file, "items": items}
    data |= {name: article[name] for name in ("article_id", "sha256", "text")}
    data["targets"] = [name for names in asked.values() for name in names]
    # Of what stands in a script element, only '<' could end it.
    told = json.dumps(data | {"columns": COLUMNS}).replace("<", "\\u003c")
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(script, look)}">'
        f"<title>{escape(article['headline'])}: coding</title><style>{look}</style></head>\n"
        f"<body>{_body(article, coder, blind, asked)}\n"
        f'<script type="application/json" id="data">{told}</script>\n'
        f"<script>{script}</script></body></html>\n"
    )


def _policy(script: str, look: str) -> str:
    hashes = [
        base64.b64encode(hashlib.sha256(one.encode()).digest()).decode() for one in (script, look)
    ]
    parts = ("default-src 'none'", f"script-src 'sha256-{hashes[0]}'")
    return "; ".join((*parts, f"style-src 'sha256-{hashes[1]}'", "form-action 'none'"))


def _body(article: dict, coder: str, blind: bool, asked: Mapping[str, Sequence[str]]) -> str:
    buttons = "".join(
        f'<button type="button" data-do="{do}"{" id=done aria-pressed=false" * (do == "done")}>'
        f"{words}{f'<kbd>{key}</kbd>' if key else ''}</button>"
        for do, words, key in BUTTONS
        if ASKED_BY.get(do) in (None, *asked)
    )
    more = "".join(MORE.get(name, "") for name in asked)
    kinds = [kind for name in asked for kind in LAYERS[name]]
    return f"""<header><h1>{escape(article["headline"])}</h1>
<p class="task">{escape(article["outlet"])}. Coder: {escape(coder)}. {TASK[blind]}</p>
<details id="help"><summary>What to do, and keys <kbd>?</kbd></summary>
<p>{TASK[blind]} {HELP}{more}</p></details>
<p><label>Progress <progress id="progress"></progress></label> <span id="count"></span>.
<span id="kept"></span></p></header>
<main><div id="text" role="textbox" aria-multiline="true" aria-readonly="true" tabindex="0"
 aria-label="The article" contenteditable="true" spellcheck="false" inputmode="none"></div>
<aside aria-label="Quotes"><form id="form" hidden aria-label="One quote">
<blockquote id="formwords"></blockquote>
<label for="speaker">Speaker</label><input id="speaker" name="speaker" list="names"
 autocomplete="off"><datalist id="names"></datalist>
<label for="kind">Kind</label>{_choice("kind", kinds)}
<label for="stance">Stance</label>{_choice("stance", ("", *STANCES))}
<label for="target">Target or frame</label><input id="target" name="target" list="targets"
 autocomplete="off"><datalist id="targets"></datalist>
<label for="note">Note</label><input id="note" name="note" autocomplete="off">
<button type="submit">Keep <kbd>Enter</kbd></button>
<button type="button" id="cancel">Cancel <kbd>Esc</kbd></button></form>
<ol id="list"></ol></aside></main>
<footer><div role="toolbar" aria-label="What to do">{buttons}</div>
<p id="said" role="status" aria-live="polite"></p></footer>"""


def _choice(name: str, values: Sequence[str]) -> str:
    options = "".join(f'<option value="{v}">{v or "(none)"}</option>' for v in values)
    return f'<select id="{name}" name="{name}">{options}</select>'
