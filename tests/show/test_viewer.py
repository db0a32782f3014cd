"""The article view: what is marked, what is escaped, that the text stays the text."""

from __future__ import annotations

import dataclasses
import html
import re
from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.show.viewer import ArticleView, Label, Mark, highlight, view
from sayso.tables.columns import frame
from sayso.tables.extracted import ArticleRow, Blame, Date, Quote

TEXT = (
    "All news\n\n“We will <b>wait</b> until Friday,” mayor Ada Lund said.\n"
    "She denied that the bridge, which the ministry calls safe, would close."
)
# Tags, attributes and CSS properties that JupyterLab keeps in a notebook it does not trust.
TAGS = {
    "a", "details", "div", "h3", "small", "span", "summary",
    "table", "tbody", "td", "th", "thead", "time", "tr",
}  # fmt: skip
ATTRIBUTES = {"style", "title", "href", "rel"}
PROPERTIES = {
    "background-color", "border", "border-bottom", "border-collapse", "border-radius", "border-top",
    "font-size", "font-style", "font-weight", "line-height", "margin", "margin-bottom",
    "margin-left", "margin-right", "margin-top", "max-width", "min-width", "opacity", "outline",
    "overflow-wrap", "padding",
    "text-align", "vertical-align", "white-space",
}  # fmt: skip


def article(text: str = TEXT, **values) -> ArticleRow:
    known = {
        "article_id": "a1",
        "outlet": "The Harbour Post",
        "agency": None,
        "headline": "Bridge stays open",
        "subhead": None,
        "author": None,
        "place": None,
        "published": date(2021, 3, 4),
        "published_precision": "day",
        "published_how": "dateline",
        "published_evidence": None,
        "language": "en",
        "n_words": 20,
        "boilerplate": ((0, 8),),
        "url": "https://example.org/bridge?a=1&b=2",
        "path": "a1.txt",
        "sha256": "0" * 64,
        "event": None,
        "text": text,
    }
    return ArticleRow(**known | values)


def span(words: str, text: str = TEXT) -> tuple[int, int]:
    return text.index(words), text.index(words) + len(words)


def quote(spans, kind: str, **values) -> Quote:
    known = {
        "quote_id": f"a1-q{spans[0][0]}",
        "article_id": "a1",
        "kind": kind,
        "content": " ... ".join(TEXT[a:b] for a, b in spans),
        "content_spans": tuple(spans),
        "cue": None,
        "cue_span": None,
        "cue_stance": None,
        "act": "says",
        "speaker_mention": None,
        "speaker_span": None,
        "speaker": None,
        "speakers": (),
        "speaker_kind": None,
        "affiliation": None,
        "via": None,
        "nested_in": None,
        "negated": False,
        "in_headline": False,
        "confidence": 0.876,
        "start": spans[0][0],
        "end": spans[-1][1],
    }
    return Quote(**known | values)


def quotes() -> list[Quote]:
    ada = {"speaker": "Ada Lund", "speaker_kind": "person"}
    outer = span("the bridge, which the ministry calls safe, would close")
    return [
        quote(
            [span("We will <b>wait</b> until Friday,")],
            "direct",
            cue="said",
            cue_span=span("said"),
            cue_stance="neutral",
            speaker_span=span("mayor Ada Lund"),
            **ada,
        ),
        quote(
            [outer], "indirect", cue="denied", cue_span=span("denied"), cue_stance="denying", **ada
        ),
        quote(
            [span("the bridge"), span("safe")],
            "indirect",
            cue="calls",
            cue_span=span("calls"),
            speaker="Ministry",
            speaker_span=span("the ministry"),
            nested_in=f"a1-q{outer[0]}",
        ),
    ]


def dates() -> list[Date]:
    day = date(2021, 3, 5)
    start, end = span("Friday")
    return [
        Date("a1-d1", "a1", "Friday", "DATE", "2021-03-05", day, day, "published", start, end),
    ]


def shown(row: ArticleRow, some_quotes=(), some_dates=()) -> ArticleView:
    articles = frame(ArticleRow, [row])
    return view(articles.iloc[0], frame(Quote, some_quotes), frame(Date, some_dates))


def text_of(markup: str) -> str:
    """Return what is left of highlighted text without labels and tags."""
    without_labels = re.sub(r"<small .*?</small>", "", markup)
    return html.unescape(re.sub(r"<[^>]*>", "", without_labels))


def text_part(markup: str) -> str:
    return re.search(r'<div style="white-space:pre-wrap.*?</div>', markup, re.DOTALL).group()


class Tags(HTMLParser):
    """Collects a page's tags and attributes, and whether every tag is closed in order."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict]] = []
        self.feed(markup)

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_everything_found_is_marked_and_told():
    markup = shown(article(), quotes(), dates()).markup
    assert (
        "direct quote, Ada Lund (person), cue &#x27;said&#x27; (neutral), confidence 0.88" in markup
    )
    assert "indirect quote, inside another quote, Ministry" in markup
    assert "speaker: Ada Lund (person)" in markup
    assert "cue: denied (denying)" in markup
    assert "date 2021-03-05: 2021-03-05" in markup
    assert "The Harbour Post · 4 Mar 2021 (dateline)" in markup
    assert "3 quotes, as a table" in markup


def test_acts_carriers_and_documents_are_told():
    thought = quote([span("the bridge")], "indirect", act="thinks", speaker="Ada Lund")
    told = quote([span("safe")], "indirect", via="Radio Kell", speaker="audit", act="writes")
    audit = dataclasses.replace(told, speaker_kind="document")
    markup = shown(article(), [thought, audit]).markup
    assert ">Ada Lund, indirect, thinks</small>" in markup
    assert ">audit, indirect</small>" in markup  # writing is speech
    assert "indirect quote, writes, audit (document), via Radio Kell" in markup
    assert markup.index(">via</th>") < markup.index(">Radio Kell</td>")


def test_no_mark_is_known_by_colour_alone():
    markup = text_part(shown(article(), quotes(), dates()).markup)
    labels = re.findall(r"<small [^>]*>(.*?)</small>", markup)
    assert labels == [
        "boilerplate",
        "Ada Lund, direct",
        "denying",
        "Ada Lund, indirect",
        "↳ Ministry, indirect",
    ]
    for words, style in [
        ("We will", "border-bottom:2px solid"),
        ("would close", "border-bottom:2px dotted"),
        ("mayor Ada Lund", "font-weight:600"),
        ("said", "font-style:italic"),
        ("Friday", "outline:1px dotted"),
        ("All news", "opacity:0.6"),
    ]:
        assert re.search(rf'style="[^"]*{style}[^>]*>[^<]*{words}', markup), words


def test_label_stands_before_the_opening_mark():
    markup = text_part(shown(article(), quotes()).markup)
    assert re.search(r"Ada Lund, direct</small>“<span", markup)


def test_only_what_jupyterlab_keeps():
    parsed = Tags(shown(article(), quotes(), dates()).markup)
    assert not parsed.open
    assert {tag for tag, _ in parsed.seen} <= TAGS
    assert {name for _, attributes in parsed.seen for name in attributes} <= ATTRIBUTES
    styles = [attributes.get("style", "") for _, attributes in parsed.seen]
    declared = {part.split(":")[0] for style in styles for part in style.split(";") if part}
    assert declared <= PROPERTIES


def test_hostile_text_is_escaped_once():
    bad = "<script>alert(1)</script>\"onload='x' </mark></div> &amp; <small x>"
    row = article(
        text=bad, headline=bad, outlet=bad, boilerplate=((0, len(bad)),), published_evidence=(0, 20)
    )
    hostile = quote(
        [(0, 10)], "direct", content=bad, speaker=bad, cue=bad, cue_span=(0, 5), via=bad
    )
    markup = shown(row, [hostile]).markup
    parsed = Tags(markup)
    assert {tag for tag, _ in parsed.seen} <= TAGS
    assert {name for _, attributes in parsed.seen for name in attributes} <= ATTRIBUTES
    assert text_of(text_part(markup)) == bad
    assert "&amp;lt;" not in markup


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//example.org", "http://["],
)
def test_only_web_addresses_become_links(url):
    markup = shown(article(url=url)).markup
    assert "<a " not in markup
    assert html.escape(url) in markup


def test_web_address_becomes_a_link():
    markup = shown(article()).markup
    assert '<a href="https://example.org/bridge?a=1&amp;b=2"' in markup


@pytest.mark.parametrize(
    ("precision", "first", "words"),
    [
        ("day", date(2021, 3, 4), "4 Mar 2021"),
        ("month", date(2021, 3, 1), "Mar 2021"),
        ("year", date(2021, 1, 1), "2021"),
    ],
)
def test_publication_date_is_as_exact_as_known(precision, first, words):
    row = article(published=first, published_precision=precision)
    assert f"· {words} (dateline)" in shown(row).markup


def test_unknown_facts_are_called_unknown():
    row = article(outlet=None, headline=None, url=None, published=None, published_precision=None)
    markup = shown(row).markup
    assert "outlet unknown · date unknown" in markup
    assert "(no headline)" in markup


def test_rows_of_other_articles_are_left_out():
    other = frame(Quote, quotes()).assign(article_id="a2")
    result = view(frame(ArticleRow, [article()]).iloc[0], other, frame(Date, []))
    assert repr(result) == "ArticleView('a1', 0 quotes, 0 dates)"


def test_page_is_whole_and_loads_nothing(tmp_path):
    shown(article(), quotes()).save(tmp_path / "page.html")
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert "default-src 'none'" in page
    assert "src=" not in page.replace("default-src", "").replace("style-src", "")


offsets = st.integers(min_value=-2, max_value=60)
some_marks = st.builds(
    Mark,
    start=offsets,
    end=offsets,
    role=st.sampled_from(["quote", "nested", "cue", "speaker", "date", "boilerplate"]),
    title=st.text(max_size=5),
    kind=st.sampled_from(["direct", "indirect", "mixed"]),
)
some_labels = st.builds(Label, at=offsets, words=st.text(max_size=5), title=st.text(max_size=3))


@given(
    st.text(alphabet=st.one_of(st.characters(codec="utf-8"), st.sampled_from("<>&\"'\n\r"))),
    st.lists(some_marks, max_size=12),
    st.lists(some_labels, max_size=6),
)
def test_the_text_stays_the_text(text, marks, labels):
    markup = highlight(text, marks, labels)
    labels_out = re.sub(r"<small [^>]*>[^<]*</small>", "", markup)
    body = re.sub(r"<[^>]*>", "", labels_out)
    # unescape() maps some characters no HTML may name; escape() only ever writes six names.
    names = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&#x27;": "'", "&#13;": "\r", "&amp;": "&"}
    assert re.sub("|".join(names), lambda match: names[match.group()], body) == text


def test_blame_is_marked_where_asked_for():
    tie = Blame(
        blame_id="a1-b1-0",
        article_id="a1",
        blamer="Ada Lund",
        blamer_kind="named",
        target="the <i>ministry</i>",
        issue="closing the bridge",
        cue="denied",
        stance="deny",
        direction="other",
        agentless=False,
        voice="outlet",
        confidence=0.5,
        blamer_mention="She",
        blamer_span=span("She"),
        target_mention="the ministry",
        target_span=span("the ministry"),
        issue_span=None,
        cue_span=span("denied"),
        start=span("She")[0],
        end=span("the ministry")[1],
    )
    none = frame(Quote, []), frame(Date, [])
    row = frame(ArticleRow, [article()]).iloc[0]
    marked = view(row, *none, frame(Blame, [tie])).markup
    assert "denies blame of the &lt;i&gt;ministry&lt;/i&gt;" in marked
    assert "Ada Lund → the &lt;i&gt;" in marked and ">blame</span>" in marked
    assert "blame" not in view(row, *none).markup
