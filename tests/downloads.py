"""Downloads of news databases, made of three invented articles: ordinary, awkward, duplicate.

Each format is written as the databases write it, in the language of a database's pages.
"""

from __future__ import annotations

import html
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

WIDTH = 76
NBSP = "\u00a0"


@dataclass(frozen=True)
class Item:
    """An article of a download, and how its labels are written."""

    outlet: str
    day: date
    headline: str
    author: str | None
    paragraphs: tuple[str, ...]
    loaded: date
    language: str = "en"

    @property
    def words(self) -> int:
        """The number of words of its text."""
        return sum(len(paragraph.split()) for paragraph in self.paragraphs)

    @property
    def text(self) -> str:
        """Its text, as it is to be read."""
        return "\n\n".join(self.paragraphs)


ORDINARY = Item(
    outlet="The Saltmarsh Courier",
    day=date(2010, 1, 11),
    headline="Ferry line drops its night boats; islanders ask who decides",
    author="Jane Roe and A. N. Other",
    paragraphs=(
        "The ferry line that links Saltmarsh with its three islands will run no boat after eight in"
        " the evening from the first of March, its managing director told the town council on"
        " Monday, because fewer than nine people a night had bought a ticket since the autumn.",
        "''We can't send a crew of seven over the water for nobody,'' Harriet Bloom said. ``The"
        " fuel alone costs us more than the fares bring in, and the winter isn't half over.''",
        "Council leader Tom Askew said the line had promised in its contract to keep a boat at ten"
        " until 2014, and that the town would hold it to its word, in court if it had to.",
        "Islanders were told of the plan by a notice on the quay. The school on Great Holm ends its"
        " evening classes at nine, so its forty pupils would have no way home.",
        "PHOTOS: The quay on Sunday.",
    ),
    loaded=date(2010, 1, 12),
)
AWKWARD = Item(
    outlet="Harbour & Dale Gazette (Oldport)",
    day=date(2009, 12, 30),
    headline="Language school's lease: a quarrel over £3 m",
    author=None,
    paragraphs=(
        "OLDPORT - The school that teaches English to sailors from forty countries must leave its"
        " house on the well-known Rope Walk by Easter, the county's land office ruled on Wednesday"
        " after a quarrel of six years about who may end the lease, and on what day.",
        '"Nobody asked us whether we could move ninety desks, four kitchens and a library in so'
        " short a time, and nobody told us where to move them, which is the least that one may"
        " expect of an office with two hundred people in it.",
        '"We shall stay until somebody answers," said Ngozi Marsh, who runs the school.',
        "A board on its door has read since 1987:",
        "LANGUAGE: English lessons for all, every day but Sunday, 1 of 10 documents needed",
        "The office said that it had written to the school in May, in July and in two letters that"
        " came back unopened in September. It put the rent that is owed at £3 million; the school"
        " puts it at nothing, since the roof leaks.",
        "The county court hears both sides on 14 January. Until then the lessons go on as they are,"
        " with buckets under the worst of the leaks and the heating off on Fridays.",
    ),
    loaded=date(2011, 6, 2),
)
DUPLICATE = replace(AWKWARD, paragraphs=AWKWARD.paragraphs[:-1], language="de")
ITEMS = (ORDINARY, AWKWARD, DUPLICATE)

MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre"
    " diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre"
    " dicembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro"
    " dezembro",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
}
DAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "es": "lunes martes miércoles jueves viernes sábado domingo",
    "it": "lunedì martedì mercoledì giovedì venerdì sabato domenica",
    "pt": "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
    "nl": "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
}
# byline, section, length, unit, load date, language, kind of publication, body, end of a document
LABELS = {
    "en": "Byline|Section|Length|words|Load-Date|Language|Publication-Type|Body|End of Document",
    "de": "Autor|Rubrik|Länge|Wörter|Update|Sprache|Publikationstyp|Text|Ende des Dokuments",
    "fr": "Auteur|Rubrique|Longueur|mots|Date de chargement|Langue|Type de publication|Corps"
    "|Fin du document",
    "es": "Autor|Sección|Longitud|palabras|Fecha de carga|Idioma|Tipo de publicación|Cuerpo"
    "|Fin del documento",
    "it": "Autore|Sezione|Lunghezza|parole|Data di caricamento|Lingua|Tipo di pubblicazione|Corpo"
    "|Fine del documento",
    "pt": "Autor|Seção|Comprimento|palavras|Data de carregamento|Língua|Tipo de publicação|Corpo"
    "|Fim do documento",
    "nl": "Auteur|Rubriek|Lengte|woorden|Laaddatum|Taal|Publicatietype|Tekst|Einde van document",
}
LABEL_NAMES = [
    "byline",
    "section",
    "length",
    "unit",
    "load_date",
    "language",
    "kind",
    "body",
    "end",
]
START = {"en": "{} of {} DOCUMENTS", "de": "Dokument {} von {}", "nl": "Document {} van {}"}
COVER = """


Download Request: Selected Items: 1-3
Time Of Request: Friday, March 20, 2018  16:51:31

Send To:
2152 311G
DOE, JOHANNA Q.
SEASIDE STREET

Terms: (DATE(>=2009-12-01) and (ferry OR lease))

Source: The Saltmarsh Courier;Harbour and Dale...
Project ID: None


"""
COVER_LINES = (
    "User Name: Johanna Q. Doe",
    "Date and Time: Wednesday, December 19, 2018 7:11:00 PM CET",
    "Job Number: 79565147",
    "Documents (3)",
)


def labels(item: Item) -> dict[str, str]:
    """Return an article's labels by what they stand for."""
    return dict(zip(LABEL_NAMES, LABELS[item.language].split("|"), strict=True))


def written(day: date, language: str, weekday: bool = True) -> str:
    """Return a date as a page in a language writes it."""
    month = MONTHS[language].split()[day.month - 1]
    name = f" {DAYS[language].split()[day.weekday()]}" if weekday else ""
    if language == "en":
        return f"{month} {day.day}, {day.year}{name}"
    if language == "de":
        return f"{day.day}. {month} {day.year}{name}"
    of = " de" if language in ("es", "pt") else ""
    return f"{day.day}{of} {month}{of} {day.year}{name}"


def nexis_txt(items: Sequence[Item] = ITEMS) -> str:
    """Old Nexis as TXT: lines wrapped, the head centred, labels in capitals."""
    pieces = [COVER]
    for number, item in enumerate(items, start=1):
        of = labels(item)
        start = START.get(item.language, "Document {} de {}").format(number, len(items))
        head = [start, "", item.outlet, "", written(item.day, item.language), "Final Edition"]
        blocks = [
            *textwrap.wrap(item.headline, WIDTH),
            "",
            *([f"{of['byline'].upper()}: By {item.author}", ""] if item.author else []),
            f"{of['section'].upper()}: NEWS; Pg. 4",
            "",
            f"{of['length'].upper()}: {item.words} {of['unit']}",
            "",
        ]
        for paragraph in item.paragraphs:
            blocks += [*textwrap.wrap(paragraph, WIDTH), ""]
        tail = [
            f"{of['load_date'].upper()}: {written(item.loaded, item.language, False)}",
            "",
            f"{of['language'].upper()}: ENGLISH",
            "",
            "GRAPHIC: The quay, photographed from the water\n\nA second picture",
            "",
            f"{of['kind'].upper()}: Newspaper",
            "",
            f"Copyright {item.day.year} Example Press Ltd".center(WIDTH),
            "All Rights Reserved".center(WIDTH),
            "",
        ]
        centred = [line.center(WIDTH).rstrip() for line in head]
        pieces.append("\n".join([*centred, "", *blocks, *tail]))
    return "\ufeff".join(["", "\n".join(pieces)])[1:]


def nexis_flush(items: Sequence[Item] = ITEMS) -> str:
    """Old Nexis as RTF gives it: a line a paragraph, and nothing centred."""
    pieces = []
    for number, item in enumerate(items, start=1):
        of = labels(item)
        start = START.get(item.language, "Document {} de {}").format(number, len(items))
        lines = [
            start,
            f"Copyright {item.day.year} Example Press Ltd",
            "All Rights Reserved",
            item.outlet,
            written(item.day, item.language),
            item.headline,
            *([f"{of['byline'].upper()}: {item.author}"] if item.author else []),
            f"{of['length'].upper()}: {item.words} {of['unit']}",
            "DATELINE: OLDPORT",
            *item.paragraphs,
            f"{of['load_date'].upper()}: {written(item.loaded, item.language, False)}",
            f"{of['language'].upper()}: ENGLISH",
            "SUBJECT: FERRIES (90%); COURTS (70%)",
        ]
        pieces.append("\n\n".join(lines))
    return "\n\n\n".join(pieces)


def nexis_html(items: Sequence[Item] = ITEMS) -> str:
    """Nexis UK: pseudo-XML in comments, each field a division, classes of any number."""

    def field(label: str, value: str) -> str:
        return (
            f'<BR><DIV CLASS="c5"><P CLASS="c6"><SPAN CLASS="c8">{label.upper()}: </SPAN>'
            f'<SPAN CLASS="c2">{html.escape(value)}</SPAN></P>\n</DIV>'
        )

    def centre(text: str) -> str:
        return f'<BR><DIV CLASS="c0"><BR><P CLASS="c1"><SPAN CLASS="c2">{text}</SPAN></P>\n</DIV>'

    pieces = ["<HTML><HEAD><TITLE>&nbsp;</TITLE></HEAD><BODY>", f"<PRE>{COVER}</PRE>"]
    for number, item in enumerate(items, start=1):
        of = labels(item)
        day, _, rest = written(item.day, item.language).partition(" ")
        body = "\n".join(
            '<P CLASS="c9"><SPAN CLASS="c2">{}</SPAN></P>'.format(
                html.escape(paragraph).replace(
                    "sailor", 'sail</SPAN><SPAN CLASS="c4">or</SPAN><SPAN CLASS="c2">'
                )
            )
            for paragraph in item.paragraphs
        )
        pieces += [
            f'<A NAME="DOC_ID_{number}_0"></A><!-- Hide XML section from browser\n<DOC NUMBER=1>\n'
            "<DOCFULL> -->",
            centre(f"{number} of {len(items)} DOCUMENTS"),
            centre(html.escape(item.outlet)),
            f'<BR><DIV CLASS="c3"><P CLASS="c1"><SPAN CLASS="c4">{day}</SPAN>'
            f'<SPAN CLASS="c2"> {rest} 9:50 PM GMT</SPAN><SPAN CLASS="c2">&nbsp;</SPAN></P></DIV>',
            f'<BR><DIV CLASS="c5"><P CLASS="c6"><SPAN CLASS="c7">{html.escape(item.headline)}'
            "</SPAN></P>\n</DIV>",
            *([field(of["byline"], item.author)] if item.author else []),
            field(of["section"], "NEWS; Pg. 4"),
            field(of["length"], f"{item.words} {of['unit']}"),
            f'<BR><DIV CLASS="c5">{body}\n</DIV>',
            field(of["load_date"], written(item.loaded, item.language, False)),
            field(of["language"], "ENGLISH"),
            field("graphic", "The quay"),
            field(of["kind"], "Newspaper"),
            field("brand-new-code", "none knows it"),
            centre(f"Copyright {item.day.year} Example Press Ltd<BR>All Rights Reserved"),
            "<!-- Hide XML section from browser\n</DOCFULL>\n</DOC> -->",
        ]
    return "\n".join([*pieces, "</BODY></HTML>"])


def lexis(items: Sequence[Item] = ITEMS, cover: bool = True) -> str:
    """Nexis Uni or Lexis Advance as DOCX gives it: a line a paragraph, blank ones kept."""
    lines: list[str] = []
    if cover:
        lines += ["", *COVER_LINES]
        for number, item in enumerate(items, start=1):
            lines += [f"{number}. {item.headline}", "Client/Matter: -None-"]
            lines += ["Search Terms: ferry or lease", "Search Type: Natural Language", ""]
            lines += ["Narrowed by: ", "Content Type", "Narrowed by", "News"]
            lines += ["Sources: The Saltmarsh Courier; Content Type: News", ""]
        lines += ["", ""]
    for item in items:
        of = labels(item)
        date_line = written(item.day, item.language) + " 10:36 GMT"
        lines += ["", item.headline, f"{item.outlet} ", date_line, "", ""]
        lines += [f"Copyright {item.day.year} Example Press Ltd All Rights Reserved"]
        lines += [f"{of['section']}:{NBSP}NEWS; politics"]
        lines += [f"{of['length']}:{NBSP}{item.words:,} {of['unit']}"]
        lines += [f"{of['byline']}:{NBSP}{item.author}"] if item.author else []
        lines += [f"Highlight:{NBSP}What the day was about.", of["body"], ""]
        for paragraph in item.paragraphs:
            lines += [paragraph, ""]
        lines += ["Classification", "", f"{of['language']}:{NBSP}ENGLISH", ""]
        lines += [f"{of['kind']}:{NBSP}Newspaper", "", f"Subject:{NBSP}FERRIES (90%)", ""]
        lines += ["Graphic", "", "The quay, photographed from the water", "", "A second picture"]
        loaded = written(item.loaded, item.language, False)
        lines += ["", f"{of['load_date']}:{NBSP}{loaded}", "", "", of["end"], ""]
    return "\n".join(lines)


def _factiva_page(articles: Sequence[str]) -> str:
    listed = "".join(
        f'<tr class="headline"><td>{number}.</td><td><a href="#x">A headline</a></td></tr>'
        for number in range(1, len(articles) + 1)
    )
    return (
        "<html><head><title>Factiva</title><style>.article {page-break-after:always;}"
        f"</style></head><body><table>{listed}</table>{'<br><span></span>'.join(articles)}"
        '<div id="pageFooter"><span class="copyright">© 2018 Factiva, Inc.</span></div></body>'
    )


def accession(number: int, item: Item) -> str:
    """Return the number by which Factiva knows an article."""
    return f"SMCO0000{item.day:%Y%m%d}e61b{number:05}"


def _factiva_date(item: Item) -> str:
    month = MONTHS[item.language].split()[item.day.month - 1]
    return f"{item.day.day} {month} {item.day.year}"


def _marked(paragraph: str) -> str:
    return html.escape(paragraph).replace("lease", "<b>leas</b>e").replace(" and ", "\n and ")


def factiva_html_codes(items: Sequence[Item] = ITEMS) -> str:
    """Factiva as HTML with codes: a table of two columns."""
    made = []
    for number, item in enumerate(items, start=1):
        rows = [
            ("SE", "News"),
            ("HD", f"<b class='enHeadline'>{html.escape(item.headline)}</b>"),
            *([("BY", f"By {item.author}")] if item.author else []),
            ("WC", f"{item.words} {labels(item)['unit']}"),
            ("PD", _factiva_date(item)),
            ("ET", "15:32"),
            ("SN", html.escape(item.outlet)),
            ("SC", "SMCO"),
            ("LA", "English"),
            ("CY", f"(c) {item.day.year} Example Press Ltd"),
        ]
        paragraphs = [
            f'<p class="articleParagraph enarticleParagraph">{_marked(text)}</p>'
            for text in item.paragraphs
        ]
        rows += [("LP", paragraphs[0]), ("TD", "".join(paragraphs[1:]))]
        rows += [("NS", "gpol : Domestic Politics"), ("AN", f"Document {accession(number, item)}")]
        cells = "".join(
            f'<tr><td align="right" class="index"><b>{code}</b>&nbsp;</td><td>{value}</td></tr>'
            for code, value in rows
        )
        made.append(f'<div class="article enArticle"><table>{cells}</table></div>')
    return _factiva_page(made)


def factiva_html(items: Sequence[Item] = ITEMS) -> str:
    """Factiva as HTML without codes: divisions in a known order."""
    made = []
    for number, item in enumerate(items, start=1):
        parts = [f"{item.words} {labels(item)['unit']}", _factiva_date(item), "10:36"]
        parts += [html.escape(item.outlet), "SMCO", "1; National", "16", "English"]
        parts += [f"(c) {item.day.year} Example Press Ltd"]
        author = f'<div class="author">{item.author} </div>' if item.author else ""
        paragraphs = "\n".join(
            f'<p class="articleParagraph enarticleParagraph">{_marked(text)}</p>'
            for text in item.paragraphs
        )
        last = number == len(items)
        own = 'id="lastArticle" ' if last else ""
        made.append(
            f'<div id="article-{accession(number, item)}" class="{"last" if last else ""}article">'
            f'<div {own}class="article enArticle"><p>\n</p><div>News</div>\n<div id="hd">'
            f'<span class="enHeadline counted">{number}) {html.escape(item.headline)}</span></div>'
            f"{author}{''.join(f'<div>{part}</div>' for part in parts)}\n<p></p>\n{paragraphs}\n"
            f"<p>Example Press Ltd</p><p>Document {accession(number, item)}</p></div></div>"
        )
    return _factiva_page(made)


def factiva_codes(items: Sequence[Item] = ITEMS) -> str:
    """Factiva as RTF gives it with codes: each alone on a line."""
    pieces = ["Factiva\n\nFerry line drops its night boats\nLanguage school's lease\n"]
    for number, item in enumerate(items, start=1):
        rows = [
            ("SE", ["News"]),
            ("HD", [item.headline]),
            *([("BY", [f"By {item.author}"])] if item.author else []),
            ("WC", [f"{item.words} {labels(item)['unit']}"]),
            ("PD", [_factiva_date(item)]),
            ("SN", [item.outlet]),
            ("SC", ["SMCO"]),
            ("LA", ["English"]),
            ("CY", [f"(c) {item.day.year} Example Press Ltd"]),
            ("LP", list(item.paragraphs[:1])),
            ("TD", list(item.paragraphs[1:])),
            ("NS", ["gpol : Domestic Politics | gcat : Political/General News"]),
            ("AN", [f"Document {accession(number, item)}"]),
        ]
        inline = number % 2 == 0
        texts = []
        for code, values in rows:
            joined = "\n\n".join(values)
            texts.append(f"{code}  {joined}" if inline else f"{code}\n{joined}")
        pieces.append("\n".join(texts) + "\n")
    return "\f".join(pieces) + "\fSearch Summary\nText\tferry or lease\nUser\tJohanna Q. Doe\n"


def factiva_plain(items: Sequence[Item] = ITEMS) -> str:
    """Factiva as RTF gives it without codes."""
    pieces = []
    for number, item in enumerate(items, start=1):
        head = ["News", item.headline, *([item.author] if item.author else [])]
        head += [f"{item.words} {labels(item)['unit']}", _factiva_date(item), "10:36", item.outlet]
        head += ["SMCO", "1; National", "16", "English", f"(c) {item.day.year} Example Press Ltd"]
        text = "\n\n".join(item.paragraphs)
        end = f"Example Press Ltd\n\nDocument {accession(number, item)}"
        pieces.append("\n".join(head) + f"\n\n{text}\n\n{end}\n")
    return "\n\n\f".join(pieces)


def factiva_xml(items: Sequence[Item] = ITEMS) -> str:
    """Factiva's older XML."""

    def paragraphs(texts: Sequence[str]) -> str:
        inner = (_marked(text).replace("<b>", "<hlt>").replace("</b>", "</hlt>") for text in texts)
        return "".join(f'<paragraph display="Proportional">{text}</paragraph>\n' for text in inner)

    made = ""
    for number, item in enumerate(items, start=1):
        byline = f"<byline>By {item.author}</byline>" if item.author else ""
        made += (
            f"<ppsarticle><article><accessionNo>{accession(number, item)}</accessionNo>"
            f"<baseLanguage>EN</baseLanguage>{byline}"
            f"<headline>{paragraphs([item.headline])}</headline>"
            f"<leadParagraph>{paragraphs(item.paragraphs[:1])}</leadParagraph>"
            f"<publicationDate><dateTime>{item.day}T01:35:58Z</dateTime></publicationDate>"
            f"<modificationDate><date>{item.loaded}</date></modificationDate>"
            f"<sourceName>{html.escape(item.outlet)}</sourceName>"
            f"<tailParagraphs>{paragraphs(item.paragraphs[1:])}</tailParagraphs>"
            f"<wordCount>{item.words}</wordCount></article></ppsarticle>"
        )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<PPSResponse><ppsArticleResponse'
        ' xmlns="http://global.factiva.com/pps/2.0"><ppsarticleResultSet count="3">'
        f"{made}</ppsarticleResultSet></ppsArticleResponse></PPSResponse>"
    )


PROQUEST = {
    "en": "Author|Abstract|Full text|Subject|Title|Publication title|Publication date|ProQuest"
    " document ID|Document URL|Last updated|Database",
    "de": "Autor|Zusammenfassung|Volltext|Thema|Titel|Publikationstitel|Publikationsdatum"
    "|ProQuest-Dokument-ID|Dokument-URL|Zuletzt aktualisiert|Datenbank",
    "fr": "Auteur |Résumé |Texte intégral |Sujet |Titre |Titre de la publication |Date de"
    " publication |ID du document ProQuest |URL du document |Dernière mise à jour"
    " |Base de données ",
    "es": "Autor|Resumen|Texto completo|Materia|Título|Título de publicación|Fecha de publicación"
    "|ID del documento de ProQuest|URL del documento|Última actualización|Base de datos",
}


def proquest(items: Sequence[Item] = ITEMS) -> str:
    """ProQuest as TXT: labelled parts, underscores between documents, a page about users last."""
    rule = "_" * 60
    pieces = ["\n"]
    for number, item in enumerate(items, start=1):
        names = PROQUEST[item.language if item.language in PROQUEST else "en"].split("|")
        author, abstract, text, subject, title, outlet, day, own, url, updated, base = names
        month = MONTHS[item.language if item.language in PROQUEST else "en"].split()
        short = f"{month[item.day.month - 1][:3]} {item.day.day}, {item.day.year}"
        joined = "\n\n".join(item.paragraphs)
        parts = [
            item.headline,
            *([f"{author}: {item.author}"] if item.author else []),
            f"Publication info: {item.outlet} ; Oldport [Oldport]{_factiva_date(item)}.",
            f"https://search.example.org/docview/{number}?accountid=1",
            f"{abstract}: What it is about, in a line.",
            "Links: http://resolver.example.org/openurl",
            f"{text}: {joined}",
            f"{subject}: Ferries; Courts",
            f"{title}: {item.headline}",
            f"{outlet}: {item.outlet}; Oldport",
            f"{day}: {short}",
            "Publisher: Example Press",
            f"{own}: 10151{number}",
            f"{url}: https://search.example.org/docview/10151{number}",
            f"{updated}: {item.loaded}",
            f"{base}: Example Newsstream",
        ]
        pieces.append("\n\n".join(["", *parts, ""]))
    contact = "\n\nContact us at: http://www.example.org Copyright © 2018 Example. For J. Q. Doe\n"
    return rule.join([*pieces, contact])


def europresse(items: Sequence[Item] = ITEMS) -> str:
    """Europresse: an element for each article."""
    made = []
    for number, item in enumerate(items, start=1):
        name = DAYS[item.language].split()[item.day.weekday()]
        header = f"{name}, " if item.language == "en" else f"{name} "
        header = f"News, {header}{written(item.day, item.language, False)}, p. {number}6"
        authors = f'<div class="docAuthors">{item.author}</div>' if item.author else ""
        paragraphs = "".join(
            f"<p>{_marked(text).replace('<b>', '<mark>').replace('</b>', '</mark>')}</p>\n"
            for text in item.paragraphs
        )
        made.append(
            f'<article><header><div><span class="DocPublicationName">{html.escape(item.outlet)},'
            f' no. 1923{number}</span><span class="DocHeader">{header}</span></div>'
            '<div class="titreArticle">'
            f'<p class="titreArticleVisu">{html.escape(item.headline)}</p>{authors}'
            f'</div></header><section><div class="DocText clearfix">'
            f'<div class="docOcurrContainer">{paragraphs}</div></div></section><footer><small>©'
            f" {item.day.year} Example Press. Tous droits réservés.</small>"
            f"<p>news·{item.day:%Y%m%d}·SM·0q1503_{number}</p></footer></article>"
        )
    return f"<html><title>Europresse</title><body>{'<aside></aside>'.join(made)}</body>"


def europresse_old(items: Sequence[Item] = ITEMS) -> str:
    """Europresse as it was: a table, and a text of loose nodes."""
    made = []
    for number, item in enumerate(items, start=1):
        author = f"{item.author}<br><br>" if item.author else ""
        text = "<br><br>".join(_marked(paragraph) for paragraph in item.paragraphs)
        made.append(
            f'<table><tr><td><span class="DocPublicationName">{html.escape(item.outlet)}</span><br>'
            f'<span class="DocHeader">News, </span><span class="DocHeader">'
            f"{written(item.day, item.language, False)}</span>"
            f'<span class="DocHeader">, p. {number}</span>'
            f'<br><br><span class="TitreArticleVisu">{html.escape(item.headline)}</span><br><br>'
            f"{author}{text}<br><br>© {item.day.year} Example Press. Tous droits réservés.<br>"
            f'<tr><td align="center">news·{item.day:%Y%m%d}·SM·10670{number}</td></tr></td></tr>'
            "</table>"
        )
    return f"<html><body>{''.join(made)}</body></html>"


# Each format, and whether it is markup.
FORMATS: dict[str, tuple[Callable[..., str], bool]] = {
    "Nexis TXT": (nexis_txt, False),
    "Nexis RTF": (nexis_flush, False),
    "Nexis HTML": (nexis_html, True),
    "Nexis Uni DOCX": (lexis, False),
    "Factiva HTML with codes": (factiva_html_codes, True),
    "Factiva HTML without codes": (factiva_html, True),
    "Factiva RTF with codes": (factiva_codes, False),
    "Factiva RTF without codes": (factiva_plain, False),
    "Factiva XML": (factiva_xml, True),
    "ProQuest TXT": (proquest, False),
    "Europresse HTML": (europresse, True),
    "Europresse HTML, older": (europresse_old, True),
}
