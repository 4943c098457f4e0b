"""Who speaks in a text: the persons behind the labels of its turns and the signers that its title names."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from kg.ids import fold
from kg.model import Article, Known, Lexicon
from kg.nlp.entities import SUFFIXES, Entities
from kg.nlp.grammar import Tree
from kg.nlp.lexicons import Lexicons
from kg.nlp.mentions import find_names
from kg.nlp.titles import Titles
from kg.nlp.turns import Turn, read_label

_ESCAPE = re.compile(r"\\x([0-9A-Fa-f]{2})|\\u([0-9A-Fa-f]{4})")
_KINDS = (
    r"statements?|remarks?|speech|address|message|letter|toasts?|briefing|gaggle|call|press conference|availability|"
    r"interview|testimony|op-ed|communiqu[eé]|declaration|proclamation|press release|comments?"
)
_BY = re.compile(
    rf"\b(?P<kind>{_KINDS})\s(?:(?:by|from|of|with|between)"
    r"|(?:(?!(?:on|about|regarding|after|following|against|to|in)\s)[^\s.;|]+\s){1,6}by)\s+(?:an?\s)?",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"(?:\w+ )?(?:statement|remarks|op-ed|message|letter|declaration)s? (?:by|from)\b", re.IGNORECASE)
_READOUT = re.compile(r"readout\b(?! by\b)", re.IGNORECASE)
""" "Readout of the President's Call with ...": who was called signs nothing."""
_DOCUMENT = re.compile(r"\b(?:statement|declaration|communiqu[eé])\b", re.IGNORECASE)
_TOPIC = re.compile(
    r"\s(?:on|at|before|after|regarding|in|following|to|during|about|marking|welcoming|aboard|as|upon|announcing|"
    r"celebrating|honou?ring|ahead|concerning|delivered|condemning|commemorating|under|calling|observing|for)\s"
    r"|\s[|–—]\s|:\s|\sof\s(?=[^,]*['’]s?\s)",
    re.IGNORECASE,
)
_LEADERS = re.compile(
    r"\b(?:leaders|ministers|heads|presidents|governments|joint|quad|trilateral|bilateral)\b", re.IGNORECASE
)
_BODIES = frozenset({
    "Country", "Government", "PublicBody", "IntergovernmentalOrganization", "Organization", "PoliticalParty",
    "ThinkTank", "ArmedGroup", "Company",
})  # fmt: skip
_SPOKEN_FOR = frozenset({"press secretary", "spokesperson", "spokesman", "spokeswoman", "official"})
_HEADS = ("president", "vice president", "prime minister", "chancellor")
_INSIDERS = frozenset({
    "president", "vice president", "secretary", "official", "press secretary", "spokesperson", "first lady",
    "national security advisor", "national security adviser", "administrator", "chief of staff", "advisor", "adviser",
    "deputy national security advisor", "trade representative", "attorney general",
})  # fmt: skip
"""Offices that belong to the state whose page it is when the page names no other."""


@dataclass(frozen=True, slots=True)
class Voice:
    """For whom "I" and "we" stand.

    Attributes:
        speaker: local id of who says "I"; "" for several, or nobody known.
        holders: who holds what "we" think, want and say.
        actors: who does what "we" do: the state of its leader or minister; () when unknown.
        cue: the label, or what the title calls the text.
    """

    speaker: str
    holders: tuple[str, ...]
    actors: tuple[str, ...]
    cue: str = ""


NOBODY = Voice("", (), ())
"""A speaker who is not known, or whose words are no claims."""


@dataclass(slots=True)
class _Player:
    entity: str
    offices: set[str] = field(default_factory=set[str])
    country: str = ""


class Cast:
    """The speakers of one article; makes their entities where the text does not name them.

    Args:
        parse: makes a tree of a short text, for the title.
    """

    def __init__(self, article: Article, entities: Entities, lexicon: Lexicon, lexicons: Lexicons,
                 parse: Callable[[str], Tree]) -> None:  # fmt: skip
        self.article, self.entities, self.lexicon, self.lexicons = article, entities, lexicon, lexicons
        self.parse = parse
        self.players: list[_Player] = []
        self.bodies: list[str] = []
        self.home = self._home()
        self.title = clean_title(article.title)
        self.incumbents: dict[str, str] = {}
        text = article.text.casefold()
        holders = {office: self._incumbent(office) for office in _HEADS if office in text}
        self.incumbents = {office: holder.entity for office, holder in holders.items() if holder}

    def signers(self, *, dialogue: bool) -> Voice:
        """The voice of a text that its title gives to persons or bodies ("Statement by President Biden on ...").

        Args:
            dialogue: is it a transcript? Then all persons of its title may speak ("Secretary Reyes at a Press ...").
        """
        found = None if _READOUT.match(self.title) else _BY.search(self.title)
        kind = ""
        if found:
            kind = found["kind"]
            rest = self.title[found.end() :]
            cut = _TOPIC.search(" " + rest)
            self._introduce(rest[: cut.start()].strip() if cut else rest)
        elif (document := _DOCUMENT.search(self.title)) and _LEADERS.search(self.title[: document.end()]):
            kind = document[0]
            self._introduce(self.title[: document.start()].strip())
        elif dialogue:
            self._introduce(_TOPIC.split(self.title)[0])
            return NOBODY
        if self.players:
            return self._joined(self.players, kind)
        bodies = tuple(dict.fromkeys(self.bodies))
        return Voice(bodies[0] if len(bodies) == 1 else "", bodies, bodies, kind) if bodies else NOBODY

    @property
    def is_signed(self) -> bool:
        """Does the title say by whom the whole text is: "Statement by President Biden on ..."?"""
        return bool(_SIGNED.match(self.title))

    def incumbent(self, office: str) -> str:
        """Local id of who holds an office of the state whose page it is; "" when unknown."""
        return self.incumbents.get(office, "")

    def voice(self, turn: Turn) -> Voice:
        """The voice of a turn."""
        if turn.silent:
            return NOBODY
        player = self._player(turn.label)
        return self._joined([player], turn.label) if player else NOBODY

    # --- the title -------------------------------------------------------------------------------------------------

    def _introduce(self, words: str) -> None:
        """Take in the persons and bodies that some words of the title name."""
        if not words:
            return
        tree = self.parse(words)
        named = find_names(tree, self.article.key, self.lexicon, self.lexicons, self.article.date)
        offices = list(Titles(tree, named, self.lexicons).offices())
        for person in named.persons():
            held = [o for o in offices if o.person == person.id]
            titles = {fold(o.title) for o in held}
            owners = [o.owner.entity for o in held if o.owner and named.type_of(o.owner.entity) == "Country"]
            country = self._state_named(named.locals[owners[0]].name) if owners else self.home
            known = next((k for t in sorted(titles) if (k := self._dated(t, _parts(person.name), country))), None)
            player = _Player(self._adopt(known.name if known else person.name), titles)
            player.country = country.name if owners and country else self._country_of(player)
            self.players.append(player)
        if not self.players:
            bare = read_label(words, self.lexicons)
            holder = self._incumbent(bare.office) if bare.office and not bare.name else None
            self.players += [holder] if holder else []
        if not self.players:
            for name in sorted(named.names, key=lambda n: n.first):
                local = named.locals[name.entity]
                if local.type in _BODIES:
                    self.bodies.append(self.entities.entity(local.type, local.name).id)

    def _adopt(self, name: str) -> str:
        """The local person of this name, made when new; a last name that the text has becomes the full name."""
        words = _parts(name)
        same = [p for p in self.entities.persons() if _one(words, _parts(p.name))]
        if len(same) != 1:
            return self.entities.entity("Person", name).id
        known = same[0].id
        if len(_parts(same[0].name)) >= len(words):
            return known
        full = self.entities.entity("Person", name).id
        self.entities.rename(known, full)
        for player in self.players:
            player.entity = full if player.entity == known else player.entity
        self.incumbents = {office: full if e == known else e for office, e in self.incumbents.items()}
        return full

    # --- labels ----------------------------------------------------------------------------------------------------

    def _player(self, words: str) -> _Player | None:
        label = read_label(words, self.lexicons)
        office = fold(label.office)
        if not label.name:
            return self._by_office(office)
        name = _cased(label.name)
        wanted = _parts(name)
        for player in self.players:
            if _one(wanted, _parts(self.entities.locals[player.entity].name)):
                player.offices |= {office} - {""}
                player.country = player.country or self._country_of(player)
                return player
        known = self._dated(office, wanted, self.home)
        player = _Player(self._adopt(known.name if known else name), {office} - {""})
        player.country = self._country_of(player)
        self.players.append(player)
        return player

    def _by_office(self, office: str) -> _Player | None:
        """ "THE PRESIDENT", "SENIOR ADMINISTRATION OFFICIAL"."""
        if office.endswith("official"):
            entity = self.entities.entity("Person", office, within=self._home_entity())
            return _Player(entity.id, {"official"}, self.home.name if self.home else "")
        titled = [p for p in self.players if office in p.offices]
        incumbent = self._incumbent(office)
        if incumbent is not None and (not titled or any(p.entity == incumbent.entity for p in titled)):
            return incumbent
        if len(titled) == 1:
            return titled[0]
        held = [p for p in self.players if office in {o.split()[-1] for o in p.offices}]
        return held[0] if len(held) == 1 and not titled else None

    def _incumbent(self, office: str) -> _Player | None:
        """Who holds an office of the state whose page it is, at the article's date."""
        if self.home is None or not office or not self.article.date:
            return None
        held = self.lexicon.office(office, self.home.id, self.article.date)
        if len(held) != 1:
            return None
        entity = self._adopt(held[0].name)
        known = next((p for p in self.players if p.entity == entity), None)
        return known or _Player(entity, {office}, self.home.name)

    def _dated(self, office: str, wanted: list[str], state: Known | None) -> Known | None:
        """The holder of a state's office with this last name, whom the text need not name in full."""
        if state is None or not office or not self.article.date:
            return None
        held = self.lexicon.office(office, state.id, self.article.date)
        return next((k for k in held if _one(wanted, _parts(k.name))), None)

    # --- states ----------------------------------------------------------------------------------------------------

    def _home(self) -> Known | None:
        place = f"{self.article.source} {self.article.url}".casefold()
        name = next((state for part, state in self.lexicons.pages.items() if part in place), "")
        return self._state_named(name) if name else None

    def _state_named(self, name: str) -> Known | None:
        return next((k for k in self.lexicon.lookup(name) if k.type == "Country"), None)

    def _home_entity(self) -> str:
        return self.entities.entity("Country", self.home.name).id if self.home else ""

    def _country_of(self, player: _Player) -> str:
        """The state that a person speaks for, by the list of people or, for the page's own people, the page."""
        person = self.entities.locals[player.entity]
        for known in self.lexicon.lookup(person.name):
            if known.type == "Person" and known.country:
                owner = next(iter(self.lexicon.lookup(known.country)), None)
                return owner.name if owner and owner.type == "Country" else ""
        insider = any(o in _INSIDERS or "secretary" in o.split() or _spokes(o) for o in player.offices)
        return self.home.name if self.home and insider else ""

    def _joined(self, players: list[_Player], cue: str) -> Voice:
        persons = tuple(dict.fromkeys(p.entity for p in players))
        states = [self._state(p) for p in players]
        actors = tuple(dict.fromkeys(states)) if all(states) else ()
        spoken = all(any(_spokes(o) for o in p.offices) for p in players)
        holders = actors if spoken and actors else persons
        return Voice(persons[0] if len(persons) == 1 else "", holders, actors, cue)

    def _state(self, player: _Player) -> str:
        """The state for which somebody speaks, by an office or on its own page; "" for none."""
        at_home = self.home is not None and self.home.name == player.country
        if not player.country or not (player.offices or at_home):
            return ""
        return self.entities.entity("Country", player.country).id


def clean_title(title: str) -> str:
    """A title without the escapes that pages in YAML leave in it."""
    title = _ESCAPE.sub(lambda m: chr(int(m[1] or m[2], 16)), title)
    return " ".join(re.sub(r"\\[ _\n]?", " ", title).split())


def is_document(title: str) -> bool:
    """Does a title call its text a statement, or a declaration?"""
    return bool(_DOCUMENT.search(title))


def _spokes(office: str) -> bool:
    return any(office.endswith(o) for o in _SPOKEN_FOR)


def _parts(name: str) -> list[str]:
    return [w for w in fold(name).split() if w not in SUFFIXES]


def _one(short: list[str], long: list[str]) -> bool:
    """May two names be one person's: the same last words, and no first names that differ?"""
    if len(short) > len(long):
        short, long = long, short
    if not short or short[-1] != long[-1]:
        return False
    return len(short) == 1 or short == long[-len(short) :] or short[0] == long[0]


def _cased(name: str) -> str:
    """ "LÓPEZ OBRADOR" is "López Obrador"; a name that is not all in capitals stays."""
    if not name.isupper():
        return name
    return re.sub(r"[^\W\d_]+", lambda m: m[0][:1] + m[0][1:].lower(), name)
