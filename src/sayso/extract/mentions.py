"""Mentions: the persons whom an article names, quoted or not (cast and quotes -> mention rows)."""

from __future__ import annotations

from sayso.extract.document import Document
from sayso.extract.people.standing import count_pronouns, names_a_group, read_gender, read_role
from sayso.lexicon.cues import SPEECH
from sayso.tables.extracted import Mention


def extract(document: Document, rows: dict[str, list]) -> list[Mention]:
    """Return the persons of an article, by first mention; of those in boilerplate none is read."""
    article_id = document.article.article_id
    pronouns = count_pronouns(document, rows["quotes"])
    said = (q for q in rows["quotes"] if q.nested_in is None and q.act in SPEECH)
    quoted = {name for quote in said for name in quote.speakers}
    found = []
    for actor in document.cast.actors:
        if actor.kind != "person" or names_a_group(actor.name, document.lexicon):
            continue
        start, end = min(actor.spans)
        gender, how = read_gender(document, actor, pronouns)
        found.append(
            Mention(
                mention_id=f"{article_id}-m{start}",
                article_id=article_id,
                person=actor.name,
                n=len(actor.spans),
                quoted=actor.name in quoted,
                gender=gender,
                gender_how=how,
                role=read_role(document, actor.name, actor.kind),
                affiliation=actor.affiliation,
                start=start,
                end=end,
            )
        )
    return sorted(found, key=lambda row: (row.start, row.end))
