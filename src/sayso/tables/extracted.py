"""The tables that are extracted from articles, one dataclass each: see ``TABLES``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sayso.lexicon.cues import ACTS
from sayso.lexicon.parties import ROLES
from sayso.tables.columns import column
from sayso.text.spans import Span

GENDERS = ("female", "male", "unknown")
GENDER_HOW = ("title", "kinship", "pronoun", "first name")


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """One row is an article."""

    article_id: str = column("file name without its ending, or the table's id column")
    outlet: str | None = column("who published it")
    agency: str | None = column("news agency credited in the text")
    event: str | None = column("the event it is about, if a column of the user's table tells")
    headline: str | None = column("headline as it stands")
    subhead: str | None = column("line under the headline")
    author: str | None = column("named author or authors")
    place: str | None = column("place in the dateline")
    published: date | None = column("publication date, first day of its precision")
    published_precision: str | None = column("how exact it is", values=("day", "month", "year"))
    published_how: str = column(
        "what settled it", values=("metadata", "dateline", "inferred", "unknown")
    )
    published_evidence: Span | None = column("the words that settled it")
    language: str | None = column("ISO 639-1 code")
    n_words: int = column("words in the text, boilerplate left out")
    boilerplate: tuple[Span, ...] = column("navigation, advertisement, biography lines")
    url: str | None = column("address")
    path: str = column("file it was read from, relative to the corpus folder")
    sha256: str = column("digest of the text in UTF-8")
    text: str = column("the text as read, nothing cut out")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One row is a sentence: the unit that framing, blame, timeline and statements share."""

    sentence_id: str = column("article_id, '-t' and its start")
    article_id: str = column("the article")
    part: str = column(
        "where it stands; head: byline, dateline and other lines above the body",
        values=("headline", "subhead", "head", "body", "boilerplate"),
    )
    position: int = column("its number in the article, from 0")
    paragraph: int = column("the number of its paragraph (line) in the text, from 0")
    start: int = column("first character")
    end: int = column("end, exclusive")


@dataclass(frozen=True, slots=True)
class Quote:
    """One row is an attributed utterance: who says what, and the words that announce it."""

    quote_id: str = column(
        "article_id, '-q' (inside another quote '-n') and the start of its content"
    )
    article_id: str = column("the article")
    kind: str = column(
        "direct: all of it between quotation marks; mixed: some; indirect: none",
        values=("direct", "indirect", "mixed"),
    )
    content: str = column("the words, pieces joined by ' ... '")
    content_spans: tuple[Span, ...] = column("its pieces, quotation marks left out")
    cue: str | None = column("the reporting words")
    cue_span: Span | None = column("where they stand")
    cue_stance: str | None = column(
        "what the cue says of the content", values=("neutral", "endorsing", "distancing", "denying")
    )
    act: str = column("what the speaker does", values=ACTS)
    speaker_mention: str | None = column("the speaker as named at the quote")
    speaker_span: Span | None = column("where that stands")
    speaker: str | None = column(
        "who that is: canonical name, null if unresolved; several joined: 'A, B and C'"
    )
    speakers: tuple[str, ...] = column("everyone who says it, by name; empty if unresolved")
    speaker_kind: str | None = column(
        "what the speaker is; document: a report, an indictment, whose author is its affiliation",
        values=("person", "organisation", "country", "unnamed", "outlet", "document"),
    )
    affiliation: str | None = column("whom the speaker speaks for")
    via: str | None = column(
        "what carried the words: an outlet, agency, platform by its name, else 'statement' ..."
    )
    nested_in: str | None = column("quote_id of the quote that reports this one")
    negated: bool = column("the saying itself is negated ('did not say')")
    in_headline: bool = column("stands in the headline or subhead")
    confidence: float = column("how often such quotes are attributions, on real news, 0 to 1")
    start: int = column("first character of content, cue and speaker together")
    end: int = column("end of them, exclusive")


@dataclass(frozen=True, slots=True)
class Date:
    """One row is a time expression (TIMEX3)."""

    date_id: str = column("article_id, '-d' and its start")
    article_id: str = column("the article")
    surface: str = column("the words")
    type: str = column("TIMEX3 type", values=("DATE", "TIME", "DURATION", "SET"))
    value: str = column("TIMEX3 value (ISO 8601), XXXX where a part is unknown")
    earliest: date | None = column("first day it can mean")
    latest: date | None = column("last day it can mean")
    anchor: str | None = column("what it was resolved against: 'published', a date_id, or null")
    start: int = column("first character")
    end: int = column("end, exclusive")


@dataclass(frozen=True, slots=True)
class Source:
    """One row is a source that one article cites."""

    source_id: str = column("article_id, '-s', where it is first named; '.2' for a second there")
    article_id: str = column("the article")
    source: str = column("canonical name")
    kind: str | None = column(
        "what it is", values=("person", "organisation", "country", "unnamed", "outlet", "document")
    )
    gender: str | None = column(
        "of a person, as the article tells; unknown is no third gender", values=GENDERS
    )
    gender_how: str | None = column("what tells the gender", values=GENDER_HOW)
    role: str | None = column("who it is (lists in roles.toml), null if untold", values=ROLES)
    affiliation: str | None = column("whom it speaks for")
    named: bool = column("whether the article names it")
    aliases: tuple[str, ...] = column("the names used at its quotes, by first use")
    n_quotes: int = column("its quotes, nested ones left out")
    n_direct: int = column("those that are direct or mixed")
    n_words: int = column("words in them")
    share_of_voice: float = column("n_words over all quoted words of the article")
    first_at: float = column("where it is first cited, 0 the start to 1 the end")
    start: int = column("first character of its first mention as a speaker")
    end: int = column("end of that mention, exclusive")


@dataclass(frozen=True, slots=True)
class Mention:
    """One row is a person whom one article names, quoted or not."""

    mention_id: str = column("article_id, '-m' and the start of the first mention")
    article_id: str = column("the article")
    person: str = column("canonical name")
    n: int = column("times the article names the person, pronouns left out")
    quoted: bool = column("whether it quotes what the person says, no nested quotes")
    gender: str = column("as the article tells; unknown is no third gender", values=GENDERS)
    gender_how: str | None = column("what tells the gender", values=GENDER_HOW)
    role: str | None = column("who it is (lists in roles.toml), null if untold", values=ROLES)
    affiliation: str | None = column("whom the person speaks for")
    start: int = column("first character of the first mention")
    end: int = column("end of it, exclusive")


@dataclass(frozen=True, slots=True)
class Blame:
    """One row is a blame tie: who holds whom responsible for what, or denies it."""

    blame_id: str = column("article_id, '-b', and the starts of cue and target")
    article_id: str = column("the article")
    blamer: str | None = column(
        "who blames or denies: canonical name, null for the outlet or nobody"
    )
    blamer_kind: str = column(
        "named; unnamed: 'critics', or nobody is told; outlet: the article itself blames",
        values=("named", "unnamed", "outlet"),
    )
    target: str | None = column("who or what is blamed: canonical name, null if unresolved")
    issue: str | None = column("what for, as it stands")
    cue: str = column("the words that blame or deny")
    stance: str = column(
        "assert: levels the blame; deny: rejects it; report: passes it on, or only expects it",
        values=("assert", "deny", "report"),
    )
    direction: str = column(
        "self where blamer and target are the same party", values=("other", "self")
    )
    agentless: bool = column("a passive or a noun that tells no blamer ('was accused of')")
    voice: str = column("'outlet', or the quote_id of the quote that the tie stands in")
    confidence: float = column("how often such ties are right, on real news, 0 to 1")
    blamer_mention: str | None = column("the blamer as named at the tie")
    blamer_span: Span | None = column("where that stands")
    target_mention: str = column("the target as named at the tie")
    target_span: Span = column("where that stands")
    issue_span: Span | None = column("where the issue stands")
    cue_span: Span = column("where the cue stands")
    start: int = column("first character of the tie's parts")
    end: int = column("end of them, exclusive")


@dataclass(frozen=True, slots=True)
class Note:
    """One row is something a reader of the tables should know: a file skipped, an odd mark."""

    article_id: str | None = column("the article, where there is one")
    path: str | None = column("the file")
    level: str = column("how bad it is", values=("note", "warning", "error"))
    kind: str = column("short name, the same for all such cases")
    message: str = column("what it is and what helps")
    start: float | None = column("first character, where it has a place", default=None)
    end: float | None = column("end, exclusive", default=None)


@dataclass(frozen=True, slots=True)
class Name:
    """One row is a name that articles spell otherwise than most of the corpus does."""

    name: str = column("as the article's own rows have it")
    over_corpus: str = column("the one spelling over the corpus")


# The parts of an article that are read for content.
CONTENT = ("headline", "subhead", "body")

TABLES: dict[str, type] = {
    "articles": ArticleRow,
    "sentences": Sentence,
    "quotes": Quote,
    "dates": Date,
    "sources": Source,
    "mentions": Mention,
    "blames": Blame,
    "notes": Note,
}
