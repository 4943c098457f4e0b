"""The reader as a whole: laws that hold for any text, and what it makes of a short article."""

import random
import re
import shutil
from dataclasses import replace
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Argument, Article, Claim, Mood, Reading, Tenure
from kg.nlp import reader as reader_module
from kg.nlp.reader import reader_version
from kg.schema import load_schema
from tests.nlp.trees import DATE, shipped

ARTICLES = (
    """Blinken Meets Kamikawa in Tokyo

TOKYO (Reuters) - U.S. Secretary of State Antony Blinken met Japanese Foreign Minister Yoko Kamikawa in Tokyo on Sunday.
The two ministers discussed North Korea's missile tests. “We condemn Pyongyang's launches,” Blinken said. “They must
stop.”

Kamikawa told reporters that Japan would impose new sanctions on Russia next month, according to Kyodo News. She did not
say whether China would be affected.""",
    """The European Union's foreign policy chief, Josep Borrell, urged Israel not to attack Rafah. Germany and France,
two of Israel’s closest partners, said they may suspend arms deliveries if the attack goes ahead. Hamas rejected the
plan.

- Turkey banned exports to Israel.
- Egypt hosted talks between Hamas and Qatari officials in Cairo.""",
    """Mr. Orbán – Hungary’s prime minister – visited Moscow;\tKyiv protested…\r\n\r\nNATO’s secretary-general (Jens
Stoltenberg) called it “a solo trip”.\u00a0Sen. Chris Murphy (D-Conn.) agreed: “It is.”""",
    """Türkiye's Recep Tayyip Erdoğan and Azerbaijan's İlham Əliyev met in Şuşa 🇹🇷🤝🇦🇿 on 15 June 2021. 中国 and Россия
were silent.""",
)
HOSTILE = {
    "empty": "",
    "a blank": " ",
    "line ends": "\n\n\r\n\t\n",
    "one letter": "x",
    "punctuation": "?!.,;:—–…“”‘’()[]{}<>/\\|@#$%^&*_+=~`" * 20,
    "full stops": "." * 3000,
    "quotation marks": "“”\"'‘’" * 200,
    "a long word": "a" * 10_000,
    "long words": ("Iran" * 2500 + " ") * 2,
    "no full stop": "Iran attacked Israel and " * 200,
    "control characters": "Iran\x00 attacked\x07\x1b[31m Israel\x7f.\x85 \u2028Syria\u2029 left.",
    "other spaces": "Iran\u00a0attacked\u2009Israel\u3000today\u200b.\ufeff",
    "right to left": "\u202eIran attacked Israel\u202c. إيران هاجمت إسرائيل.",
    "combining": "I\u0301ra\u0308n attacke\u0301d Israe\u0302l." + "e" + "\u0301" * 500,
    "emoji": "👨‍👩‍👧‍👦 met 🇫🇷🇩🇪 in 🏳️‍🌈. Iran 👍 Israel.",
    "markup": "<script>alert('Iran attacked Israel')</script> [[Iran]](http://x) {{Israel}} | a | b |",
    "cypher": "Iran'}) DETACH DELETE n // attacked Israel.",
    "nested brackets": "(" * 500 + "Iran" + ")" * 500 + " attacked Israel.",
    "capitals": "IRAN ATTACKED ISRAEL. " * 20,
    "lower case": "iran attacked israel and joe biden met xi jinping in beijing.",
    "titles only": "President Prime Minister Secretary of State Senator former ex- then- Mr. Dr. Presidents and",
    "prepositions only": "of the of the in by with according to from under, of",
    "dates only": "Monday 2024-06-27 June 31 the 45th of Nevember 99999 BC next last",
    "acronyms": "(CIA) (NATO (EU (UN))) CIA). (",
    "suffixes": "Biden Jr., Jr Sr. II III ,Jr.",
    "pronouns": "He said she said they said it said he met her and them.",
    "astral": "𝕴𝖗𝖆𝖓 𝖆𝖙𝖙𝖆𝖈𝖐𝖊𝖉 𝕴𝖘𝖗𝖆𝖊𝖑. \U0010ffff",
}


def article(text: str, *, key: str = "a.md", date: str = DATE, title: str = "") -> Article:
    return Article(key, text, date=date, title=title)


def arguments(claim: Claim) -> list[Argument]:
    q = claim.qualifiers
    parts = (claim.subject, claim.object, claim.attributed_to, q.place, q.addressee)
    return [part for part in parts if isinstance(part, Argument)]


def assert_lawful(reading: Reading, text: str) -> None:
    """What every reading promises."""
    schema = load_schema()
    ids = [e.id for e in reading.entities]
    assert ids == sorted(set(ids))
    assert all(i.startswith("l:") for i in ids)
    known = {e.id: e for e in reading.entities}
    assert all(e.type in schema.classes and e.name.strip() for e in reading.entities)
    assert all(not e.within or e.within in known for e in reading.entities)
    assert all(list(e.aliases) == sorted(set(e.aliases) - {e.name}) for e in reading.entities)

    spans = reading.sentences
    assert all(0 <= s.start < s.end <= len(text) for s in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(text[s.start : s.end] == text[s.start : s.end].strip() for s in spans)

    places = [(m.span.start, m.span.end) for m in reading.mentions]
    assert places == sorted(places)
    assert all(a[1] <= b[0] for a, b in pairwise(places))
    for mention in reading.mentions:
        assert mention.entity in known
        assert mention.type in schema.classes
        assert mention.rule
        words = text[mention.span.start : mention.span.end]
        assert words == words.strip() != ""
        assert any(s.start <= mention.span.start < mention.span.end <= s.end for s in spans)

    assert [c.id for c in reading.claims] == sorted({c.id for c in reading.claims})
    for claim in reading.claims:
        assert_lawful_claim(claim, reading, text)


def assert_lawful_claim(claim: Claim, reading: Reading, text: str) -> None:
    schema = load_schema()
    relation = schema.relations[claim.relation]
    known = {e.id for e in reading.entities}
    assert claim.evidence
    assert all(a.entity in known and a.text.strip() and a.rule for a in arguments(claim))
    if isinstance(claim.object, Argument):
        assert claim.object.entity != claim.subject.entity
    else:
        assert relation.literal
        assert claim.object.text.strip()
    assert (claim.qualifiers.tenure is not None) == (claim.relation == "holds_position")
    assert bool(claim.cue) == (claim.attributed_to is not None)
    for evidence in claim.evidence:
        span = evidence.span
        assert span.article == reading.article
        assert text[span.start : span.end].strip()
        sentence = reading.sentences[evidence.sentence]
        assert sentence.start <= span.start < span.end <= sentence.end
        assert 0 <= evidence.confidence <= 1
        assert re.fullmatch(r"[a-z_]+(\.[a-z_]+)+@\d+", evidence.rule), evidence.rule


# --- any text -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ARTICLES)
def test_articles_read_lawfully(text: str) -> None:
    reading = shipped().read(article(text))
    assert_lawful(reading, text)
    assert reading.claims
    assert reading.mentions


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_read_lawfully(name: str) -> None:
    reading = shipped().read(article(HOSTILE[name]))
    assert_lawful(reading, HOSTILE[name])


@pytest.mark.parametrize("name", ["empty", "a blank", "line ends", "punctuation", "a long word", "full stops"])
def test_texts_that_say_nothing_give_no_claims(name: str) -> None:
    assert shipped().read(article(HOSTILE[name])).claims == ()


VOCABULARY = """
    Iran Israel Joe Biden Xi Jinping the president of Japan's Japanese officials and or not may will would said that , .
    ; : “ ” ' ( ) - met attacked urged to stop talks with held sanctions on imposed by in Tokyo Monday who which former
    senator Sen. Jr. he they it according No 🇫🇷 U.S. …
    """
WORDS = st.sampled_from([*VOCABULARY.split(), "", "\n", "\n\n"])


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(WORDS, max_size=40))
def test_any_order_of_words_reads_lawfully(words: list[str]) -> None:
    text = " ".join(words)
    assert_lawful(shipped().read(article(text)), text)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.text(max_size=120))
def test_any_characters_read_lawfully(text: str) -> None:
    assert_lawful(shipped().read(article(text)), text)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.integers(0, len(ARTICLES) - 1), st.data())
def test_any_piece_of_an_article_reads_lawfully(which: int, data: st.DataObject) -> None:
    whole = ARTICLES[which]
    start = data.draw(st.integers(0, len(whole)))
    text = whole[start : data.draw(st.integers(start, len(whole)))]
    assert_lawful(shipped().read(article(text)), text)


# --- the same every time --------------------------------------------------------------------------------------------


def test_reading_again_gives_the_same() -> None:
    for text in ARTICLES:
        assert shipped().read(article(text)) == shipped().read(article(text))


def test_the_order_of_articles_does_not_matter() -> None:
    articles = [article(t, key=f"{k}.md") for k, t in enumerate((*ARTICLES, *HOSTILE.values()))]
    alone = {a.key: shipped().read(a) for a in articles}
    shuffled = random.Random(7).sample(articles, len(articles))
    assert {a.key: shipped().read(a) for a in shuffled} == alone


def test_a_reading_names_what_was_read() -> None:
    read = article(ARTICLES[0])
    reading = shipped().read(read)
    assert (reading.article, reading.sha256, reading.reader) == (read.key, read.sha256, shipped().version)


def test_ids_belong_to_the_article() -> None:
    one = shipped().read(article(ARTICLES[0], key="one.md"))
    two = shipped().read(article(ARTICLES[0], key="two.md"))
    assert not {e.id for e in one.entities} & {e.id for e in two.entities}
    assert not {c.id for c in one.claims} & {c.id for c in two.claims}
    assert [e.name for e in sorted(one.entities, key=lambda e: e.name)] == [
        e.name for e in sorted(two.entities, key=lambda e: e.name)
    ]


def test_the_title_is_not_read() -> None:
    bare = shipped().read(article("It rained."))
    titled = shipped().read(article("It rained.", title="Iran attacks Israel"))
    assert titled.claims == bare.claims == ()
    assert titled.sha256 != bare.sha256


def test_sentences_cover_all_words() -> None:
    for text in ARTICLES:
        left = list(text)
        for s in shipped().read(article(text)).sentences:
            left[s.start : s.end] = " " * (s.end - s.start)
        assert "".join(left).strip() in {"", "TOKYO (Reuters) -"}  # a dateline is no sentence


# --- what it reads --------------------------------------------------------------------------------------------------


def found(reading: Reading, relation: str, subject: str, obj: str) -> list[Claim]:
    """Claims between two entities, by any form of their names."""

    def fits(part: object, name: str) -> bool:
        if not isinstance(part, Argument):
            return False
        entity = reading.entity(part.entity)
        return name in {entity.name, *entity.aliases, part.text}

    return [c for c in reading.claims if c.relation == relation and fits(c.subject, subject) and fits(c.object, obj)]


def test_a_short_article() -> None:
    reading = shipped().read(article(ARTICLES[0]))
    (office,) = found(reading, "holds_position", "Yoko Kamikawa", "Japanese") or found(
        reading, "holds_position", "Yoko Kamikawa", "Japan"
    )
    assert (office.qualifiers.title, office.qualifiers.tenure) == ("Foreign Minister", Tenure.CURRENT)
    (met,) = found(reading, "met_with", "Antony Blinken", "Yoko Kamikawa")
    assert met.asserted
    assert met.qualifiers.place is not None
    assert met.qualifiers.place.text == "Tokyo"
    assert met.when.start == "2024-06-23"
    (sanctions,) = found(reading, "sanctions", "Japan", "Russia")
    assert (sanctions.mood, sanctions.negated) == (Mood.PLANNED, False)
    assert sanctions.attributed_to is not None
    assert "Kamikawa" in sanctions.attributed_to.text


def test_many_at_one_event_are_participants_not_pairs() -> None:
    text = "The leaders of Japan, India, Australia and Canada met in Tokyo. "
    text += "Joe Biden, Emmanuel Macron, Olaf Scholz and Rishi Sunak met in Rome."
    reading = shipped().read(article(text))
    persons = {"Joe Biden", "Emmanuel Macron", "Olaf Scholz", "Rishi Sunak"}
    pairs = [c for c in reading.claims if c.relation == "met_with" and c.subject.text in persons]
    assert pairs == []
    joined = [c for c in reading.claims if c.relation == "participated_in" and c.subject.text in persons]
    assert {c.subject.text for c in joined} == persons
    assert len({c.object.entity for c in joined if isinstance(c.object, Argument)}) == 1


FURNITURE = (
    "Read more: Iran attacks",
    "Subscribe to our newsletter",
    "Share this on Facebook",
    "© 2024 Reuters. All rights reserved.",
    "Photo: AP",
    "By Ann Low",
    "Advertisement",
)


@pytest.mark.parametrize("line", FURNITURE)
def test_page_furniture_gives_no_claims(line: str) -> None:
    """Lines that pages have beside an article, where one slipped through."""
    assert shipped().read(article(line)).claims == ()


# --- the version ----------------------------------------------------------------------------------------------------


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A copy of the parts of the package that a reading depends on, without the pipeline."""
    root = Path(str(files("kg")))
    copy = tmp_path / "kg"
    shutil.copytree(root / "nlp", copy / "nlp", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(root / "data", copy / "data", ignore=shutil.ignore_patterns("pipeline", "__pycache__"))
    return copy


def version_of(package: Path) -> str:
    with patch.object(reader_module, "files", lambda _: package):
        return reader_version(shipped().nlp)


@pytest.mark.parametrize(
    "path",
    [
        "nlp/match/matcher.py", "nlp/grammar/labels.py", "nlp/dates/parser.py", "nlp/encoder/decode.py",
        "data/factuality.toml", "data/nouns.toml", "data/frames/supports.toml", "data/gazetteer/persons.csv",
    ],
)  # fmt: skip
def test_version_changes_with_code_and_data(package: Path, path: str) -> None:
    before = version_of(package)
    assert version_of(package) == before
    with (package / path).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert version_of(package) != before


def test_version_changes_with_new_and_renamed_files(package: Path) -> None:
    before = version_of(package)
    (package / "data" / "frames" / "zzz.toml").write_text("", encoding="utf-8")
    added = version_of(package)
    (package / "data" / "frames" / "zzz.toml").rename(package / "data" / "frames" / "zzzz.toml")
    assert len({before, added, version_of(package)}) == 3


def test_version_does_not_change_with_the_list_of_origins(package: Path) -> None:
    before = version_of(package)
    (package / "data" / "SOURCES.toml").write_text("# another\n", encoding="utf-8")
    assert version_of(package) == before


def test_version_names_the_pipeline() -> None:
    meta = shipped().nlp.meta
    assert f"{meta['lang']}_{meta['name']}-{meta['version']}" in shipped().version
    nlp = shipped().nlp
    with patch.dict(nlp.meta, {"version": "9.9.9"}):
        assert reader_version(nlp) != shipped().version


def test_a_corrected_article_is_another() -> None:
    read = article(ARTICLES[0])
    assert replace(read, text=read.text + " ").sha256 != read.sha256
