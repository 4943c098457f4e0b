"""Names: which stretches of text are names, of what type, and which of them are one entity."""

import pytest

from kg.ids import fold
from kg.model import Known
from kg.nlp.entities import Entities
from kg.nlp.lexicons import load_lexicons
from kg.nlp.mentions import find_names, head_of
from tests.nlp.trees import Names, flat, read, universal

KNOWN = {
    "japan": Known("Q17", "Country", "Japan"),
    "japan times": Known("e:jt", "MediaOrganization", "The Japan Times"),
    "new york": Known("Q60", "City", "New York"),
    "new york times": Known("e:nyt", "MediaOrganization", "The New York Times"),
    "us": Known("Q30", "Country", "United States"),
    "central intelligence agency": Known("Q37230", "PublicBody", "Central Intelligence Agency"),
    "joe biden": Known("Q6279", "Person", "Joe Biden"),
    "apple": Known("Q312", "Company", "Apple"),
    "russias war against ukraine": Known("Q1", "Conflict", "Russia's war against Ukraine"),
    "2023 camp david summit": Known("e:cd", "Summit", "2023 Camp David summit"),
}
LEXICON = Names(KNOWN, {"japanese": KNOWN["japan"], "americans": KNOWN["us"]})


def names(text: str, **labels: str) -> list[tuple[str, str, str]]:
    """(words, type, rule) of the names of a flat text."""
    tree = flat(text, **labels)
    entities = find_names(tree, "a", LEXICON, load_lexicons())
    ordered = sorted(entities.names, key=lambda n: n.first)
    return [(" ".join(tree.words[n.first : n.end]), n.type, n.rule) for n in ordered]


def clusters(text: str, **labels: str) -> list[set[str]]:
    """Forms of each entity that is named, in order of first mention."""
    tree = flat(text, **labels)
    entities = find_names(tree, "a", LEXICON, load_lexicons())
    found: dict[str, set[str]] = {}
    for n in sorted(entities.names, key=lambda n: n.first):
        found.setdefault(n.entity, set()).add(" ".join(tree.words[n.first : n.end]))
    return list(found.values())


# --- which words --------------------------------------------------------------------------------------------------


def test_known_names_need_no_pipeline() -> None:
    assert names("officials of Japan said") == [("Japan", "Country", "gazetteer")]


def test_the_longest_known_name_wins() -> None:
    assert names("said the New York Times in New York today") == [
        ("New York Times", "MediaOrganization", "gazetteer"),
        ("New York", "City", "gazetteer"),
    ]


def test_a_longer_name_of_the_pipeline_wins() -> None:
    assert names("in New York University today", New_York_University="ORG") == [
        ("New York University", "Organization", "name")
    ]


def test_a_title_before_a_known_person_is_no_part_of_a_name() -> None:
    assert names("the Secretary Joe Biden spoke", Secretary_Joe_Biden="ORG") == [("Joe Biden", "Person", "gazetteer")]
    assert names("Israeli Prime Minister spoke", Prime="PERSON") == []


def test_of_two_of_one_length_the_known_one_wins() -> None:
    assert names("in New York today", New_York="PERSON") == [("New York", "City", "gazetteer")]


@pytest.mark.parametrize("text", ["they told us nothing", "an apple today", "new york minute here"])
def test_names_begin_with_a_capital(text: str) -> None:
    assert names(text) == []


def test_a_name_may_begin_with_a_number() -> None:
    assert names("at the 2023 Camp David Summit leaders met") == [("2023 Camp David Summit", "Summit", "gazetteer")]


def test_descriptions_in_the_list_are_read_as_text() -> None:
    tree = universal(
        """
        Russia    NNP   3 nmod:poss
        's        POS   1 case
        war       NN    0 root
        against   IN    5 case
        Ukraine   NNP   3 nmod
        """
    )
    entities = find_names(tree, "a", LEXICON, load_lexicons())
    assert [n for n in entities.names if n.end - n.first > 1] == []


def test_names_do_not_reach_over_sentences() -> None:
    reading = read("He flew to New. York is in England.")
    assert not any("New. York" in e.name for e in reading.entities)


@pytest.mark.parametrize("label", ["DATE", "CARDINAL", "MONEY", "TIME", "PERCENT", "ORDINAL", "QUANTITY", "LANGUAGE"])
def test_other_labels_are_no_names(label: str) -> None:
    assert names("about Something here", Something=label) == []


@pytest.mark.parametrize(
    ("text", "label", "expected"),
    [
        ("from the Hudson Institute here", {"the_Hudson_Institute": "ORG"}, "Hudson Institute"),
        ("with “ Hamas ” here", {"“_Hamas_”": "ORG"}, "Hamas"),
        ("of Hamas 's men", {"Hamas_'s": "ORG"}, "Hamas"),
        ("of Hamas ’s men", {"Hamas_’s": "ORG"}, "Hamas"),
        ("- Hamas - here", {"-_Hamas_-": "ORG"}, "Hamas"),
    ],
)
def test_furniture_of_names_is_cut(text: str, label: dict[str, str], expected: str) -> None:
    assert [n[0] for n in names(text, **label)] == [expected]


@pytest.mark.parametrize("mark", ["“", "'s", "the", "-"])
def test_marks_alone_are_no_name(mark: str) -> None:
    assert names(f"x {mark} y", **{mark: "ORG"}) == []


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Prime Minister Ishiba Shigeru spoke", "Ishiba Shigeru"),
        ("Secretary of State Rice spoke", "Rice"),
        ("Mr. Kishida spoke", "Kishida"),
        ("President Yoon Suk Yeol spoke", "Yoon Suk Yeol"),
        ("Sen. Bill Hagerty spoke", "Bill Hagerty"),
        ("Vice President Kamala Harris spoke", "Kamala Harris"),
        ("Kamala Harris spoke", "Kamala Harris"),
        ("Queen spoke", "Queen"),
    ],
)
def test_titles_are_no_part_of_a_name(text: str, person: str) -> None:
    label = {"_".join(text.split()[:-1]): "PERSON"}
    assert names(text, **label) == [(person, "Person", "name")]


def test_suffixes_belong_to_a_name() -> None:
    assert [n[0] for n in names("then Joseph Biden , Jr. spoke", Joseph_Biden="PERSON")] == ["Joseph Biden , Jr."]
    assert [n[0] for n in names("then Joseph Biden Jr. spoke", Joseph_Biden="PERSON")] == ["Joseph Biden Jr."]
    assert [n[0] for n in names("then Joseph Biden , Judge spoke", Joseph_Biden="PERSON")] == ["Joseph Biden"]


# --- which type ---------------------------------------------------------------------------------------------------


def test_demonyms_are_their_country() -> None:
    assert names("Japanese officials met", Japanese="NORP") == [("Japanese", "Country", "demonym")]
    assert names("the Americans met", Americans="NORP") == [("Americans", "Country", "demonym")]


def test_unknown_peoples_are_no_entity() -> None:
    assert names("the Ruritanians met", Ruritanians="NORP") == []


@pytest.mark.parametrize(
    ("name", "label", "kind"),
    [
        ("Ruritania", "GPE", "City"),
        ("Ruritania", "LOC", "Region"),
        ("Rupert Rassendyll", "PERSON", "Person"),
        ("Hentzau Group", "ORG", "Company"),
        ("Strelsau Institute", "ORG", "ThinkTank"),
        ("Ministry of Magic", "ORG", "PublicBody"),
        ("Strelsau Party", "ORG", "PoliticalParty"),
        ("Strelsau News", "ORG", "MediaOrganization"),
        ("Strelsau", "ORG", "Organization"),
        ("Strelsau Summit", "EVENT", "Summit"),
        ("Battle of Strelsau", "EVENT", "Conflict"),
        ("Treaty of Strelsau", "LAW", "Agreement"),
    ],
)
def test_types_of_unknown_names(name: str, label: str, kind: str) -> None:
    found = names(f"before {name} after", **{name.replace(" ", "_"): label})
    assert [(n[0], n[1]) for n in found] == [(name, kind)]


@pytest.mark.parametrize("label", ["EVENT", "LAW"])
def test_events_of_no_known_kind_are_dropped(label: str) -> None:
    assert names("before Strelsau after", Strelsau=label) == []


def test_a_person_is_not_taken_for_the_company_of_that_name() -> None:
    assert names("said Apple today", Apple="PERSON")[0][1] == "Company"  # same length: the list decides
    assert names("said Apple Martin today", Apple_Martin="PERSON") == [("Apple Martin", "Person", "name")]


# --- which are one ------------------------------------------------------------------------------------------------


def test_acronym_in_brackets() -> None:
    text = "the Strelsau Security Council ( SSC ) met . Later SSC left"
    assert clusters(text, Strelsau_Security_Council="ORG", SSC="ORG") == [{"Strelsau Security Council", "SSC"}]


def test_acronym_of_a_known_name() -> None:
    text = "the Central Intelligence Agency ( CIA ) said"
    assert clusters(text, CIA="ORG") == [{"Central Intelligence Agency", "CIA"}]


def test_no_acronym_without_brackets_or_capitals() -> None:
    assert len(clusters("the Strelsau Council , SSC , met", Strelsau_Council="ORG", SSC="ORG")) == 2
    assert len(clusters("the Strelsau Council ( Zenda ) met", Strelsau_Council="ORG", Zenda="GPE")) == 2


PERSONS = [
    ("Takeo Akiba met . Akiba left", {"Takeo_Akiba": "PERSON", "Akiba": "PERSON"}, [{"Takeo Akiba", "Akiba"}]),
    ("Akiba met . Takeo Akiba left", {"Takeo_Akiba": "PERSON", "Akiba": "PERSON"}, [{"Takeo Akiba", "Akiba"}]),
    ("Ishiba Shigeru met . Ishiba left", {"Ishiba_Shigeru": "PERSON", "Ishiba": "PERSON"},
     [{"Ishiba Shigeru", "Ishiba"}]),
    (
        "Joseph Robinette Biden met . Joseph Biden . Robinette Biden left",
        {"Joseph_Robinette_Biden": "PERSON", "Robinette_Biden": "PERSON", "Joseph_Biden": "PERSON"},
        [{"Joseph Robinette Biden", "Joseph Biden", "Robinette Biden"}],
    ),
    ("Jill Biden met . Joe Biden . Biden left", {"Jill_Biden": "PERSON", "Joe_Biden": "PERSON", "Biden": "PERSON"},
     [{"Jill Biden"}, {"Joe Biden"}, {"Biden"}]),
    ("George Bush , Jr. met . Bush left", {"George_Bush": "PERSON", "Bush": "PERSON"}, [{"George Bush , Jr.", "Bush"}]),
    ("Jon Fine met . Refine left", {"Jon_Fine": "PERSON", "Refine": "PERSON"}, [{"Jon Fine"}, {"Refine"}]),
    ("Ali Khamenei met . Hassan Rouhani left", {"Ali_Khamenei": "PERSON", "Hassan_Rouhani": "PERSON"},
     [{"Ali Khamenei"}, {"Hassan Rouhani"}]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "labels", "expected"), PERSONS)
def test_parts_of_names(text: str, labels: dict[str, str], expected: list[set[str]]) -> None:
    """A part joins the one person whose name has it; two such: neither."""
    assert clusters(text, **labels) == expected


def test_first_and_last_name_without_the_middle_one() -> None:
    labels = {"Joseph_Robinette_Biden": "PERSON", "Joseph_Biden": "PERSON"}
    assert len(clusters("Joseph Robinette Biden met . Joseph Biden left", **labels)) == 1


def test_a_person_is_not_joined_to_a_place() -> None:
    found = clusters("Paris Hilton met . In Paris they left", Paris_Hilton="PERSON", Paris="GPE")
    assert found == [{"Paris Hilton"}, {"Paris"}]


def test_the_same_name_is_the_same_entity() -> None:
    assert clusters("Zenda and Zenda met", Zenda="GPE") == [{"Zenda"}]


def test_accents_case_and_possessives_do_not_matter() -> None:
    text = "Erdoğan met . ERDOGAN left"
    assert clusters(text, Erdoğan="PERSON", ERDOGAN="PERSON") == [{"Erdoğan", "ERDOGAN"}]


# --- the store of entities ----------------------------------------------------------------------------------------


def test_ids_are_of_the_article_type_name_and_owner() -> None:
    one, two = Entities("a"), Entities("b")
    ids = [
        one.entity("City", "Zenda").id, two.entity("City", "Zenda").id, one.entity("Region", "Zenda").id,
        one.entity("City", "Strelsau").id, one.entity("City", "Zenda", within=one.entity("Country", "Ruritania").id).id,
    ]  # fmt: skip
    assert len(set(ids)) == len(ids)
    assert all(i.startswith("l:") for i in ids)
    assert one.entity("City", "zenda").id == Entities("a").entity("City", "ZENDA").id


def test_merging_moves_names_forms_and_what_is_within() -> None:
    entities = find_names(flat("Zenda and Strelsau met", Zenda="GPE", Strelsau="GPE"), "a", Names(), load_lexicons())
    zenda, strelsau = (n.entity for n in sorted(entities.names, key=lambda n: n.first))
    inner = entities.entity("PublicBody", "Parliament", within=zenda)
    entities.rename(zenda, strelsau)
    entities.rename(strelsau, strelsau)
    assert {n.entity for n in entities.names} == {n.entity for n in entities.at.values()} == {strelsau}
    assert inner.within == strelsau
    frozen = {e.id: e for e in entities.freeze({inner.id})}
    assert set(frozen) == {strelsau, inner.id}
    assert {fold(a) for a in frozen[strelsau].aliases} == {"zenda"}


def test_only_used_entities_are_kept_with_what_they_belong_to() -> None:
    entities = Entities("a")
    country = entities.entity("Country", "Ruritania")
    body = entities.entity("PublicBody", "Parliament", within=country.id)
    entities.entity("City", "Nowhere")
    assert {e.id for e in entities.freeze({body.id})} == {country.id, body.id}
    assert entities.freeze(set()) == ()


def test_head_of_a_name_is_the_word_whose_head_lies_outside() -> None:
    tree = universal("Bank NNP 5 nsubj\nof IN 3 case\nJapan NNP 1 nmod\n's POS 1 case\nfell VBD:fall 0 root")
    assert head_of(tree, 0, 3) == 0
    assert head_of(tree, 2, 3) == 2


# --- with the shipped pipeline ------------------------------------------------------------------------------------

SHIPPED = [
    ("South Korea’s foreign ministry met NATO.", {"South Korea": "Country", "NATO": "IntergovernmentalOrganization"}),
    ("The White House said so to Hungary.", {"White House": "PublicBody", "Hungary": "Country"}),
    ("The European Union sued Gazprom.", {"European Union": "IntergovernmentalOrganization", "Gazprom": "Company"}),
    ("Analysts at the Brookings Institution told Reuters.", {"Brookings Institution": "ThinkTank"}),
    ("Israel and Hezbollah agreed, Reuters reported.", {"Hezbollah": "ArmedGroup", "Reuters": "MediaOrganization"}),
    ("The Liberal Democratic Party met in Tokyo.", {"Liberal Democratic Party": "PoliticalParty", "Tokyo": "City"}),
    ("Japanese officials met Emmanuel Macron.", {"Japanese": "Country", "Emmanuel Macron": "Person"}),
    ("South Korean officials met North Korean officials.", {"South Korean": "Country", "North Korean": "Country"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SHIPPED)
def test_names_of_news(text: str, expected: dict[str, str]) -> None:
    reading = read(text)
    found = {text[m.span.start : m.span.end]: m.type for m in reading.mentions}
    assert {name: found.get(name) for name in expected} == expected
