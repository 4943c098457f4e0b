from dataclasses import replace
from itertools import permutations

import pytest

from kg.model import Argument, Entity
from kg.resolve.cluster import unite


def ends(reading):
    by_id = {e.id: e for e in reading.entities}
    (claim,) = reading.claims
    end = claim.object
    return by_id[claim.subject.entity], by_id[end.entity] if isinstance(end, Argument) else end, claim


def resolve_pair(resolver, draft, subject, relation, obj, **more):
    draft.claim(draft.entity(*subject), relation, draft.entity(*obj), **more)
    return ends(resolver.resolve(draft.reading(), draft.article))


JAPAN, CHINA = ("Japan", "Country"), ("China", "Country")


@pytest.mark.parametrize(
    "relation", ["rejects", "accuses", "requests", "sanctions", "supports", "aids", "met_with", "attacks"]
)
def test_countries_act_as_governments(resolver, draft, relation):
    subject, obj, claim = resolve_pair(resolver, draft, JAPAN, relation, CHINA)
    assert (subject.name, obj.name) == ("Government of Japan", "Government of China")
    assert claim.subject.rule == claim.object.rule == "metonymy.country"
    assert {"Japan", "Tokyo", "Japanese government", "Japanese officials"} <= set(subject.aliases)
    assert subject.within == "Q17"


@pytest.mark.parametrize("city", ["Tokyo", "Washington", "Kyiv", "The Hague", "Bonn"])
def test_capitals_act_as_governments(resolver, draft, city):
    subject, _, claim = resolve_pair(resolver, draft, (city, "City"), "accuses", CHINA)
    assert subject.type == "Government"
    assert city.removeprefix("The ") in " ".join(subject.aliases)
    assert claim.subject.rule == "metonymy.capital"


def test_other_cities_do_not_act(resolver, draft):
    local = draft.claim(draft.entity("Osaka", "City"), "accuses", draft.entity(*CHINA))
    reading = draft.reading()
    assert resolver.resolve(reading, draft.article).claims == ()
    (lost,) = resolver.dropped(reading, draft.article)
    assert (lost.claim, lost.reason) == (local, "schema")


def test_places_that_are_visited_stay_places(resolver, draft):
    _, obj, claim = resolve_pair(resolver, draft, ("Joe Biden", "Person"), "visited", ("Tokyo", "City"))
    assert (obj.type, obj.name, claim.object.rule) == ("City", "Tokyo", "gazetteer.name")


def test_governments_that_are_visited_are_places(resolver, draft):
    _, obj, claim = resolve_pair(
        resolver, draft, ("Joe Biden", "Person"), "visited", ("Government of Japan", "Government")
    )
    assert (obj.type, obj.name, claim.object.rule) == ("Country", "Japan", "metonymy.place")


def test_the_seat_of_an_organization_is_a_place(resolver, draft):
    _, obj, _ = resolve_pair(resolver, draft, ("SEATO", "Organization"), "based_in", ("Bangkok", "City"))
    assert obj.type == "City"


def test_places_beside_the_ends_of_a_claim_stay_places(resolver, draft):
    biden, xi, seoul = (
        draft.entity(*e) for e in (("Joe Biden", "Person"), ("Xi Jinping", "Person"), ("Seoul", "City"))
    )
    japan = draft.entity(*JAPAN)
    draft.claim(biden, "met_with", xi, place=seoul, addressee=japan, speaker=japan)
    reading = resolver.resolve(draft.reading(), draft.article)
    types = {e.id: e.type for e in reading.entities}
    claim = reading.claims[0]
    assert types[claim.qualifiers.place.entity] == "City"
    assert types[claim.qualifiers.addressee.entity] == types[claim.attributed_to.entity] == "Government"


def test_a_city_that_is_struck_is_the_city(resolver, draft):
    _, obj, _ = resolve_pair(resolver, draft, ("Russia", "Country"), "attacks", ("Kyiv", "City"))
    assert obj.type == "City"


def test_a_mayor_is_of_a_city_and_a_prime_minister_of_a_government(resolver, make_draft):
    mayor = make_draft()
    _, obj, _ = resolve_pair(
        resolver, mayor, ("Jane Roe", "Person"), "holds_position", ("London", "City"), title="mayor"
    )
    assert obj.type == "City"
    minister = make_draft()
    _, obj, _ = resolve_pair(
        resolver, minister, ("Keir Starmer", "Person"), "holds_position", ("UK", "Country"), title="PM"
    )
    assert obj.name == "Government of the United Kingdom"


def test_bodies_named_by_a_building_act_themselves(resolver, draft):
    subject, _, claim = resolve_pair(
        resolver, draft, ("the Kremlin", "PublicBody"), "accuses", ("White House", "PublicBody")
    )
    assert (subject.type, subject.name, claim.subject.rule) == ("PublicBody", "Kremlin", "gazetteer.name")


def test_brussels_is_the_union_unless_the_article_names_belgium(resolver, make_draft):
    union = make_draft()
    subject, _, claim = resolve_pair(resolver, union, ("Brussels", "City"), "sanctions", ("Russia", "Country"))
    assert (subject.id, claim.subject.rule) == ("Q458", "metonymy.brussels")
    belgium = make_draft()
    belgium.entity("Belgium", "Country")
    subject, _, _ = resolve_pair(resolver, belgium, ("Brussels", "City"), "sanctions", ("Russia", "Country"))
    assert subject.name == "Government of Belgium"


def test_regions_that_act(resolver, make_draft):
    west, _, claim = resolve_pair(resolver, make_draft(), ("the West", "Region"), "sanctions", ("Russia", "Country"))
    assert (west.type, west.name, claim.subject.rule) == ("Organization", "West", "metonymy.region")
    texas, _, _ = resolve_pair(resolver, make_draft(), ("Texas", "Region"), "accuses", ("Russia", "Country"))
    assert (texas.type, texas.name) == ("Government", "Government of Texas")


@pytest.mark.parametrize(
    ("name", "country", "canonical"),
    [
        ("Foreign Ministry", "Ukraine", "Ministry of Foreign Affairs of Ukraine"),
        ("Ministry of Foreign Affairs", "South Korea", "Ministry of Foreign Affairs of South Korea"),
        ("Department of State", "United States", "United States Department of State"),
        ("Ministry of Defence", "Russia", "Ministry of Defense of Russia"),
        ("Parliament", "Japan", "National Diet"),
        ("Senate", "Nigeria", "Senate of Nigeria"),
        ("Armed Forces", "Venezuela", "Armed Forces of Venezuela"),
        ("Supreme Court", "Israel", "Supreme Court of Israel"),
        ("National Security Council", "United States", "United States National Security Council"),
        ("Ukrainian Foreign Ministry", "Ukraine", "Ministry of Foreign Affairs of Ukraine"),
        ("Revolutionary Guard", "Iran", "Islamic Revolutionary Guard Corps"),
        ("Opposition", "Lebanon", "Lebanese Opposition"),
    ],
)
def test_bodies_within_a_country(draft, identify, name, country, canonical):
    owner = draft.entity(country, "Country")
    type_ = "Organization" if name == "Opposition" else "PublicBody"
    assert identify(draft, draft.entity(name, type_, within=owner)).name == canonical


def test_a_ministry_has_its_usual_names(draft, identify):
    ukraine = draft.entity("Ukraine", "Country")
    ministry = draft.entity("Foreign Ministry", "PublicBody", within=ukraine, aliases=("Ukraine's diplomats",))
    entity = identify(draft, ministry)
    assert {
        "Foreign Ministry",
        "Ukrainian Foreign Ministry",
        "Foreign Ministry of Ukraine",
        "Ukraine's diplomats",
    } <= set(entity.aliases)
    assert entity.aliases == tuple(sorted(entity.aliases))
    assert entity.name not in entity.aliases


def test_names_that_many_countries_use_need_their_country(make_draft, identify):
    abroad = make_draft()
    abroad.entity("India", "Country")
    assert identify(abroad, abroad.entity("Congress", "PublicBody")).origin == "text"
    home = make_draft()
    home.entity("U.S.", "Country")
    assert identify(home, home.entity("Congress", "PublicBody")).name == "United States Congress"
    people = make_draft()
    people.entity("Joe Biden", "Person")
    assert identify(people, people.entity("Congress", "PublicBody")).name == "United States Congress"


@pytest.mark.parametrize(
    ("name", "type_"),
    [("Senate", "PublicBody"), ("Supreme Court", "PublicBody"), ("Communist Party", "PoliticalParty")],
)
def test_no_country_is_the_one_meant_by_default(draft, identify, name, type_):
    assert identify(draft, draft.entity(name, type_)).origin == "text"


def test_a_partys_short_name_is_of_the_country_told_of(draft, identify):
    draft.entity("China", "Country")
    assert identify(draft, draft.entity("Communist Party", "PoliticalParty")).name == "Chinese Communist Party"


@pytest.mark.parametrize(
    ("name", "within", "canonical"),
    [
        ("Government", "Japan", "Government of Japan"),
        ("Japanese officials", "Japan", "Government of Japan"),
        ("Ukrainian authorities", "Ukraine", "Government of Ukraine"),
        ("fledgling government", "Iraq", "Government of Iraq"),
        ("coup government", "Venezuela", "coup government"),
        ("Trump administration", "", "Trump administration"),
        ("Beijing", "", "Government of China"),
    ],
)
def test_governments(draft, identify, name, within, canonical):
    owner = draft.entity(within, "Country") if within else ""
    entity = identify(draft, draft.entity(name, "Government", within=owner))
    assert (entity.type, entity.name) == ("Government", canonical)


GEORGIA_US = [("Michigan", "Region"), ("Pennsylvania", "Region"), ("United States", "Country")]
GEORGIA_CAUCASUS = [("Russia", "Country"), ("Tbilisi", "City")]


@pytest.mark.parametrize(
    ("name", "type_", "around", "canonical"),
    [
        ("Georgia", "Country", GEORGIA_US, "State of Georgia"),
        ("Georgia", "Country", GEORGIA_CAUCASUS, "Georgia"),
        ("Georgia", "Country", [], "Georgia"),
        ("Georgia", "Country", [("United States", "Country")], "Georgia"),
        ("Jordan", "Country", [("Israel", "Country")], "Jordan"),
        ("Washington", "City", [], "Washington, D.C."),
        ("Washington", "City", [("Oregon", "Region"), ("California", "Region")], "Washington State"),
        ("Congo", "Country", [], "Democratic Republic of the Congo"),
        ("Congo", "Country", [("Brazzaville", "City")], "Republic of the Congo"),
        ("Korea", "Country", [("North Korea", "Country")], "South Korea"),
        ("Niger", "Country", [("Nigeria", "Country")], "Niger"),
        ("Nigeria", "Country", [("Niger", "Country")], "Nigeria"),
        ("Guinea", "Country", [], "Guinea"),
        ("Dominica", "Country", [("Dominican Republic", "Country")], "Dominica"),
        ("Hamas", "City", [], "Hamas"),
        ("NATO", "Organization", [], "NATO"),
        ("Gaza", "City", [], "Gaza Strip"),
    ],
)
def test_namesakes(make_draft, identify, name, type_, around, canonical):
    draft = make_draft()
    for other in around:
        draft.entity(*other)
    assert identify(draft, draft.entity(name, type_)).name == canonical


def test_a_person_named_like_a_country_is_a_person(draft, identify):
    entity = identify(draft, draft.entity("Jordan", "Person"))
    assert (entity.type, entity.origin) == ("Person", "text")


def test_a_person_taken_for_something_else(draft, identify):
    draft.entity("Ann Example", "Person")
    assert identify(draft, draft.entity("Example", "Organization")).name == "Ann Example"
    assert identify(draft, draft.entity("Zelensky", "City")).type == "Person"


def test_claims_about_oneself_are_dropped(resolver, draft):
    draft.claim(draft.entity("Japan", "Country"), "accuses", draft.entity("Tokyo", "City"))
    reading = draft.reading()
    assert resolver.resolve(reading, draft.article).claims == ()
    assert [d.reason for d in resolver.dropped(reading, draft.article)] == ["reflexive"]


def test_claims_that_are_kept_are_not_dropped(resolver, draft):
    draft.claim(draft.entity("Japan", "Country"), "accuses", draft.entity("China", "Country"))
    assert resolver.dropped(draft.reading(), draft.article) == ()


def test_names_of_one_entity_become_one(resolver, draft):
    japan, usa, us = (
        draft.entity("Japan", "Country"),
        draft.entity("United States", "Country"),
        draft.entity("U.S.", "Country"),
    )
    first, second = draft.claim(usa, "supports", japan), draft.claim(us, "supports", japan, at=(100, 200))
    reading = resolver.resolve(draft.reading(), draft.article)
    (claim,) = reading.claims
    assert set(claim.evidence) == {*first.evidence, *second.evidence}
    assert [e.name for e in reading.entities].count("Government of the United States") == 1


def test_mentions_follow_their_claims(resolver, draft):
    tokyo, china = draft.entity("Tokyo", "City"), draft.entity("China", "Country")
    draft.claim(tokyo, "accuses", china, at=(0, 50))
    draft.mention(tokyo, 0, 5)
    draft.mention(tokyo, 200, 205)
    draft.mention(china, 20, 22, rule="pronoun")
    reading = resolver.resolve(draft.reading(), draft.article)
    types = {e.id: e.type for e in reading.entities}
    acting, place, pronoun = reading.mentions
    assert (types[acting.entity], acting.rule) == ("Government", "metonymy.capital")
    assert (types[place.entity], place.rule) == ("City", "gazetteer.name")
    assert pronoun.rule == "pronoun, metonymy.country"


def test_all_that_is_referred_to_is_there(resolver, draft):
    ukraine = draft.entity("Ukraine", "Country")
    ministry = draft.entity("Foreign Ministry", "PublicBody", within=ukraine)
    draft.claim(ministry, "says", "no comment")
    reading = resolver.resolve(draft.reading(), draft.article)
    ids = {e.id for e in reading.entities}
    assert {e.within for e in reading.entities} <= {*ids, ""}
    assert [e.id for e in reading.entities] == sorted(ids)
    assert {"Ministry of Foreign Affairs of Ukraine", "Government of Ukraine", "Ukraine"} == {
        e.name for e in reading.entities
    }


def a_busy_draft(make_draft):
    draft = make_draft()
    biden, georgia, tokyo = (draft.entity(*e) for e in (("Biden", "Person"), ("Georgia", "Country"), ("Tokyo", "City")))
    us, usa = draft.entity("U.S.", "Country"), draft.entity("United States", "Country")
    draft.claim(biden, "holds_position", us, title="President")
    draft.claim(biden, "visited", tokyo)
    draft.claim(tokyo, "accuses", georgia, at=(30, 60))
    draft.claim(usa, "supports", georgia, at=(0, 90))
    for local, start in ((tokyo, 31), (georgia, 40), (us, 120)):
        draft.mention(local, start, start + 3)
    return draft


def test_order_does_not_matter(resolver, make_draft):
    draft = a_busy_draft(make_draft)
    reading = draft.reading()
    expected = resolver.resolve(reading, draft.article)
    assert len(expected.claims) == 4
    for claims in permutations(reading.claims):
        shuffled = replace(reading, claims=claims, entities=reading.entities[::-1])
        assert resolver.resolve(shuffled, draft.article) == expected


def test_the_same_input_gives_the_same_output(resolver, make_draft):
    draft = a_busy_draft(make_draft)
    first = resolver.resolve(draft.reading(), draft.article)
    other = make_draft(key="b.md")
    other.claim(other.entity("Jordan", "Country"), "accuses", other.entity("Niger", "Country"))
    resolver.resolve(other.reading(), other.article)
    assert resolver.resolve(draft.reading(), draft.article) == first


@pytest.mark.parametrize(
    "name", ["", " ", "a" * 10_000, "(((", "[^x]*", "\\", "\u202egnirts\u202c", "مصر العربية", "\x00", "\ud800"]
)
@pytest.mark.parametrize(
    "type_", ["Person", "PublicBody", "Government", "Country", "City", "Organization", "Summit", "Topic"]
)
def test_hostile_names_are_resolved_to_something(resolver, draft, name, type_):
    japan = draft.entity("Japan", "Country")
    odd = draft.entity(name, type_, within=japan, aliases=("", name))
    draft.claim(japan, "supports", odd)
    draft.mention(odd, 0, 3)
    reading = resolver.resolve(draft.reading(), draft.article)
    assert reading.mentions[0].entity in {e.id for e in reading.entities}
    assert not any(e.id.startswith("l:") for e in reading.entities)


def test_owners_in_a_circle_end(resolver, draft):
    one = draft.entity("Alpha Board", "Organization", within="l:Beta Board/Organization/x")
    two = draft.entity("Beta Board", "Organization", within="x")
    draft.entities[one] = replace(draft.entities[one], within=two)
    draft.entities[two] = replace(draft.entities[two], within=one)
    draft.claim(one, "supports", two)
    (claim,) = resolver.resolve(draft.reading(), draft.article).claims
    assert claim.relation == "supports"


def test_unknown_relations_are_dropped(resolver, draft):
    draft.claim(draft.entity("Japan", "Country"), "teases", draft.entity("China", "Country"))
    assert resolver.resolve(draft.reading(), draft.article).claims == ()
    assert [d.reason for d in resolver.dropped(draft.reading(), draft.article)] == ["schema"]


def test_a_body_named_by_its_function_in_an_article_about_one_country(make_draft, identify):
    one = make_draft()
    one.entity("Togo", "Country")
    assert identify(one, one.entity("Air Force", "PublicBody")).name == "Air Force of Togo"
    two = make_draft()
    two.entity("Togo", "Country"), two.entity("Benin", "Country")
    assert identify(two, two.entity("Air Force", "PublicBody")).origin == "text"


def test_a_governor_is_of_a_state(resolver, draft):
    _, obj, claim = resolve_pair(
        resolver, draft, ("Kathy Hochul", "Person"), "holds_position", ("New York", "City"), title="Governor"
    )
    assert (obj.name, claim.object.rule) == ("New York State", "metonymy.governor")


def test_a_senator_by_last_name(resolver, make_draft):
    draft = make_draft(date="2024-06-28")
    subject, _, claim = resolve_pair(
        resolver, draft, ("Grassley", "Person"), "holds_position", ("Senate", "PublicBody"), title="Senator"
    )
    assert (subject.name, claim.subject.rule) == ("Chuck Grassley", "office.name")


def test_the_country_of_a_known_person_decides_between_states_of_one_name(resolver, make_draft):
    north = make_draft()
    leader, korea = north.entity("Kim Jong Un", "Person"), north.entity("South Korea", "Country", aliases=("Korean",))
    claim = north.claim(leader, "holds_position", korea, title="leader")
    north.claims[-1] = replace(claim, object=Argument(korea, "Korean"))
    _, obj, claim = ends(resolver.resolve(north.reading(), north.article))
    assert obj.name == "Government of North Korea"
    south = make_draft()
    president, korea = south.entity("Yoon Suk Yeol", "Person"), south.entity("South Korea", "Country")
    claim = south.claim(president, "holds_position", korea, title="President")
    south.claims[-1] = replace(claim, object=Argument(korea, "Korean"))
    assert ends(resolver.resolve(south.reading(), south.article))[1].name == "Government of South Korea"


@pytest.mark.parametrize(
    ("name", "canonical"),
    [
        ("Ishiba’s administration", "Government of Japan"),
        ("Netanyahu cabinet", "Government of Israel"),
        ("Biden administration", "Biden administration"),
        ("Nobody's government", "Nobody's government"),
        ("administration", "administration"),
    ],
)
def test_governments_named_by_their_leaders(draft, identify, name, canonical):
    assert identify(draft, draft.entity(name, "Government")).name == canonical


def test_a_minister_of_a_capital_is_of_the_government(resolver, draft):
    _, obj, _ = resolve_pair(
        resolver, draft, ("Jane Roe", "Person"), "holds_position", ("Moscow", "City"), title="foreign minister"
    )
    assert obj.name == "Government of Russia"


def test_a_last_name_that_two_persons_bear_is_neither(draft, identify):
    draft.entity("Ann Example", "Person"), draft.entity("Bob Example", "Person")
    assert identify(draft, draft.entity("Example", "Organization")).origin == "text"


def test_a_name_is_one_organization_whichever_kind_an_article_takes_it_for(make_draft, identify):
    ids = {}
    for kind in ("Organization", "Company", "PoliticalParty", "PublicBody", "Agreement"):
        draft = make_draft()
        entity = draft.entity("Zarya Volna", kind)
        found = identify(draft, entity)
        assert found.type == kind
        ids[kind] = found.id
    assert ids["Organization"] == ids["Company"] == ids["PoliticalParty"]
    assert len(set(ids.values())) == 3


def test_in_one_article_the_kind_is_preferred_to_the_bare_organization():
    bare, company = (Entity("e:1", kind, "Zarya") for kind in ("Organization", "Company"))
    assert unite([bare, company]) == unite([company, bare]) == (company,)
