"""Three short articles with readings made by hand, and the graph that they give."""

from collections.abc import Iterable

from kg.graph.project import project
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
)
from kg.schema import load_schema

ARTICLES = (
    Article(
        key="wire/berne-talks.md",
        title="Ministers meet in Bern",
        source="Alpine Wire",
        date="2024-06-30",
        url="https://alpine.example/berne-talks?id=7",
        authors=("Rosa Keller",),
        media_type="text/markdown",
        text=(
            "Norwegian Foreign Minister Espen Barth Eide met Swiss counterpart Ignazio Cassis in Bern on 27 June 2024. "
            "Oslo will host a summit in September. "
            '"We need a ceasefire," Eide told Cassis. '
            "He denied that Norway had sanctioned Switzerland."
        ),
    ),
    Article(
        key="daily/eide.html",
        title="Eide and Cassis talk",
        source="The Daily Fjord",
        date="2024-07-01",
        media_type="text/html",
        text=(
            "Ignazio Cassis met Espen Barth Eide on 27 June. "
            "Norway supports a joint observer mission. "
            "Norway accused NATO of delay over the mission. "
            "Norway might join the Bern Accord."
        ),
    ),
    Article(
        key="feed.xml#3 <späte Meldung>",
        title="Kein “Treffen”?",
        source="",
        date="2024-07",
        url="javascript:alert(1)",
        text="Former envoy Jens Holt works for NATO. Cassis never met Eide.\u2028\u202eNorway supports NATO.",
    ),
)

ENTITIES = (
    Entity("Q20", "Government", "Government of Norway", ("Norway", "Oslo"), "Q20", origin="countries"),
    Entity("Q39", "Government", "Government of Switzerland", ("Switzerland",), "Q39", origin="countries"),
    Entity("Q70", "City", "Bern", (), "Q70", within="Q39", origin="cities"),
    Entity("Q7184", "IntergovernmentalOrganization", "NATO", (), "Q7184", origin="organizations"),
    Entity("e:0a", "Person", "Espen Barth Eide", ("Eide",)),
    Entity("e:0b", "Person", "Ignazio Cassis", ("Cassis",)),
    Entity("e:0c", "Agreement", "Bern Accord"),
    Entity("e:0d", "Person", "Jens Holt"),
    Entity("e:0e", "Summit", "Oslo summit"),
)
NAMES = {entity.name: entity for entity in ENTITIES}


def actor(name: str, words: str = "", rule: str = "name") -> Argument:
    """The entity of this name in a role."""
    return Argument(NAMES[name].id, words or name, rule)


def evidence(
    article: Article, sentence: int, words: str, rule: str = "test.rule@1", confidence: float = 0.9
) -> Evidence:
    """The first occurrence of the words."""
    start = article.text.index(words)
    return Evidence(Span(article.key, start, start + len(words)), sentence, rule, confidence)


def sentences(article: Article) -> tuple[Span, ...]:
    """Split at full stops; enough for these texts."""
    spans: list[Span] = []
    start = 0
    for end, char in enumerate(article.text, 1):
        if char == "." and article.text[end : end + 1] in ("", " ", "\u2028"):
            spans.append(Span(article.key, start, end))
            start = end + 1
    return tuple(spans)


def mention(article: Article, words: str, name: str, rule: str = "name", kind: str = "") -> Mention:
    """The first occurrence of the words as a mention of the entity."""
    start = article.text.index(words)
    return Mention(Span(article.key, start, start + len(words)), kind or NAMES[name].type, NAMES[name].id, rule)


def reading(article: Article, mentions: Iterable[Mention], claims: Iterable[Claim]) -> Reading:
    """A reading of the article with all sample entities."""
    ordered = tuple(sorted(claims, key=lambda claim: claim.id))
    return Reading(
        article.key, article.sha256, "samples-1", sentences(article), ENTITIES,
        tuple(sorted(mentions, key=lambda m: m.span)), ordered,
    )  # fmt: skip


def first_reading() -> Reading:
    """An office, a meeting with place, day and topic, a plan, a quotation, a denial."""
    article = ARTICLES[0]
    eide, cassis = actor("Espen Barth Eide"), actor("Ignazio Cassis")
    norway = actor("Government of Norway", "Norwegian", "demonym")
    meeting = "Espen Barth Eide met Swiss counterpart Ignazio Cassis in Bern on 27 June 2024"
    claims = [
        Claim(
            article.key, eide, "holds_position", norway,
            (evidence(article, 0, "Norwegian Foreign Minister Espen Barth Eide"),),
            Qualifiers(title="Foreign Minister", tenure=Tenure.CURRENT),
        ),
        Claim(
            article.key, eide, "met_with", cassis, (evidence(article, 0, meeting, confidence=0.97),),
            Qualifiers(place=actor("Bern")), when=When("2024-06-27", "2024-06-27", "on 27 June 2024"),
        ),
        Claim(
            article.key, actor("Government of Norway", "Oslo", "metonymy.capital"), "hosted",
            actor("Oslo summit", "a summit"),
            (evidence(article, 1, "Oslo will host a summit in September"),),
            mood=Mood.PLANNED, when=When("2024-09", "", "in September"),
        ),
        Claim(
            article.key, eide, "says", Literal("We need a ceasefire,"),
            (evidence(article, 2, '"We need a ceasefire," Eide told Cassis'),),
            Qualifiers(addressee=actor("Ignazio Cassis", "Cassis", "last_name")),
            attributed_to=actor("Espen Barth Eide", "Eide", "last_name"), cue="told",
        ),
        Claim(
            article.key, actor("Government of Norway", "Norway", "metonymy.country"), "sanctions",
            actor("Government of Switzerland", "Switzerland", "metonymy.country"),
            (evidence(article, 3, "Norway had sanctioned Switzerland", confidence=0.8),),
            negated=True, attributed_to=actor("Espen Barth Eide", "He", "pronoun"), cue="denied",
        ),
    ]  # fmt: skip
    mentions = [
        mention(article, "Espen Barth Eide", "Espen Barth Eide"),
        mention(article, "Ignazio Cassis", "Ignazio Cassis"),
        mention(article, "Bern", "Bern"),
        mention(article, "Oslo", "Government of Norway", "metonymy.capital", "City"),
        mention(article, "He", "Espen Barth Eide", "pronoun", "Person"),
    ]
    return reading(article, mentions, claims)


def second_reading() -> Reading:
    """The same meeting from the other side, a stance on words, an accusation with a topic, a possibility."""
    article = ARTICLES[1]
    norway = actor("Government of Norway", "Norway", "metonymy.country")
    claims = [
        Claim(
            article.key, actor("Ignazio Cassis"), "met_with", actor("Espen Barth Eide"),
            (evidence(article, 0, "Ignazio Cassis met Espen Barth Eide on 27 June"),),
            when=When("2024-06-27", "2024-06-27", "on 27 June"),
        ),
        Claim(
            article.key, norway, "supports", Literal("a joint observer mission"),
            (evidence(article, 1, "Norway supports a joint observer mission"),),
            Qualifiers(topic="joint observer mission"),
        ),
        Claim(
            article.key, norway, "accuses", actor("NATO"),
            (evidence(article, 2, "Norway accused NATO of delay"), evidence(article, 2, "accused", "test.verb@2", 0.6)),
            Qualifiers(topic="delay"),
        ),
        Claim(
            article.key, norway, "party_to", actor("Bern Accord"),
            (evidence(article, 3, "Norway might join the Bern Accord", confidence=0.7),), mood=Mood.POSSIBLE,
        ),
    ]  # fmt: skip
    mentions = [mention(article, "NATO", "NATO"), mention(article, "Bern Accord", "Bern Accord")]
    return reading(article, mentions, claims)


def third_reading() -> Reading:
    """A former office, a denial of the meeting, a stance on an entity."""
    article = ARTICLES[2]
    claims = [
        Claim(
            article.key, actor("Jens Holt"), "holds_position", actor("NATO"),
            (evidence(article, 0, "Former envoy Jens Holt works for NATO"),),
            Qualifiers(title="envoy", tenure=Tenure.FORMER),
        ),
        Claim(
            article.key, actor("Ignazio Cassis", "Cassis", "last_name"), "met_with",
            actor("Espen Barth Eide", "Eide", "last_name"),
            (evidence(article, 1, "Cassis never met Eide"),), negated=True,
        ),
        Claim(
            article.key, actor("Government of Norway", "Norway", "metonymy.country"), "supports", actor("NATO"),
            (evidence(article, 2, "\u202eNorway supports NATO"),),
        ),
    ]  # fmt: skip
    return reading(article, [mention(article, "Jens Holt", "Jens Holt")], claims)


def sample_pairs() -> list[tuple[Article, Reading]]:
    """Articles with their readings: 3 articles, 9 entities, 12 claims."""
    return list(zip(ARTICLES, (first_reading(), second_reading(), third_reading()), strict=True))


def sample_graph(policy: Policy | None = None) -> Graph:
    """The graph of the samples."""
    return project(sample_pairs(), load_schema(), policy or Policy())
