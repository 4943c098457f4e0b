import pytest

from kg.model import Tenure
from kg.resolve.offices import Offices

HOLDERS = [
    ("President", "Q30", "2024-06-28", "Joe Biden"),
    ("President", "Q30", "2018", "Donald Trump"),
    ("President", "Q30", "2025-08-19", "Donald Trump"),
    ("president", "Q30", "1962-10-20", "John F. Kennedy"),
    ("President", "Q30", "2005-10-05", "George W. Bush"),
    ("Prime Minister", "Q17", "2023-08-18", "Fumio Kishida"),
    ("prime minister", "Q17", "2023", "Fumio Kishida"),
    ("Foreign Minister", "Q159", "2015-01-01", "Sergey Lavrov"),
    ("Secretary of State", "Q30", "2022-03", "Antony Blinken"),
    ("top diplomat", "Q30", "2022-03-01", "Antony Blinken"),
    ("Foreign Secretary", "Q145", "2024-10-10", "David Lammy"),
    ("defence minister", "Q183", "2024", "Boris Pistorius"),
    ("Secretary of Defense", "Q30", "2006-01-01", "Donald Rumsfeld"),
    ("Chancellor", "Q183", "2024-10-18", "Olaf Scholz"),
    ("Taoiseach", "Q27", "2019-01-01", "Leo Varadkar"),
    ("National Security Advisor", "Q30", "2024-10-25", "Jake Sullivan"),
    ("national security adviser", "Q17", "2024-06-28", "Takeo Akiba"),
    ("supreme leader", "Q794", "2006-02-20", "Ali Khamenei"),
    ("Ambassador to Japan", "Q30", "2018-06-01", "Bill Hagerty"),
    ("Secretary-General", "Q1065", "2005", "Kofi Annan"),
    ("secretary general", "Q7184", "2024-07-10", "Jens Stoltenberg"),
    ("High Representative", "Q458", "2023-01-01", "Josep Borrell"),
    ("emir", "Q846", "2020", "Tamim bin Hamad Al Thani"),
    ("leader", "Q423", "2024-01-01", "Kim Jong Un"),
    ("President", "Q212", "2024-01-01", "Volodymyr Zelenskyy"),
]


@pytest.mark.parametrize(("title", "country", "date", "name"), HOLDERS)
def test_holder(gazetteer, title, country, date, name):
    assert [known.name for known in gazetteer.office(title, country, date)] == [name]


def test_enough_holders_are_checked():
    assert len(HOLDERS) >= 25


@pytest.mark.parametrize(
    ("title", "country", "date"),
    [
        ("President", "Q30", ""),
        ("President", "", "2024"),
        ("President", "Q17", "2024"),
        ("wizard", "Q30", "2024"),
        ("President", "Q30", "1600"),
        ("President", "Q0", "2024"),
        ("President", "Q30", "yesterday"),
    ],
)
def test_nobody(gazetteer, title, country, date):
    assert gazetteer.office(title, country, date) == ()


def test_a_day_of_change_has_both(gazetteer):
    names = {known.name for known in gazetteer.office("President", "Q30", "2021-01-20")}
    assert names == {"Donald Trump", "Joe Biden"}


def test_holder_is_the_person_that_a_name_finds(gazetteer):
    (holder,) = gazetteer.office("President", "Q30", "2024-06-28")
    assert gazetteer.lookup("President Xi")[0].id == gazetteer.office("President", "Q148", "2024")[0].id
    assert gazetteer.lookup("Joe Biden")[0].id == holder.id == "Q6279"


def test_what_imprecise_dates_may_cover_comes_only_without_certainty():
    offices = Offices(
        [
            ("Old One", "president", "XX", "2010", "2015", ""),
            ("New One", "president", "XX", "2015-03-01", "", ""),
        ]
    )
    assert [name for _, name, _ in offices.holders("president", "XX", "2015-06-01")] == ["New One"]
    assert [name for _, name, _ in offices.holders("president", "XX", "2015-01-15")] == ["Old One"]
    assert [name for _, name, _ in offices.holders("president", "XX", "2012")] == ["Old One"]
    assert offices.holders("president", "XX", "2009-12-31") == ()


def described(draft, name, date, owner="", title="", tenure=Tenure.CURRENT):
    draft = draft(date=date)
    person = draft.entity(name, "Person")
    if owner:
        country = draft.entity(owner, "Country")
        draft.claim(person, "holds_position", country, title=title, tenure=tenure)
    return draft, person


def test_last_name_with_title(make_draft, identify):
    draft, person = described(make_draft, "Biden", "2024-05-01", "United States", "President")
    assert identify(draft, person).id == "Q6279"
    draft, person = described(make_draft, "Kishida", "2023-08-18", "Japan", "Prime Minister")
    assert identify(draft, person).name == "Fumio Kishida"
    draft, person = described(make_draft, "Fukuda", "2008-02-01", "Japan", "Prime Minister")
    assert identify(draft, person).name == "Yasuo Fukuda"


def test_last_name_with_title_of_another_time_stays_text(make_draft, identify):
    draft, person = described(make_draft, "Fukuda", "2015-02-01", "Japan", "Prime Minister")
    assert identify(draft, person).origin == "text"
    draft, person = described(make_draft, "Bush", "", "United States", "President")
    assert identify(draft, person).origin == "text"


def test_former_holder_is_not_the_present_one(make_draft, identify):
    draft, person = described(make_draft, "Lee", "2025-07-01", "South Korea", "President", Tenure.FORMER)
    assert identify(draft, person).origin == "text"


def test_last_name_of_an_incumbent_of_the_articles_countries(make_draft, identify):
    draft = make_draft(date="2005-10-05")
    draft.entity("United States", "Country")
    bush = draft.entity("Bush", "Person")
    assert identify(draft, bush).id == "Q207"
    other = make_draft(date="2005-10-05")
    bush = other.entity("Bush", "Person")
    assert identify(other, bush).origin == "text"


@pytest.mark.parametrize(
    ("name", "date", "holder"),
    [
        ("Iran's foreign minister", "2005-10-05", "Manouchehr Mottaki"),
        ("the Iranian president", "2005-10-05", "Mahmoud Ahmadinejad"),
        ("Japan’s prime minister", "2024-06-28", "Fumio Kishida"),
        ("foreign minister of Russia", "2024-06-28", "Sergey Lavrov"),
    ],
)
def test_description_of_an_office(make_draft, identify, name, date, holder):
    draft = make_draft(date=date)
    person = draft.entity(name, "Person")
    entity = identify(draft, person)
    assert entity.name == holder
    assert name in entity.aliases


def test_description_without_date_or_with_several_holders_stays_text(make_draft, identify):
    undated = make_draft(date="")
    assert identify(undated, undated.entity("Japan's prime minister", "Person")).origin == "text"
    change = make_draft(date="2021-10-04")
    assert identify(change, change.entity("Japan's prime minister", "Person")).origin == "text"


def test_description_within_a_country(make_draft, identify):
    draft = make_draft(date="2024-06-28")
    japan = draft.entity("Japan", "Country")
    assert identify(draft, draft.entity("prime minister", "Person", within=japan)).name == "Fumio Kishida"


def test_more_or_other_names_than_the_known_ones(make_draft, identify):
    draft = make_draft(date="2005-10-05")
    draft.entity("Argentina", "Country")
    assert identify(draft, draft.entity("Nestor Carlos Kirchner", "Person")).name == "Néstor Kirchner"
    assert identify(draft, draft.entity("William Q. Burns, Jr.", "Person")).name == "William Burns"
    named, person = described(make_draft, "Olusegan Obasanjo", "2005-01-30", "Nigeria", "President")
    assert identify(named, person).name == "Olusegun Obasanjo"


def test_unknown_full_names_are_shared_and_single_names_are_not(make_draft, identify):
    one, two = make_draft(key="1.md", date=""), make_draft(key="2.md", date="")
    full = [identify(d, d.entity("Ada Q. Nobody", "Person")).id for d in (one, two)]
    last = [identify(d, d.entity("Nobody", "Person")).id for d in (one, two)]
    assert full[0] == full[1]
    assert last[0] != last[1]


@pytest.mark.parametrize(
    ("secretary", "president"), [("Condoleezza Rice", "George W. Bush"), ("James Baker", "George H. W. Bush")]
)
def test_without_a_date_the_others_tell_which_holder_is_meant(make_draft, identify, secretary, president):
    draft = make_draft(date="")
    state, bush = draft.entity("United States", "Country"), draft.entity("Bush", "Person")
    draft.claim(bush, "holds_position", state, title="President", tenure=Tenure.CURRENT)
    assert identify(draft, bush).origin == "text"
    other = draft.entity(secretary, "Person")
    draft.claim(other, "holds_position", state, title="Secretary of State", tenure=Tenure.CURRENT)
    assert identify(draft, bush).name == president


def test_a_country_named_only_as_a_place_owns_no_ministry(make_draft, identify):
    draft = make_draft()
    sudan, ministry = draft.entity("Sudan", "Country"), draft.entity("Air Force", "PublicBody")
    draft.article = type(draft.article)(draft.article.key, "The Air Force left Sudan. War in Sudan.", date="2024-06-28")
    draft.mention(sudan, 33, 38)
    assert identify(draft, ministry).origin == "text"
    draft.mention(sudan, 19, 24)
    assert identify(draft, ministry).name == "Air Force of Sudan"
