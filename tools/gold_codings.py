"""Write data/codings: the annotations of three seeds (data/gold) as codings, for notebook 91.

The three were not drawn by chance: the design only says what it would if they had been. What the
annotations don't tell is taken from the lists (stance) or from what was found (thought or said).
"""

from __future__ import annotations

import json
import shutil

import sayso
from sayso.coding import design
from sayso.coding.items import item, items, matched, words_of
from sayso.coding.page import FORMAT
from sayso.evaluation.gold import same_speaker
from sayso.lexicon.cues import SPEECH, cue_lexicon
from sayso.paths import data_path, seeds_path

CODER = "reader"
SEEDS = range(1000)


def rows(text: str, gold: dict, quotes) -> list[dict]:
    """Return the rows of an export: every quote of the annotations that is speech."""
    own = [q for q in gold["quotes"] if q["level"] == 1]
    told = [item(text, q["content"], q["kind"], q["speaker"][0]) for q in own]
    outer = quotes[quotes["nested_in"].isna()]
    found = dict((j, outer.iloc[i]) for i, j in matched(text, items(text, outer), told))
    made = []
    for number, (one, q) in enumerate(zip(told, own, strict=True)):
        there = found.get(number)
        unsaid = there is not None and there["act"] not in SPEECH
        if unsaid or (there is None and q.get("optional")):
            continue
        same = there is not None and same_speaker(there["speaker"], q["speaker"])
        cue = text[slice(*q["cue"])] if q["cue"] else ""
        row = {"quote_id": "" if there is None else there["quote_id"], "kind": one.kind}
        row |= {"verdict": "missed" if there is None else "changed"}
        row |= {"speaker": there["speaker"] if same else one.speaker, "spans": one.spans}
        row |= {"stance": cue_lexicon().stance(cue) or "" if cue else ""}
        made.append(row | {"words": words_of(text, one.spans), "note": ""})
    return made


def main() -> None:
    news = sayso.read(seeds_path())
    paths = sorted(data_path("gold").glob("*.json"))
    names = {path.stem for path in paths}
    folder = data_path("gold").parent / "codings"
    shutil.rmtree(folder, ignore_errors=True)
    (folder / CODER).mkdir(parents=True)
    quotes, articles = news.quotes, news.articles
    drawn = (design.draw(articles, quotes, len(names), seed=seed) for seed in SEEDS)
    fitting = next(d for d in drawn if set(d.loc[d["drawn"], "article_id"]) == names)
    design.save(design.assign(fitting, [CODER], "all"), folder)
    for path in paths:
        row = news.article(path.stem)
        own = quotes[quotes["article_id"] == path.stem]
        gold = json.loads(path.read_text(encoding="utf-8"))
        made = {"format": FORMAT, "article_id": path.stem, "sha256": row["sha256"], "coder": CODER}
        made |= {"blind": True, "done": True, "rows": rows(row["text"], gold, own)}
        text = json.dumps(made, indent=1, ensure_ascii=False) + "\n"
        (folder / CODER / path.name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
