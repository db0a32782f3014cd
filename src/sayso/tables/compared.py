"""The tables that analyses return."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sayso.tables.columns import column
from sayso.text.spans import Span


@dataclass(frozen=True, slots=True)
class FramingRow:
    """One row is a frame in a unit and a voice; frames that are absent have their rows, too."""

    unit_id: str = column(
        "the sentence_id, or the quote_id of a quote; article_id and '-headline' of one in a column"
    )
    article_id: str = column("the article")
    unit: str = column("what is coded", values=("headline", "sentence", "quote"))
    frame: str = column("the frame's name in the codebook")
    score: float = column("how sure the codebook is, 0 to 1")
    present: bool = column("whether the score reaches the frame's threshold")
    evidence_spans: tuple[Span, ...] = column("the words that speak for the frame")
    cues: tuple[str, ...] = column("the codebook's cue for each evidence span")
    voice: str | None = column("'outlet' or who is quoted; null if that is unresolved")
    voice_kind: str = column("whose words they are", values=("outlet", "quoted"))
    quote_id: str | None = column("the quote they stand in")
    in_lead: bool = column("stands in the first paragraph of the body")
    n_words: int = column("words of this voice in the unit")
    where: str = column(
        "what places count characters of; headline: it stands in its column only",
        values=("text", "headline"),
    )
    start: int = column("first character of the unit")
    end: int = column("end, exclusive")


@dataclass(frozen=True, slots=True)
class EventArticle:
    """One row is an article and the event that it is about."""

    event_id: str = column("what the user's table calls the event, or article_id of its first one")
    event: str = column("that name, or the headline of the event's first article")
    article_id: str = column("the article")
    outlet: str | None = column("its outlet")
    published: date | None = column("its publication date")
    how: str = column(
        "given: by a column of the user's table; found: by date, actors and words",
        values=("given", "found"),
    )
    n_articles: int = column("articles of the event")
    n_outlets: int = column("outlets that have one")


@dataclass(frozen=True, slots=True)
class StatementPair:
    """One row is the same statement in two articles. Side a is a quote, b a quote or narration."""

    pair_id: str = column("quote_id_a, '~', and quote_id_b or article_id_b, '-n' and start_b")
    quote_id_a: str = column("the quote of side a, which stands first in the corpus")
    quote_id_b: str | None = column("the quote of side b; null for narration")
    article_id_a: str = column("the article of side a")
    article_id_b: str = column("the article of side b, another one")
    outlet_a: str | None = column("its outlet")
    outlet_b: str | None = column("its outlet")
    voice_b: str = column(
        "whose words side b is (a is always a quote); unattributed: between quotation marks, "
        "but no speaker was found",
        values=("quote", "unattributed", "narration"),
    )
    relation: str = column(
        "verbatim: the same words; near: nearly; paraphrase: the same said otherwise",
        values=("verbatim", "near", "paraphrase"),
    )
    extent: str = column(
        "whole: both sides say this and no more; a_shorter, b_shorter: that side is within the "
        "other; part: each side says more",
        values=("whole", "a_shorter", "b_shorter", "part"),
    )
    sure: bool = column("false: reading often finds that such a pair does not say the same")
    similarity: float = column("weighted share of words in common, 0 to 1")
    probability: float = column("how likely the two say the same, 0 to 1; not calibrated")
    attribution: str = column(
        "same: one speaker, or one speaks for the other; check: two persons are named, read both "
        "sentences; unknown: a side names nobody, or not clearly",
        values=("same", "check", "unknown"),
    )
    verbatim_a: float = column("share of a that b has word for word, three words or more in a row")
    verbatim_b: float = column("share of b that a has so")
    text_a: str = column("side a: the quote's content")
    text_b: str = column("side b: the quote's content, or the outlet's sentence")
    spans_a: tuple[Span, ...] = column("the words of a that say it, in its article")
    spans_b: tuple[Span, ...] = column("the words of b that say it, in its article")
    wording: tuple[str, ...] = column(
        "what turns spans_a into spans_b, in order: equal, replace, delete, insert"
    )
    wording_spans_a: tuple[Span, ...] = column("for each step its words in a; may be empty")
    wording_spans_b: tuple[Span, ...] = column("for each step its words in b; may be empty")
    speaker_a: str | None = column("speaker of a")
    speaker_b: str | None = column("speaker of b")
    via_a: str | None = column("intermediary of a")
    via_b: str | None = column("intermediary of b")
    cue_a: str | None = column("cue of a")
    cue_b: str | None = column("cue of b")
    stance_a: str | None = column("cue_stance of a")
    stance_b: str | None = column("cue_stance of b")
    published_a: date | None = column("publication date of a")
    published_b: date | None = column("publication date of b")
    days_apart: float | None = column("days from a to b; negative if b is older")
    event: str = column(
        "one: the articles are about one event; again: about two, so the line was used again",
        values=("one", "again"),
    )
    start_a: int = column("first character of side a's content")
    end_a: int = column("its end, exclusive")
    start_b: int = column("first character of side b's content or sentence")
    end_b: int = column("its end, exclusive")


@dataclass(frozen=True, slots=True)
class DuplicatePair:
    """One row is two articles that are copies of one text: wire copy, reprints, updates."""

    article_id_a: str = column("the article that stands first in the corpus")
    article_id_b: str = column("the other one")
    outlet_a: str | None = column("its outlet")
    outlet_b: str | None = column("its outlet")
    relation: str = column(
        "copy: either is nearly all in the other; a_in_b, b_in_a: one is nearly all in the other",
        values=("copy", "a_in_b", "b_in_a"),
    )
    share_a: float = column("share of a's paragraphs, by words, that b has, 0 to 1")
    share_b: float = column("share of b's paragraphs that a has, 0 to 1")
    published_a: date | None = column("publication date of a")
    published_b: date | None = column("publication date of b")
    family: str = column("article_id of the first article of all that hang together")


@dataclass(frozen=True, slots=True)
class SharedParagraph:
    """One row is a paragraph that articles of two outlets share: wire copy, a press release."""

    article_id_a: str = column("the article that stands first in the corpus")
    article_id_b: str = column("the other one")
    outlet_a: str = column("its outlet")
    outlet_b: str = column("its outlet")
    published_a: date | None = column("publication date of a")
    published_b: date | None = column("publication date of b")
    n_words: int = column("words of the paragraph in a")
    text: str = column("the paragraph in a")
    start_a: int = column("its first character in a")
    end_a: int = column("its end in a, exclusive")
    start_b: int = column("first character of the paragraph in b")
    end_b: int = column("its end in b, exclusive")


@dataclass(frozen=True, slots=True)
class Coverage:
    """One row is what one outlet did with one statement that several articles carry."""

    statement_id: str = column("quote_id of the quote that most others are joined with")
    statement: str = column("that quote's content")
    speaker: str | None = column("that quote's speaker")
    n_outlets: int = column("outlets that carry the statement, in whatever form")
    n_articles: int = column("articles that carry it")
    outlet: str = column("the outlet, or the group that 'by' names")
    status: str = column(
        "carried: quoted whole, or nearly; shortened: quoted in part, and nothing beside it; "
        "partly: in part, among other words; own_voice: in narration only; unclear: perhaps, or "
        "under another speaker; dropped: in no form, in articles on the event, none older",
        values=("carried", "shortened", "partly", "own_voice", "unclear", "dropped"),
    )
    speakers: tuple[str, ...] = column("to whom this outlet gives it, by name")
    relation: str | None = column(
        "how this outlet's words compare with the statement; null if dropped or unclear",
        values=("verbatim", "near", "paraphrase"),
    )
    share: float = column("share of the statement's words that this outlet has, 0 to 1")
    quote_ids: tuple[str, ...] = column("its quotes of the statement")
    pair_ids: tuple[str, ...] = column("the pairs that this rests on; empty if dropped")
    article_ids: tuple[str, ...] = column("its articles with it; if dropped, on the event")
    published: date | None = column("first of those articles' dates")
    event_id: str = column("the event that the statement belongs to")
    days_after: float | None = column(
        "days from the statement's first publication to this outlet's; null if it has it not"
    )


@dataclass(frozen=True, slots=True)
class Charge:
    """One row is what somebody is blamed for across the articles, with who answers it where."""

    charge_id: str = column("blame_id of its first tie")
    target: str = column("who or what is blamed")
    issue: str | None = column("what for, in the wording used most; null: not told")
    blamers: tuple[str, ...] = column("who makes the charge, by number of ties")
    deniers: tuple[str, ...] = column("who denies it")
    n_asserted: int = column("ties that level the charge")
    n_reported: int = column("ties that pass it on or only expect it")
    n_denied: int = column("ties that deny it")
    n_articles: int = column("articles that carry the charge")
    n_answered: int = column("those of them that carry a denial, too")
    outlets: tuple[str, ...] = column("outlets that carry the charge")
    outlets_answered: tuple[str, ...] = column("those that carry a denial, too")
    outlets_unanswered: tuple[str, ...] = column("those that do not")
    first_published: date | None = column("first of those articles' dates")
    last_published: date | None = column("last of them")
    blame_ids: tuple[str, ...] = column("the ties that make the charge")
    denial_ids: tuple[str, ...] = column("the ties that deny it")


@dataclass(frozen=True, slots=True)
class LabelRow:
    """One row is a label by which an outlet names an actor, in its own or in quoted words."""

    actor: str = column(
        "the person, or what is named (data/labels.toml), a government with its owner"
    )
    kind: str = column("what it is; group: people, laws or events", values=("person", "group"))
    outlet: str = column("the outlet, or the group that 'by' names")
    label: str = column("the name, in the singular, after words that carry a view")
    voice_kind: str = column("whose words they are", values=("outlet", "quoted"))
    n: int = column("uses of the label")
    n_all: int = column("times the outlet names the actor in this voice, by any label")
    share: float = column("n over n_all")
    n_articles: int = column("articles with the label")
    article_id: str = column("the article of its first use")
    where: str = column("what start and end count characters of", values=("text", "headline"))
    start: int = column("first character of the name or noun there")
    end: int = column("end, exclusive")


@dataclass(frozen=True, slots=True)
class HeadlineQuote:
    """One row is what a headline or subhead puts between quotation marks."""

    article_id: str = column("the article")
    outlet: str | None = column("its outlet")
    words: str = column("the words between the marks")
    status: str = column(
        "quoted: a quotation in the body has all the words; quoted in part: more than half of "
        "them in a row; not quoted: the body says them without marks; absent: it does not",
        values=("quoted", "quoted in part", "not quoted", "absent"),
    )
    share: float = column("longest run of the words in one quotation of the body, 0 to 1")
    body: str | None = column("that quotation")
    body_span: Span | None = column("where it stands")
    where: str = column(
        "what start and end count in: the text, or a headline or subhead that stands beside it",
        values=("text", "headline", "subhead"),
    )
    start: int = column("first character of the words")
    end: int = column("end, exclusive")


# Method of a corpus -> the rows of the table that it returns.
COMPARED: dict[str, type] = {
    "events": EventArticle,
    "framing": FramingRow,
    "statements": StatementPair,
    "coverage": Coverage,
    "duplicates": DuplicatePair,
    "shared_paragraphs": SharedParagraph,
    "charges": Charge,
    "headline_check": HeadlineQuote,
    "labels": LabelRow,
}
