"""Sources: whom an article cites, how often and at what length (quote rows -> source rows)."""

from __future__ import annotations

from collections import Counter

from sayso.extract.document import Document
from sayso.extract.people.cast import Actor
from sayso.extract.people.standing import count_pronouns, names_a_group, read_gender, read_role
from sayso.tables.extracted import Quote, Source


def extract(document: Document, rows: dict[str, list]) -> list[Source]:
    """Return the sources of an article, by the place where they are first cited.

    Quotes inside quotes and quotes without a resolved speaker are left out; the latter still count
    in the words that ``share_of_voice`` is a share of.
    """
    outer = [q for q in rows["quotes"] if q.nested_in is None]
    spoken = sum(_n_words(q) for q in outer)
    groups: dict[str, list[Quote]] = {}
    for quote in outer:
        if quote.speaker is not None:
            groups.setdefault(quote.speaker, []).append(quote)
    cited = (own for own in groups.values() if any(quote.speaker_span for quote in own))
    pronouns = count_pronouns(document, rows["quotes"])
    found = [_row(document, own, spoken, pronouns) for own in cited]
    return sorted(found, key=lambda r: (r.start, r.end))


def _n_words(quote: Quote) -> int:
    return len(quote.content.replace(" ... ", " ").split())


def _row(document: Document, own: list[Quote], spoken: int, pronouns: Counter) -> Source:
    article = document.article
    first = min((q for q in own if q.speaker_span), key=lambda q: q.speaker_span)
    start, end = first.speaker_span
    words = sum(_n_words(q) for q in own)
    gender, how = None, None
    group = names_a_group(first.speaker, document.lexicon)
    if first.speaker_kind == "person" and not group:
        actor = document.cast.named(first.speaker) or Actor(first.speaker, "person")
        gender, how = read_gender(document, actor, pronouns)
    return Source(
        source_id=f"{article.article_id}-s{start}",
        article_id=article.article_id,
        source=first.speaker,
        kind=first.speaker_kind,
        gender=gender,
        gender_how=how,
        role=read_role(document, first.speaker, first.speaker_kind, first.speaker_mention),
        affiliation=first.affiliation,
        named=first.speaker_kind not in (None, "unnamed"),
        aliases=tuple(dict.fromkeys(q.speaker_mention for q in own if q.speaker_mention)),
        n_quotes=len(own),
        n_direct=sum(q.kind != "indirect" for q in own),
        n_words=words,
        share_of_voice=round(words / spoken, 4) if spoken else 0.0,
        first_at=round(start / max(1, len(article.text)), 4),
        start=start,
        end=end,
    )
