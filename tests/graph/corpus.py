"""A small world of articles whose readings are written by hand: what the store tests build on.

Names, offices and events are those of public news of 2022 to 2025; the sentences are ours.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.graph.project import project
from kg.ids import content_id
from kg.model import (
    Argument,
    Article,
    Claim,
    Entity,
    Evidence,
    Graph,
    Literal,
    Mention,
    Mood,
    Policy,
    Qualifiers,
    Reading,
    Span,
    Tenure,
    When,
    merge,
)
from kg.schema import load_schema


def _entity(kind: str, name: str, *aliases: str, wikidata: str = "", within: str = "") -> Entity:
    ident = wikidata or content_id("e", kind, name)
    return Entity(ident, kind, name, tuple(sorted(aliases)), wikidata, within, "gazetteer" if wikidata else "text")


ENTITIES = {
    e.name: e
    for e in (
        _entity("Person", "Antony Blinken", "Blinken", "Secretary Blinken", wikidata="Q7821917"),
        _entity("Person", "Wang Yi", "Wang", wikidata="Q701393"),
        _entity("Person", "Fumio Kishida", "Kishida", wikidata="Q1075718"),
        _entity("Person", "Yoon Suk Yeol", "Yoon", wikidata="Q24838774"),
        _entity("Person", "Fred Fleitz", "Fleitz"),
        _entity("Person", "Olga Marin", "Marin"),
        _entity("Person", "Benjamin Netanyahu", wikidata="Q43723"),
        _entity("Government", "Government of the United States", "Washington", "United States", wikidata="Q48525"),
        _entity("Government", "Government of Japan", "Tokyo", "Japan", wikidata="Q1049255"),
        _entity("Government", "Government of South Korea", "Seoul", wikidata="Q494670"),
        _entity("Government", "Government of China", "Beijing", wikidata="Q842006"),
        _entity("Government", "Government of Russia", "Moscow", "Kremlin", wikidata="Q1140115"),
        _entity("Government", "Government of Israel", wikidata="Q691152"),
        _entity("PublicBody", "United States Department of State", "State Department", wikidata="Q789915"),
        _entity("PublicBody", "United States National Security Council", "NSC", wikidata="Q1364128"),
        _entity("ThinkTank", "America First Policy Institute", "AFPI", wikidata="Q107387545"),
        _entity("ThinkTank", "Carnegie Endowment for International Peace", wikidata="Q1043863"),
        _entity("IntergovernmentalOrganization", "NATO", "North Atlantic Treaty Organization", wikidata="Q7184"),
        _entity("Company", "Volga Shipping"),
        _entity("Country", "Japan (country)", "Japan", wikidata="Q17"),
        _entity("City", "Munich", wikidata="Q1726"),
        _entity("City", "Hiroshima", wikidata="Q34664"),
        _entity("City", "Beijing (city)", "Beijing", wikidata="Q956"),
        _entity("Summit", "G7 summit in Hiroshima", wikidata="Q113632571"),
        _entity("Summit", "Camp David summit"),
        _entity("Conflict", "war in Ukraine", wikidata="Q110999040"),
        _entity("Agreement", "New START", wikidata="Q382258"),
        _entity("Topic", "Taiwan Strait"),
    )
}
"""By name."""


@dataclass(frozen=True)
class Said:
    """One claim of a hand-written reading; entities by name, words by quotation."""

    subject: str
    relation: str
    object: str | Literal
    words: str
    confidence: float = 0.9
    title: str = ""
    tenure: Tenure | None = None
    topic: str = ""
    place: str = ""
    addressee: str = ""
    negated: bool = False
    mood: Mood = Mood.ACTUAL
    when: When = field(default_factory=When)
    by: str = ""
    cue: str = ""
    rule: str = "test.hand@1"


@dataclass(frozen=True)
class Page:
    """An article and what is said in it."""

    article: Article
    said: Sequence[Said] = field(default_factory=tuple)

    @property
    def pair(self) -> tuple[Article, Reading]:
        return self.article, read(self.article, self.said)


def read(article: Article, said: Sequence[Said]) -> Reading:
    """Reading of an article by hand."""
    sentences = tuple(Span(article.key, m.start(), m.end()) for m in re.finditer(r"\S[^.!?]*[.!?]?", article.text))
    claims = merge(_claim(article, sentences, s) for s in said)
    used = sorted({n for s in said for n in (s.subject, s.object, s.place, s.addressee, s.by) if n in ENTITIES})
    mentions = [
        Mention(Span(article.key, m.start(), m.end()), ENTITIES[n].type, ENTITIES[n].id, "name")
        for n in used
        for m in re.finditer(re.escape(n), article.text)
    ]
    return Reading(
        article=article.key,
        sha256=article.sha256,
        reader="test-1",
        sentences=sentences,
        entities=tuple(sorted((ENTITIES[n] for n in used), key=lambda e: e.id)),
        mentions=tuple(sorted(mentions, key=lambda m: (m.span, m.entity))),
        claims=claims,
    )


def _claim(article: Article, sentences: Sequence[Span], said: Said) -> Claim:
    start = article.text.index(said.words)
    index = max(i for i, s in enumerate(sentences) if s.start <= start)
    span = Span(article.key, start, start + len(said.words))
    return Claim(
        article=article.key,
        subject=_argument(said.subject),
        relation=said.relation,
        object=said.object if isinstance(said.object, Literal) else _argument(said.object),
        evidence=(Evidence(span, index, said.rule, said.confidence),),
        qualifiers=Qualifiers(
            said.title,
            said.tenure,
            said.topic,
            _argument(said.place) if said.place else None,
            _argument(said.addressee) if said.addressee else None,
        ),
        negated=said.negated,
        mood=said.mood,
        when=said.when,
        attributed_to=_argument(said.by) if said.by else None,
        cue=said.cue,
    )


def _argument(name: str) -> Argument:
    return Argument(ENTITIES[name].id, name)


def _page(key: str, date: str, source: str, text: str, *said: Said, **fields: object) -> Page:
    return Page(Article(key, text, title=key.removesuffix(".md"), source=source, date=date, **fields), said)


BLINKEN, WANG, KISHIDA, YOON = "Antony Blinken", "Wang Yi", "Fumio Kishida", "Yoon Suk Yeol"
US, JAPAN, KOREA, CHINA = (
    "Government of the United States", "Government of Japan", "Government of South Korea", "Government of China",
)  # fmt: skip
RUSSIA, ISRAEL, STATE, NSC = (
    "Government of Russia", "Government of Israel", "United States Department of State",
    "United States National Security Council",
)  # fmt: skip
G7 = "G7 summit in Hiroshima"

PAGES = (
    _page(
        "beijing.md", "2023-06-20", "The Courier",
        "Antony Blinken met Wang Yi in Beijing on June 18. Blinken is the United States secretary of state. "
        "He said that Washington does not support independence for Taiwan.",
        Said(BLINKEN, "met_with", WANG, "Antony Blinken met Wang Yi in Beijing", 0.95, place="Beijing (city)",
             when=When("2023-06-18", "2023-06-18", "on June 18")),
        Said(BLINKEN, "holds_position", STATE, "Blinken is the United States secretary of state", 0.9,
             title="secretary of state", tenure=Tenure.CURRENT),
        Said(BLINKEN, "visited", "Beijing (city)", "Antony Blinken met Wang Yi in Beijing", 0.6,
             when=When("2023-06-18", "2023-06-18", "on June 18")),
        Said(BLINKEN, "says", Literal("Washington does not support independence for Taiwan"),
             "He said that Washington does not support independence for Taiwan", 0.8),
        Said(US, "supports", Literal("independence for Taiwan"), "Washington does not support independence for Taiwan",
             0.8, topic="Taiwan", negated=True, by=BLINKEN, cue="said"),
    ),
    _page(
        "munich.md", "2024-02-17", "Nordblick",
        "At Munich, Wang Yi met Antony Blinken on February 16. Beijing accused Washington of containment.",
        Said(WANG, "met_with", BLINKEN, "Wang Yi met Antony Blinken", 0.9, place="Munich",
             when=When("2024-02-16", "2024-02-16", "on February 16")),
        Said(CHINA, "accuses", US, "Beijing accused Washington of containment", 0.85, topic="containment"),
    ),
    _page(
        "reuters-copy-a.md", "2024-02-17", "Daily Ledger",
        "MUNICH (Reuters) - Blinken and Wang met in Munich on Friday.",
        Said(BLINKEN, "met_with", WANG, "Blinken and Wang met in Munich", 0.8, place="Munich",
             when=When("2024-02-16", "2024-02-16", "on Friday")),
    ),
    _page(
        "reuters-copy-b.md", "2024-02-18", "Harbour Post",
        "MUNICH (Reuters) - Blinken and Wang met in Munich on Friday. They spoke for an hour.",
        Said(BLINKEN, "met_with", WANG, "Blinken and Wang met in Munich", 0.8, place="Munich",
             when=When("2024-02-16", "2024-02-16", "on Friday")),
    ),
    _page(
        "hiroshima.md", "2023-05-21", "The Courier",
        "Fumio Kishida hosted the G7 summit in Hiroshima in May 2023. Yoon Suk Yeol took part as a guest. "
        "Japan and South Korea support Ukraine. Moscow rejected the communique.",
        Said(KISHIDA, "hosted", G7, "Fumio Kishida hosted the G7 summit", 0.95, place="Hiroshima",
             when=When("2023-05", "2023-05", "in May 2023")),
        Said(KISHIDA, "participated_in", G7, "Fumio Kishida hosted the G7 summit", 0.9, place="Hiroshima",
             when=When("2023-05", "2023-05", "in May 2023")),
        Said(YOON, "participated_in", G7, "Yoon Suk Yeol took part as a guest", 0.9),
        Said(JAPAN, "supports", "war in Ukraine", "Japan and South Korea support Ukraine", 0.7, topic="Ukraine"),
        Said(KOREA, "supports", Literal("aid for Ukraine"), "Japan and South Korea support Ukraine", 0.7),
        Said(RUSSIA, "rejects", US, "Moscow rejected the communique", 0.6, topic="communique"),
    ),
    _page(
        "campdavid.md", "2023-08-18", "Nordblick",
        "Kishida and Yoon will meet at Camp David. Japan's prime minister Fumio Kishida spoke with Yoon by phone. "
        "Washington is allied with Tokyo. Washington will sanction Volga Shipping if it delivers arms.",
        Said(KISHIDA, "participated_in", "Camp David summit", "Kishida and Yoon will meet at Camp David", 0.8,
             mood=Mood.PLANNED),
        Said(YOON, "participated_in", "Camp David summit", "Kishida and Yoon will meet at Camp David", 0.8,
             mood=Mood.PLANNED),
        Said(KISHIDA, "holds_position", JAPAN, "Japan's prime minister Fumio Kishida", 0.95, title="prime minister",
             tenure=Tenure.CURRENT),
        Said(KISHIDA, "spoke_with", YOON, "Fumio Kishida spoke with Yoon by phone", 0.85,
             topic="North Korea"),
        Said(US, "allied_with", JAPAN, "Washington is allied with Tokyo", 0.8),
        Said(US, "sanctions", "Volga Shipping", "Washington will sanction Volga Shipping", 0.7,
             mood=Mood.CONDITIONAL),
    ),
    _page(
        "sanctions.md", "2024-03-05", "The Courier",
        "The United States imposed sanctions on Volga Shipping on March 4. Moscow condemned the step. "
        "The United States opposes the war in Ukraine. Beijing declined to take a side.",
        Said(US, "sanctions", "Volga Shipping", "The United States imposed sanctions on Volga Shipping", 0.95,
             when=When("2024-03-04", "2024-03-04", "on March 4")),
        Said(RUSSIA, "accuses", US, "Moscow condemned the step", 0.75, topic="sanctions"),
        Said(US, "opposes", "war in Ukraine", "The United States opposes the war in Ukraine", 0.9),
        Said(CHINA, "is_neutral_on", "war in Ukraine", "Beijing declined to take a side", 0.8),
    ),
    _page(
        "sanctions-denied.md", "2024-03-06", "Volga Herald",
        "Washington has not sanctioned Volga Shipping, Olga Marin said.",
        Said(US, "sanctions", "Volga Shipping", "Washington has not sanctioned Volga Shipping", 0.9, negated=True,
             by="Olga Marin", cue="said"),
        Said("Olga Marin", "says", Literal("Washington has not sanctioned Volga Shipping"),
             "Washington has not sanctioned Volga Shipping, Olga Marin said", 0.9),
    ),
    _page(
        "fleitz.md", "2024-06-25", "Potomac Review",
        "Fred Fleitz, a former chief of staff in the National Security Council, works at the America First Policy "
        "Institute. Fleitz opposes aid without talks. Tokyo is concerned about the Taiwan Strait.",
        Said("Fred Fleitz", "holds_position", NSC,
             "Fred Fleitz, a former chief of staff in the National Security Council", 0.93,
             title="chief of staff", tenure=Tenure.FORMER),
        Said("Fred Fleitz", "holds_position", "America First Policy Institute", "works at the America First Policy",
             0.7, tenure=Tenure.CURRENT),
        Said("Fred Fleitz", "opposes", Literal("aid without talks"), "Fleitz opposes aid without talks", 0.8,
             topic="Ukraine"),
        Said(JAPAN, "is_concerned_about", "Taiwan Strait", "Tokyo is concerned about the Taiwan Strait", 0.85),
    ),
    _page(
        "kishida-leaves.md", "2025-01-10", "Nordblick",
        "Fumio Kishida, the former prime minister of Japan, may visit Munich. Japan is party to no New START. "
        "Olga Marin of the Carnegie Endowment said the pact could lapse.",
        Said(KISHIDA, "holds_position", JAPAN, "Fumio Kishida, the former prime minister of Japan", 0.9,
             title="Prime Minister", tenure=Tenure.FORMER),
        Said(KISHIDA, "visited", "Munich", "Fumio Kishida, the former prime minister of Japan, may visit Munich", 0.8,
             mood=Mood.POSSIBLE),
        Said(JAPAN, "party_to", "New START", "Japan is party to no New START", 0.8, negated=True),
        Said("Olga Marin", "holds_position", "Carnegie Endowment for International Peace",
             "Olga Marin of the Carnegie Endowment", 0.8, tenure=Tenure.CURRENT),
        Said("Olga Marin", "says", Literal("the pact could lapse"), "said the pact could lapse", 0.85),
    ),
    _page(
        "ukraine-turn.md", "2025-02-20", "Potomac Review",
        "Washington now supports talks on the war in Ukraine. Kishida met Yoon in Munich. The doubtful line is weak.",
        Said(US, "supports", "war in Ukraine", "Washington now supports talks on the war in Ukraine", 0.7,
             topic="talks"),
        Said(KISHIDA, "met_with", YOON, "Kishida met Yoon in Munich", 0.75, place="Munich"),
        Said(YOON, "attacks", KISHIDA, "The doubtful line is weak", 0.2),
    ),
    _page("empty.md", "2025-03-01", "", "Nothing is claimed here.", url="https://www.example.org/empty"),
)  # fmt: skip


def world(policy: Policy | None = None, pages: Sequence[Page] = PAGES) -> Graph:
    """The graph of all pages."""
    return project((p.pair for p in pages), load_schema(), policy or Policy())
