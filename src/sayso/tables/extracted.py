"""The tables that are extracted: articles, quotes, dates, sources, blames, notes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sayso.tables.columns import column
from sayso.text.spans import Span


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """One row is an article."""

    article_id: str = column("text", "file name without its ending, or the table's id column")
    outlet: str | None = column("text", "who published it", null=True)
    agency: str | None = column("text", "news agency credited in the text", null=True)
    headline: str | None = column("text", "headline as it stands", null=True)
    subhead: str | None = column("text", "line under the headline", null=True)
    author: str | None = column("text", "named author or authors", null=True)
    place: str | None = column("text", "place in the dateline", null=True)
    published: date | None = column(
        "date", "publication date, first day of its precision", null=True
    )
    published_precision: str | None = column(
        "text", "how exact it is", values=("day", "month", "year"), null=True
    )
    published_how: str = column(
        "text", "what settled it", values=("metadata", "dateline", "inferred", "unknown")
    )
    published_evidence: Span | None = column("span", "the words that settled it", null=True)
    language: str | None = column("text", "ISO 639-1 code", null=True)
    n_words: int = column("integer", "words in the text, boilerplate left out")
    boilerplate: tuple[Span, ...] = column("spans", "navigation, advertisement, biography lines")
    url: str | None = column("text", "address", null=True)
    path: str = column("text", "file it was read from, relative to the corpus folder")
    sha256: str = column("text", "digest of the text in UTF-8")
    text: str = column("text", "the text as read, nothing cut out")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One row is a sentence: the unit that framing, blame, timeline and statements share."""

    sentence_id: str = column("text", "article_id, '-t' and its start")
    article_id: str = column("text", "the article")
    part: str = column(
        "text",
        "where it stands; head: byline, dateline and other lines above the body",
        values=("headline", "subhead", "head", "body", "boilerplate"),
    )
    position: int = column("integer", "its number in the article, from 0")
    paragraph: int = column("integer", "the number of its paragraph (line) in the text, from 0")
    start: int = column("integer", "first character")
    end: int = column("integer", "end, exclusive")


@dataclass(frozen=True, slots=True)
class Quote:
    """One row is an attributed utterance: who says what, and the words that announce it."""

    quote_id: str = column(
        "text", "article_id, '-q' (inside another quote '-n') and the start of its content"
    )
    article_id: str = column("text", "the article")
    kind: str = column(
        "text",
        "direct: all of it between quotation marks; mixed: some; indirect: none",
        values=("direct", "indirect", "mixed"),
    )
    content: str = column("text", "the words, pieces joined by ' ... '")
    content_spans: tuple[Span, ...] = column("spans", "its pieces, quotation marks left out")
    cue: str | None = column("text", "the reporting words", null=True)
    cue_span: Span | None = column("span", "where they stand", null=True)
    cue_stance: str | None = column(
        "text",
        "what the cue says of the content",
        values=("neutral", "endorsing", "distancing", "denying"),
        null=True,
    )
    speaker_mention: str | None = column("text", "the speaker as named at the quote", null=True)
    speaker_span: Span | None = column("span", "where that stands", null=True)
    speaker: str | None = column(
        "text", "who that is: canonical name, null if unresolved", null=True
    )
    speaker_kind: str | None = column(
        "text",
        "what the speaker is",
        values=("person", "organisation", "country", "unnamed", "outlet"),
        null=True,
    )
    affiliation: str | None = column("text", "whom the speaker speaks for", null=True)
    via: str | None = column("text", "intermediary that carried the words", null=True)
    nested_in: str | None = column("text", "quote_id of the quote that reports this one", null=True)
    negated: bool = column("flag", "the saying itself is negated ('did not say')")
    in_headline: bool = column("flag", "stands in the headline or subhead")
    confidence: float = column("number", "how often quotes with such evidence are right, 0 to 1")
    start: int = column("integer", "first character of content, cue and speaker together")
    end: int = column("integer", "end of them, exclusive")


@dataclass(frozen=True, slots=True)
class Date:
    """One row is a time expression (TIMEX3)."""

    date_id: str = column("text", "article_id, '-d' and its start")
    article_id: str = column("text", "the article")
    surface: str = column("text", "the words")
    type: str = column("text", "TIMEX3 type", values=("DATE", "TIME", "DURATION", "SET"))
    value: str = column("text", "TIMEX3 value (ISO 8601), XXXX where a part is unknown")
    earliest: date | None = column("date", "first day it can mean", null=True)
    latest: date | None = column("date", "last day it can mean", null=True)
    anchor: str | None = column(
        "text", "what it was resolved against: 'published', a date_id, or null", null=True
    )
    start: int = column("integer", "first character")
    end: int = column("integer", "end, exclusive")


@dataclass(frozen=True, slots=True)
class Source:
    """One row is a source that one article cites."""

    source_id: str = column("text", "article_id, '-s' and the start of its first mention")
    article_id: str = column("text", "the article")
    source: str = column("text", "canonical name")
    kind: str | None = column(
        "text",
        "what it is",
        values=("person", "organisation", "country", "unnamed", "outlet"),
        null=True,
    )
    affiliation: str | None = column("text", "whom it speaks for", null=True)
    named: bool = column("flag", "whether the article names it")
    aliases: tuple[str, ...] = column("texts", "the names used at its quotes, by first use")
    n_quotes: int = column("integer", "its quotes, nested ones left out")
    n_direct: int = column("integer", "those that are direct or mixed")
    n_words: int = column("integer", "words in them")
    share_of_voice: float = column("number", "n_words over all quoted words of the article")
    first_at: float = column("number", "where it is first cited, 0 the start to 1 the end")
    start: int = column("integer", "first character of its first mention as a speaker")
    end: int = column("integer", "end of that mention, exclusive")


@dataclass(frozen=True, slots=True)
class Blame:
    """One row is a blame tie: who holds whom responsible for what, or denies it."""

    blame_id: str = column("text", "article_id, '-b', and the starts of cue and target")
    article_id: str = column("text", "the article")
    blamer: str | None = column(
        "text", "who blames or denies: canonical name, null for the outlet or nobody", null=True
    )
    blamer_kind: str = column(
        "text",
        "named; unnamed: 'critics', or nobody is told; outlet: the article itself blames",
        values=("named", "unnamed", "outlet"),
    )
    target: str | None = column(
        "text", "who or what is blamed: canonical name, null if unresolved", null=True
    )
    issue: str | None = column("text", "what for, as it stands", null=True)
    cue: str = column("text", "the words that blame or deny")
    stance: str = column(
        "text",
        "assert: levels the blame; deny: rejects it; report: passes it on, or only expects it",
        values=("assert", "deny", "report"),
    )
    direction: str = column(
        "text", "self where blamer and target are the same party", values=("other", "self")
    )
    agentless: bool = column("flag", "a passive or a noun that tells no blamer ('was accused of')")
    voice: str = column("text", "'outlet', or the quote_id of the quote that the tie stands in")
    confidence: float = column("number", "how sure branch or rule is, 0 to 1; not calibrated")
    blamer_mention: str | None = column("text", "the blamer as named at the tie", null=True)
    blamer_span: Span | None = column("span", "where that stands", null=True)
    target_mention: str = column("text", "the target as named at the tie")
    target_span: Span = column("span", "where that stands")
    issue_span: Span | None = column("span", "where the issue stands", null=True)
    cue_span: Span = column("span", "where the cue stands")
    start: int = column("integer", "first character of the tie's parts")
    end: int = column("integer", "end of them, exclusive")


@dataclass(frozen=True, slots=True)
class Note:
    """One row is something a reader of the tables should know: a file skipped, an odd mark."""

    article_id: str | None = column("text", "the article, where there is one", null=True)
    path: str | None = column("text", "the file", null=True)
    level: str = column("text", "how bad it is", values=("note", "warning", "error"))
    kind: str = column("text", "short name, the same for all such cases")
    message: str = column("text", "what it is and what helps")
    start: int | None = column(
        "number", "first character, where it has a place", null=True, default=None
    )
    end: int | None = column("number", "end, exclusive", null=True, default=None)


# The parts of an article that are read for content.
CONTENT = ("headline", "subhead", "body")

TABLES: dict[str, type] = {
    "articles": ArticleRow,
    "sentences": Sentence,
    "quotes": Quote,
    "dates": Date,
    "sources": Source,
    "blames": Blame,
    "notes": Note,
}
