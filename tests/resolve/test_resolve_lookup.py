import hashlib
import re
import tomllib
from pathlib import Path

import pytest

from kg.errors import DataError
from kg.ids import fold as fold_any
from kg.resolve import fold
from kg.resolve.tables import read_table

KNOWN = [
    ("United States", "Country", "United States"),
    ("the U.S.", "Country", "United States"),
    ("US", "Country", "United States"),
    ("USA", "Country", "United States"),
    ("America", "Country", "United States"),
    ("U.K.", "Country", "United Kingdom"),
    ("Britain", "Country", "United Kingdom"),
    ("Great Britain", "Country", "United Kingdom"),
    ("ROK", "Country", "South Korea"),
    ("Republic of Korea", "Country", "South Korea"),
    ("South Korea’s", "Country", "South Korea"),
    ("DPRK", "Country", "North Korea"),
    ("Democratic People's Republic of Korea", "Country", "North Korea"),
    ("PRC", "Country", "China"),
    ("People’s Republic of China", "Country", "China"),
    ("ROC", "Country", "Taiwan"),
    ("Burma", "Country", "Myanmar"),
    ("Côte d'Ivoire", "Country", "Ivory Coast"),
    ("Cote d’Ivoire", "Country", "Ivory Coast"),
    ("Türkiye", "Country", "Turkey"),
    ("TURKIYE", "Country", "Turkey"),
    ("the Philippines", "Country", "Philippines"),
    ("Czechia", "Country", "Czech Republic"),
    ("Swaziland", "Country", "Eswatini"),
    ("Macedonia", "Country", "North Macedonia"),
    ("Holland", "Country", "Netherlands"),
    ("the Vatican", "Country", "Holy See"),
    ("UAE", "Country", "United Arab Emirates"),
    ("Soviet Union", "Country", "Soviet Union"),
    ("U.S.S.R.", "Country", "Soviet Union"),
    ("GDR", "Country", "East Germany"),
    ("South Vietnam", "Country", "South Vietnam"),
    ("Kosovo", "Country", "Kosovo"),
    ("Palestine", "Country", "Palestine"),
    ("Niger", "Country", "Niger"),
    ("Nigeria", "Country", "Nigeria"),
    ("Tokyo", "City", "Tokyo"),
    ("Kiev", "City", "Kyiv"),
    ("Washington", "City", "Washington, D.C."),
    ("Washington, D.C.", "City", "Washington, D.C."),
    ("The Hague", "City", "The Hague"),
    ("New York", "City", "New York City"),
    ("Gaza", "Region", "Gaza Strip"),
    ("the West Bank", "Region", "West Bank"),
    ("South China Sea", "Region", "South China Sea"),
    ("Tennessee", "Region", "Tennessee"),
    ("Nato", "IntergovernmentalOrganization", "NATO"),
    ("North Atlantic Treaty Organization", "IntergovernmentalOrganization", "NATO"),
    ("U.N.", "IntergovernmentalOrganization", "United Nations"),
    ("the EU", "IntergovernmentalOrganization", "European Union"),
    ("WHO", "IntergovernmentalOrganization", "World Health Organization"),
    ("U.N. Security Council", "PublicBody", "United Nations Security Council"),
    ("the Pentagon", "PublicBody", "United States Department of Defense"),
    ("Foggy Bottom", "PublicBody", "United States Department of State"),
    ("U.S. Senate", "PublicBody", "United States Senate"),
    ("Downing Street", "PublicBody", "10 Downing Street"),
    ("Kremlin", "PublicBody", "Kremlin"),
    ("Knesset", "PublicBody", "Knesset"),
    ("Elysee", "PublicBody", "Élysée Palace"),
    ("NSC", "PublicBody", "United States National Security Council"),
    ("Heritage Foundation", "ThinkTank", "Heritage Foundation"),
    ("IISS", "ThinkTank", "International Institute for Strategic Studies"),
    ("AFPI", "ThinkTank", "America First Policy Institute"),
    ("GOP", "PoliticalParty", "Republican Party"),
    ("BJP", "PoliticalParty", "Bharatiya Janata Party"),
    ("Hizbullah", "ArmedGroup", "Hezbollah"),
    ("ISIS", "ArmedGroup", "Islamic State"),
    ("Novosti", "MediaOrganization", "RIA Novosti"),
    ("JCPOA", "Agreement", "Joint Comprehensive Plan of Action"),
    ("Minsk II", "Agreement", "Minsk agreements"),
    ("WWII", "Conflict", "World War II"),
    ("Biden administration", "Government", "Biden administration"),
    ("Joseph R. Biden, Jr.", "Person", "Joe Biden"),
    ("Zelensky", "Person", "Volodymyr Zelenskyy"),
    ("Kim Jong-un", "Person", "Kim Jong Un"),
    ("Kishida Fumio", "Person", "Fumio Kishida"),
]

COMPOSED = [
    ("Government of Japan", "Government", "Government of Japan"),
    ("the Japanese government", "Government", "Government of Japan"),
    ("Japanese officials", "Government", "Government of Japan"),
    ("Emirati authorities", "Government", "Government of the United Arab Emirates"),
    ("Government of the Philippines", "Government", "Government of the Philippines"),
    ("U.S. officials", "Government", "Government of the United States"),
    ("the government of the United Kingdom", "Government", "Government of the United Kingdom"),
    ("Palestinian government", "Government", "Palestinian Authority"),
    ("Ukrainian Foreign Ministry", "PublicBody", "Ministry of Foreign Affairs of Ukraine"),
    ("South Korea’s foreign ministry", "PublicBody", "Ministry of Foreign Affairs of South Korea"),
    ("Ministry of Foreign Affairs of Japan", "PublicBody", "Ministry of Foreign Affairs of Japan"),
    ("foreign ministry of the Philippines", "PublicBody", "Department of Foreign Affairs of the Philippines"),
    ("Japan's parliament", "PublicBody", "National Diet"),
    ("Russian military", "PublicBody", "Russian Armed Forces"),
    ("Israeli army", "PublicBody", "Israel Defense Forces"),
    ("Togolese parliament", "PublicBody", "Parliament of Togo"),
    ("British Foreign Office", "PublicBody", "Foreign, Commonwealth and Development Office"),
]


@pytest.mark.parametrize(("name", "type_", "canonical"), KNOWN + COMPOSED)
def test_name_is_found(gazetteer, name, type_, canonical):
    first = gazetteer.lookup(name)[0]
    assert (first.type, first.name) == (type_, canonical)


def test_enough_names_are_checked():
    assert len(KNOWN) >= 50
    assert len(COMPOSED) >= 15


@pytest.mark.parametrize(
    "word", ["us", "who", "Who", "aid", "ap", "house", "xyzzy", "Ruritania", "", "...", "ministry of magic"]
)
def test_common_words_and_unknown_names_are_not_found(gazetteer, word):
    assert gazetteer.lookup(word) == ()


@pytest.mark.parametrize(
    ("word", "country"),
    [
        ("Japanese", "Japan"),
        ("Emirati", "United Arab Emirates"),
        ("South Korean", "South Korea"),
        ("Briton", "United Kingdom"),
        ("British", "United Kingdom"),
        ("Filipino", "Philippines"),
        ("Philippine", "Philippines"),
        ("Dutch", "Netherlands"),
        ("Swiss", "Switzerland"),
        ("Nigerien", "Niger"),
        ("Nigerian", "Nigeria"),
        ("Soviet", "Soviet Union"),
        ("American", "United States"),
        ("Palestinians", "Palestine"),
        ("Burmese", "Myanmar"),
        ("Israelis", "Israel"),
    ],
)
def test_demonyms(gazetteer, word, country):
    assert gazetteer.demonym(word).name == country


@pytest.mark.parametrize("word", ["Japan", "U.S.", "Taiwan", "Klingon", ""])
def test_names_of_countries_are_no_demonyms(gazetteer, word):
    assert gazetteer.demonym(word) is None


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("Japan", "Q17"),
        ("Joe Biden", "Q6279"),
        ("NATO", "Q7184"),
        ("United Nations", "Q1065"),
        ("Kim Jong Un", "Q56226"),
        ("Central Intelligence Agency", "Q37230"),
        ("Netherlands", "Q55"),
        ("Namibia", "Q1030"),
        ("Kosovo", "Q1246"),
    ],
)
def test_wikidata_ids(gazetteer, name, id_):
    known = gazetteer.lookup(name)[0]
    assert known.id == known.wikidata == id_
    assert gazetteer.lookup(id_) == (known,)


def test_governments_have_no_wikidata_id_but_their_country(gazetteer):
    (known,) = gazetteer.lookup("Government of Japan")
    assert known.id.startswith("e:")
    assert (known.wikidata, known.country) == ("", "Q17")


def test_every_country_has_a_government_that_is_found(gazetteer):
    rows = list(read_table("country_forms", ("iso", "name", "article", "aliases", "adjectives", "peoples")))
    assert len(rows) >= 195
    for iso, name, *_ in rows:
        government = gazetteer.government(iso)
        assert name in (*government.aliases, government.known.name)
        assert government.known in gazetteer.lookup(government.known.name)


def test_ids_are_unique(gazetteer):
    entries = {id(e): e for entries in gazetteer._index.values() for e in entries}.values()
    ids = [e.known.id for e in entries]
    assert len(ids) > 4000
    assert len(ids) == len(set(ids))


def test_names_for_a_matcher(gazetteer):
    names = gazetteer.names()
    assert names["north atlantic treaty organization"] == "IntergovernmentalOrganization"
    assert names["joe biden"] == "Person"
    assert "biden" not in names
    assert "" not in names
    assert all(gazetteer.lookup(key) or gazetteer.lookup(key.upper()) for key in list(names)[::50])


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        "'s",
        "\x00",
        "a" * 10_000,
        "(" * 50,
        "[a-z]+*?",
        "\\",
        "..",
        "the",
        "of",
        "of of of",
        "government of",
        "مصر",
        "\u202e",
        "日本",
        "\ud800",
        "🇯🇵",
        "Ministry of " * 100,
        "\n\n",
        "Q",
        "e:",
    ],
)
def test_hostile_names_are_harmless(gazetteer, name):
    assert gazetteer.lookup(name) == ()
    assert gazetteer.demonym(name) is None
    assert gazetteer.office(name, name, name) == ()


def test_direction_marks_around_a_name_do_not_hide_it(gazetteer):
    assert gazetteer.lookup("\u202eJapan\u202c")[0].name == "Japan"


@pytest.mark.parametrize("name", ["The U.S.’s", "São Tomé", "plain", "The Hague", "J.D. Vance", "ABC def", "", "AT&T"])
def test_folding_is_that_of_ids(name):
    assert fold(name) == fold_any(name)


def test_every_table_is_well_formed():
    folder = Path(__file__).parents[2] / "kg" / "data" / "gazetteer"
    tables = sorted(folder.glob("*.csv"))
    assert len(tables) >= 24
    for path in tables:
        header = tuple(path.read_text(encoding="utf-8").splitlines()[0].split(","))
        rows = list(read_table(path.stem, header))
        assert rows, path.name
        if "wikidata" in header:
            column = header.index("wikidata")
            assert all(re.fullmatch(r"(Q[1-9]\d*)?", row[column]) for row in rows), path.name


def test_a_damaged_table_is_a_data_error():
    with pytest.raises(DataError, match="columns"):
        list(read_table("countries", ("iso", "name")))
    with pytest.raises(DataError, match="cannot be read"):
        list(read_table("no_such_table", ("iso",)))


def test_every_table_has_its_source_and_hash():
    data = Path(__file__).parents[2] / "kg" / "data"
    listed = tomllib.loads((data / "SOURCES.toml").read_text(encoding="utf-8"))
    files = {f["path"]: f for f in listed["file"] if f["path"].startswith("gazetteer/")}
    assert set(files) == {f"gazetteer/{path.name}" for path in (data / "gazetteer").glob("*.csv")}
    for name, entry in files.items():
        assert set(entry["sources"]) <= set(listed["source"]), name
        assert hashlib.sha256((data / name).read_bytes()).hexdigest() == entry["sha256"], name


def test_peoples_names_of_two_words_are_found_whole(gazetteer):
    assert gazetteer.names()["north korean"] == "Country"
    assert gazetteer.lookup("North Koreans")[0].name == gazetteer.demonym("North Korean").name == "North Korea"
    assert gazetteer.lookup("Korean") == ()
