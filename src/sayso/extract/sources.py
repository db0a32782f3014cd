"""Sources: whom an article cites, how often and at what length (quote rows -> source rows).

What several say together counts for each of them, in a row each.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from sayso.extract.document import Document
from sayso.extract.people.cast import Actor
from sayso.extract.people.joint import joint_parts
from sayso.extract.people.standing import count_pronouns, names_a_group, read_gender, read_role
from sayso.tables.extracted import Quote, Source
from sayso.text.spans import Span


def extract(document: Document, rows: dict[str, list]) -> list[Source]:
    """Return the sources of an article, by the place where they are first cited.

    Quotes inside quotes and quotes without a resolved speaker are left out; the latter still count
    in the words that ``share_of_voice`` is a share of. A quote of several speakers is counted for
    each of them, so that shares may add up to more than 1.
    """
    outer = [q for q in rows["quotes"] if q.nested_in is None]
    spoken = sum(_n_words(q) for q in outer)
    groups: dict[str, list[Quote]] = {}
    for quote in outer:
        for own in _each(document, quote):
            groups.setdefault(own.speaker, []).append(own)
    cited = (own for own in groups.values() if any(quote.speaker_span for quote in own))
    pronouns = count_pronouns(document, rows["quotes"])
    found = [_row(document, own, spoken, pronouns) for own in cited]
    return _told_apart(sorted(found, key=lambda r: (r.start, r.end)))


def _told_apart(rows: list[Source]) -> list[Source]:
    """Return rows with ids of their own: one 'the company' may be this firm, then that one."""
    seen: Counter = Counter()
    for number, row in enumerate(rows):
        seen[row.source_id] += 1
        if (times := seen[row.source_id]) > 1:
            rows[number] = replace(row, source_id=f"{row.source_id}.{times}")
    return rows


def _each(document: Document, quote: Quote) -> list[Quote]:
    """Return a quote once for each who says it, with the place of his or her own name."""
    if len(quote.speakers) < 2 or quote.speaker_span is None:
        return [replace(quote, speaker=name) for name in quote.speakers]
    start, end = quote.speaker_span
    parts = joint_parts(document.article.text, (start, end), document.cast, document.lexicon)
    if len(parts) != len(quote.speakers):  # 'they'
        parts = [(start + n, end) for n in range(len(quote.speakers))]
    return [
        _of_one(document, quote, name, part)
        for name, part in zip(quote.speakers, parts, strict=True)
    ]


def _of_one(document: Document, quote: Quote, name: str, part: Span) -> Quote:
    known = document.cast.named(name)
    return replace(
        quote,
        speaker=name,
        speaker_kind=known.kind if known else quote.speaker_kind,
        affiliation=known.affiliation if known else quote.affiliation,
        speaker_mention=document.article.text[slice(*part)],
        speaker_span=part,
    )


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
