"""Word lists of the rules, from `titles.toml`, `nouns.toml`, `words.toml` and `factuality.toml` in `kg/data`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

from kg.errors import DataError
from kg.ids import fold
from kg.model import Mood
from kg.nlp.signatures import Outcome, Signatures, load_signatures


@dataclass(frozen=True, slots=True)
class ActorNoun:
    """A noun that acts for the country or body before it ("Russian forces").

    Attributes:
        type: of the entity that it means. function: canonical form of the body, "" for the government itself.
        described: an entity of its own, known by this description.
    """

    type: str
    function: str
    described: bool


@dataclass(frozen=True, slots=True)
class Lexicons:
    """All word lists; keys are lower case.

    Attributes:
        title_heads, title_modifiers: nouns that name an office, and words before them that belong to it.
        irregular: past form of a verb to its lemma.
        occupations: titles that are callings, held in no state's service.
        unofficial: words before leaders and chiefs that are none of the state's ("rebel").
        former, future: words that put an office in the past or the future.
        honorifics: words before a name that are no office (`mr`); `honorific_titles` are (`sen` is `senator`).
        ranks: ranks and styles that may stand between an office and a name.
        title_bodies: folded title to the body it is held in: `government`, `named` (only one that the text names),
            `place`, a function of `bodies`, or the name of one body.
        honorific_bodies: folded honorific title to the name of its body.
        title_countries: folded title to the one country that has it.
        state_titles: folded titles of heads of state or government and their ministers.
        chief_titles: those of heads of state or government among them.
        leader_titles: the vague ones among them ("leader"), which count only when nothing stands before them.
        same_titles: folded title to the form it is compared by.
        actor_nouns: noun phrase to `ActorNoun`: whom "Japanese X" means.
        bodies: folded generic name of a public body to its function: "foreign office" is "Ministry of Foreign Affairs"
        event_heads: head noun of an event's name to its entity type. described_events: those that need no name.
        organization_heads: word in an organization's name to its entity type.
        saying: verbs whose subject is the speaker of their clause. informants: nouns, beside titles, for people and
            bodies who may speak unnamed; `informing_bodies` are the bodies among them.
        silent: folded labels of turns in a transcript whose words are no claims.
        label_words: words of offices in such labels, beside those of titles.
        pages: part of a publisher's name or address to the state whose pages these are.
        strangers: nouns for people who have no name ("my mother"), and may be who "she" is.
        light_verbs: verb to the event nouns that it only carries. light_moods: what such a verb says of the event.
    """

    title_heads: frozenset[str]
    title_modifiers: frozenset[str]
    former: frozenset[str]
    future: frozenset[str]
    honorifics: frozenset[str]
    ranks: frozenset[str]
    honorific_titles: Mapping[str, str]
    title_bodies: Mapping[str, str]
    honorific_bodies: Mapping[str, str]
    title_countries: Mapping[str, str]
    state_titles: frozenset[str]
    chief_titles: frozenset[str]
    leader_titles: frozenset[str]
    same_titles: Mapping[str, str]
    actor_nouns: Mapping[str, "ActorNoun"]
    bodies: Mapping[str, str]
    event_heads: Mapping[str, str]
    described_events: Mapping[str, str]
    organization_heads: Mapping[str, str]
    light_verbs: Mapping[str, frozenset[str]]
    light_moods: Mapping[tuple[str, str], Outcome]
    word_sets: Mapping[str, frozenset[str]]
    occupations: frozenset[str]
    unofficial: frozenset[str]
    irregular: Mapping[str, str]
    saying: frozenset[str]
    informants: frozenset[str]
    informing_bodies: frozenset[str]
    carriers: Mapping[str, str]
    modifiers: Mapping[str, tuple[Mood | None, bool]]
    silent: frozenset[str]
    label_words: frozenset[str]
    pages: Mapping[str, str]
    strangers: frozenset[str]
    female: frozenset[str]
    male: frozenset[str]
    signatures: Signatures
    reporting: frozenset[str] = field(default=frozenset())
    reporting_infinitives: frozenset[str] = field(default=frozenset())
    body_heads: frozenset[str] = field(default=frozenset())

    def type_of_name(self, name: str, label: str) -> str:
        """Entity type of an unknown name by its words, "" where they do not tell.

        Args:
            name: the name.
            label: what the pipeline called it: an ORG is no event and no agreement.
        """
        words = [w.rstrip("s") if len(w) > 4 else w for w in fold(name).split()]
        for heads in (self.event_heads, self.organization_heads) if label != "ORG" else (self.organization_heads,):
            for word in (*reversed(words), *fold(name).split()):
                if word in heads:
                    return heads[word]
        for phrase, kind in self.organization_heads.items():
            if " " in phrase and f" {phrase} " in f" {fold(name)} ":
                return kind
        return ""

    def body_function(self, words: str) -> str:
        """Function of a public body by its generic name: "foreign ministry"; "" for none."""
        return self.bodies.get(fold(words), "")

    def body_of_title(self, title: str) -> str:
        """Where an office is held, by the longest known end of its title (see `title_bodies`); "" when unknown."""
        folded = fold(title)
        for part in (folded, folded.partition(" for ")[0], folded.partition(" of ")[0]):
            words = part.split()
            ends = (" ".join(words[i:]) for i in range(len(words)))
            known = next((self.title_bodies[end] for end in ends if end in self.title_bodies), "")
            if known:
                return known
        return ""

    def same_title(self, title: str) -> str:
        """The form by which two titles are compared: "premier" is "prime minister"."""
        folded = fold(title)
        return self.same_titles.get(folded, folded)

    def is_state_title(self, title: str) -> bool:
        """Is it the office of a head of state or government, or of a minister?"""
        words = fold(title).split()
        if any(" ".join(words[i:]) in self.state_titles for i in range(len(words))):
            return True
        if words == ["leader"]:  # "Leader Schumer" leads a party in a chamber
            return False
        while words and words[0] in self.title_modifiers:
            words = words[1:]
        bare = " ".join(words)
        return bare in self.leader_titles or self.title_bodies.get(bare) == "government"

    def gender(self, name: str, honorifics: set[str]) -> str:
        """`f`, `m` or "" by first name, or the first two words, and the words before the name."""
        parts = fold(name).split()
        words = {*parts[:1], " ".join(parts[:2]), *honorifics}
        female, male = bool(words & self.female), bool(words & self.male)
        return "" if female == male else "f" if female else "m"


def _is_named(office: Mapping[str, str]) -> bool:
    """Does an entry of the offices name the body, and not only its kind?"""
    return bool(office["country"]) and office["body"] not in {"", "government"}


def load_lexicons() -> Lexicons:
    """The package's word lists.

    Raises:
        DataError: a file is damaged.
    """
    titles, nouns, words = _table("titles.toml"), _table("nouns.toml"), _table("words.toml")
    signatures = load_signatures()
    try:
        return _lexicons(titles, nouns, words, signatures)
    except (KeyError, ValueError, TypeError, AttributeError) as exc:
        raise DataError(f"a word list is damaged: {exc!r}", hint="reinstall foreign-policy-kg") from exc


def _table(name: str) -> dict[str, Any]:
    text = (files("kg") / "data" / name).read_text(encoding="utf-8")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as exc:
        raise DataError(f"{name}: {exc}") from exc


def _lexicons(titles: dict[str, Any], nouns: dict[str, Any], words: dict[str, Any], signatures: Signatures) -> Lexicons:
    future = titles["future"]
    honorific_titles = {fold(w): o["title"] for o in titles["honorific_office"] for w in o["words"]}
    described = {fold(w): e["type"] for e in nouns["event"] for w in e["nouns"]}
    events = {fold(w): e["type"] for e in nouns["event"] for w in (*e["nouns"], *e["named"])}
    light_verbs, light_moods = _light(nouns["light"], frozenset(events) | frozenset(nouns["sets"].get("events", ())))
    return Lexicons(
        title_heads=frozenset(titles["heads"]) | frozenset(w for w in future["heads"] if " " not in w),
        title_modifiers=frozenset(titles["modifiers"]) | frozenset(titles["outgoing"]),
        former=frozenset(titles["former"]),
        future=frozenset(future["after"]) | frozenset(future["before"]) | frozenset(future["heads"]),
        honorifics=frozenset(w.rstrip(".") for w in titles["honorifics"]["words"]),
        ranks=frozenset(titles["ranks"]["words"]),
        honorific_titles=honorific_titles,
        title_bodies={fold(t): o["body"] for o in titles["office"] for t in o["titles"]},
        honorific_bodies={fold(o["title"]): o["body"] for o in titles["honorific_office"] if _is_named(o)},
        title_countries={
            fold(o["title"]): o["country"] for o in titles["honorific_office"] if o["country"] and not _is_named(o)
        },
        state_titles=frozenset(fold(t) for key, group in titles["heads_of"].items() if key != "either" for t in group),
        chief_titles=frozenset(fold(t) for group in ("state", "government") for t in titles["heads_of"][group]),
        leader_titles=frozenset(fold(t) for t in titles["heads_of"]["either"]),
        same_titles={fold(t): fold(s["titles"][0]) for s in titles["same"] for t in s["titles"]},
        actor_nouns={
            w: ActorNoun(a["type"], a["function"], a.get("described", False))
            for a in nouns["actor"] for w in a["nouns"]
        },
        bodies={fold(n): b["function"] for b in nouns["body"] for n in b["names"]},
        event_heads=events,
        described_events=described,
        organization_heads={fold(h): o["type"] for o in nouns["organization"] for h in o["heads"]},
        light_verbs=light_verbs,
        light_moods=light_moods,
        word_sets={name: frozenset(group) for name, group in nouns["sets"].items()},
        occupations=frozenset(words["occupations"]),
        unofficial=frozenset(words["unofficial"]),
        irregular=words["irregular"],
        saying=frozenset(words["speech"]["saying"]),
        informants=frozenset(words["speech"]["informants"]) | frozenset(words["speech"]["informing_bodies"]),
        informing_bodies=frozenset(words["speech"]["informing_bodies"]),
        carriers=words["carriers"],
        modifiers={
            w: (Mood(m["mood"]), bool(m.get("denied", False))) for m in words["modifiers"] for w in m["words"]
        },
        silent=frozenset(fold(w) for w in words["turns"]["silent"]),
        label_words=frozenset(words["turns"]["offices"]),
        pages=words["turns"]["pages"],
        strangers=frozenset(words["turns"]["strangers"]),
        female=frozenset(words["gender"]["female"]),
        male=frozenset(words["gender"]["male"]),
        signatures=signatures,
        reporting=signatures.reporting(),
        reporting_infinitives=signatures.reporting_infinitives(),
        body_heads=frozenset(fold(n).split()[-1] for b in nouns["body"] for n in b["names"]) - set(described)
        | frozenset(w for b in nouns["body"] for n in b["names"] if " of " in n for w in fold(n).split()[:1]),
    )  # fmt: skip


def _light(
    entries: list[dict[str, Any]], events: frozenset[str]
) -> tuple[dict[str, frozenset[str]], dict[tuple[str, str], Outcome]]:
    """Light verbs with their nouns, and what a (verb, noun) pair adds to the event; earlier entries go first."""
    carried: dict[str, set[str]] = {}
    moods: dict[tuple[str, str], Outcome] = {}
    for entry in entries:
        spared = set(entry.get("except", ()))
        nouns = {n for noun in entry["nouns"] for n in (events if noun == "@events" else (noun,))}
        for verb in entry["verbs"]:
            for noun in nouns:
                if f"{verb} {noun}" in spared:
                    continue
                if noun not in carried.setdefault(verb, set()):
                    carried[verb].add(noun)
                    if "mood" in entry or entry.get("negated"):
                        mood = Mood(entry.get("mood", "actual"))
                        moods[verb, noun] = Outcome(mood, bool(entry.get("negated", False)))
    return {verb: frozenset(nouns) for verb, nouns in carried.items()}, moods
