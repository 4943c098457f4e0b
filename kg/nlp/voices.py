"""For whom "I" and "we" stand at a place of a text: the speaker of a turn or quotation, the signers, the leaders."""

import re
from bisect import bisect_right
from dataclasses import dataclass, replace

from kg.model import Argument, Claim, Literal, Mood, Tenure
from kg.nlp.cast import NOBODY, Cast, Voice, is_document
from kg.nlp.entities import Entities
from kg.nlp.grammar import Tree
from kg.nlp.lexicons import Lexicons
from kg.nlp.quotes import Quotes
from kg.nlp.titles import Office
from kg.nlp.turns import Turn

VOICE = "voice"
"""Rule of a referent of "I" or "we"."""
I_WORDS = frozenset({"i", "me", "my", "myself", "mine"})
WE_WORDS = frozenset({"we", "our", "us", "ourselves", "ours"})
_ACTS = frozenset({
    "aids", "sanctions", "attacks", "coerces", "mobilizes_against", "threatens", "cooperates_with", "allied_with",
    "member_of", "party_to", "negotiates_with", "concedes_to", "part_of", "protests", "agrees_with", "based_in",
})  # fmt: skip
"""What "we" do as a state; what "we" want, think, ask and pledge is the speaker's own."""
_CLAUSE = frozenset({"VERB", "AUX"})
_PEERS = frozenset({
    "leader", "minister", "head", "president", "government", "member", "representative", "secretary", "chief", "chair",
    "undersigned", "participant", "state", "party", "chancellor", "premier",
})  # fmt: skip
_LONGEST_LIST = 80
"""Words of the longest list of those who say "We, the foreign ministers of ..."."""
_ACTORS = frozenset({
    "Country", "Government", "PublicBody", "IntergovernmentalOrganization", "Organization", "PoliticalParty",
    "ArmedGroup", "ThinkTank", "Company", "MediaOrganization", "PoliticalCampaign",
})  # fmt: skip


_YOU = frozenset({"you", "your", "yours", "y’all"})
_VAGUE = re.compile(
    r"(?:that|this|these|those|it|them|any|what|how|both|the (?:opportunity|fact|question|point|idea|chance))\b"
    r"|to (?:note|say|remember|mention|point|remind|be|understand|recognize|know|see|look|do|have|get|go|take|talk)\b",
    re.IGNORECASE,
)
"""Objects that mean nothing outside of the conversation."""
_LEAST_OBJECT = 2
_MOST = re.compile(r"\b(?:never|not|n[’']t)\b.*\bmore\b", re.DOTALL)
""" "I have never been more optimistic": as much as can be."""
_STANCES = frozenset({"supports", "opposes", "is_concerned_about", "is_neutral_on"})
_PLACED = frozenset({"based_in", "part_of", "hosted"})
_KNOWN = frozenset({"holds_position", "based_in", "part_of"})
"""What a signed statement takes for known."""


@dataclass(frozen=True, slots=True)
class _Stretch:
    start: int
    end: int
    voice: Voice
    silent: bool = False


class Voices:
    """The voices of one article.

    Args:
        tree, entities: its words and names. cast: who speaks. turns: its dialogue.
    """

    def __init__(self, tree: Tree, entities: Entities, cast: Cast, turns: tuple[Turn, ...],
                 lexicons: Lexicons) -> None:  # fmt: skip
        self.tree, self.entities, self.lexicons, self.quotes = tree, entities, lexicons, Quotes(tree)
        self._cast = cast
        signers = cast.signers(dialogue=bool(turns))
        for turn in turns:
            cast.voice(turn)  # a full name that a later label brings is the earlier speaker's too
        self.turns = [_Stretch(t.words, t.end, cast.voice(t), t.silent) for t in turns]
        self._starts = [t.start for t in self.turns]
        self._quoted = {k: t.voice for t in self.turns if (k := self.quotes.at(self._first(t.start))) >= 0}
        self._states: dict[str, str] = {}
        self.text = self._opening() or signers
        first = next((i for i, w in enumerate(tree.words) if w.casefold() in I_WORDS | WE_WORDS and self._bare(i)), -1)
        if self.text is NOBODY and first >= 0 and is_document(cast.title):
            self.text = self._publisher(first)
        self._signed = not turns and bool(signers.speaker) and self.text is signers and cast.is_signed
        self._personal = any(w in {"I", "my", "My"} and self._bare(i) for i, w in enumerate(tree.words))

    def learn(self, offices: list[Office]) -> None:
        """Offices tell for which state a quoted person speaks."""
        for office in offices:
            owner = office.owner
            state = owner is not None and owner.type == "Country" and self.lexicons.is_state_title(office.title)
            if owner and state and office.tenure is Tenure.CURRENT:
                self._states.setdefault(office.person, owner.entity)

    def state(self, person: str) -> str:
        """The state in whose office the text has a person; "" for none."""
        return self._states.get(person, "")

    def incumbent(self, office: str) -> str:
        """Local id of who holds an office of the state whose page it is; "" when unknown."""
        return self._cast.incumbent(office)

    def quote(self, start: int, speaker: str) -> None:
        """Note who speaks in the quotation at a character; the first one named keeps it."""
        k = self.quotes.at(start)
        if k >= 0 and k not in self._quoted:
            state = self._states.get(speaker, "")
            body = self.entities.type_of(speaker) != "Person"
            self._quoted[k] = Voice(speaker, (speaker,), (state,) if state else (speaker,) if body else ())

    # --- what is asked ---------------------------------------------------------------------------------------------

    def at(self, i: int) -> Voice:
        """Who says the word `i`, in quotation marks or a turn, else whose text it is."""
        start = self.tree.starts[i]
        k = self.quotes.at(start)
        if k >= 0:
            return self._quoted.get(k, NOBODY)
        turn = self._turn(start)
        return turn.voice if turn is not None else self.text

    def meant(self, i: int, relation: str = "") -> tuple[str, ...]:
        """Local ids that a pronoun of the first person means as an end of this relation."""
        word, voice = self.tree.words[i].casefold(), self.at(i)
        if word in I_WORDS:
            return (voice.speaker,) if voice.speaker else ()
        if self.quotes.hold(i) and self._thought(i):
            return ()
        return voice.actors if relation in _ACTS or word == "us" else voice.holders

    def _thought(self, i: int) -> bool:
        """Is a clause what somebody else is said to think ("Trump recognizes we have to ...")?"""
        tree = self.tree
        quote = self.quotes.of(i)
        for k in (i, *tree.ancestors(i)):
            above = tree.heads[k]
            if self.quotes.of(above) != quote:
                return False
            if tree.rels[k] == "ccomp" and any(
                tree.words[s].casefold() not in I_WORDS | WE_WORDS for s in tree.kids(above, "nsubj")
            ):
                return True
        return False

    def own(self, i: int) -> str:
        """The speaker of the turn of a word; "" outside of turns."""
        turn = self._turn(self.tree.starts[i])
        return turn.voice.speaker if turn is not None else ""

    def in_turn(self, i: int) -> bool:
        """Does the word stand in a turn?"""
        return self._turn(self.tree.starts[i]) is not None

    def parted(self, sent: int, i: int) -> bool:
        """Does a sentence belong to another turn than a word?"""
        if not self.turns or sent < 0:
            return False
        first = self.tree.bounds[sent][0]
        return self._turn(self.tree.starts[first]) is not self._turn(self.tree.starts[i])

    def is_silent(self, i: int) -> bool:
        """Does a word stand in the turn of somebody whose words are no claims?"""
        turn = self._turn(self.tree.starts[i])
        return turn is not None and turn.silent

    def hears(self, claim: Claim) -> bool:
        """Is a claim made in words that claim something: no question of a reporter's, no "God bless America"?"""
        evidence = claim.evidence[0]
        turn = self._turn(evidence.span.start)
        if turn is not None and (turn.silent or self._is_talk(claim)):
            return False
        return not is_formula(self.tree.quote(*self.tree.bounds[evidence.sentence]))

    def _is_talk(self, claim: Claim) -> bool:
        """Is it small talk: "I welcome your questions", "it is important to note ...", "we moved from Scranton"?"""
        voiced, words = claim.subject.rule == VOICE, self._words(claim)
        if " and me " in f" and {words}" or (isinstance(claim.object, Literal) and _is_idle(claim.object.text)):
            return True
        if claim.relation == "holds_position":  # "the President directed the agency" gives him no other office
            return claim.subject.entity in self._cast.incumbents.values()
        return voiced and (bool(_YOU & set(words.casefold().split())) or self._is_aside(claim, words))

    def _is_aside(self, claim: Claim, words: str) -> bool:
        """Does the speaker tell of himself or his own country, or of what might be?"""
        if isinstance(claim.object, Argument):
            own = self.at(self.tree.bounds[claim.evidence[0].sentence][0]).actors
            if claim.object.entity in own:
                return True
        if claim.relation in _STANCES:
            return claim.mood is Mood.POSSIBLE or bool(_MOST.search(words))
        if claim.relation == "requests":
            return claim.mood is Mood.PLANNED or not self._asks(claim)
        return claim.relation in _PLACED

    def _words(self, claim: Claim) -> str:
        span = claim.evidence[0].span
        return self.tree.text[span.start : span.end]

    def _asks(self, claim: Claim) -> bool:
        """Is who is asked named before what is asked ("I want Iran to stop", not "I want to note that Iran ...")?"""
        words, topic = " ".join(self._words(claim).split()), claim.qualifiers.topic
        asked = claim.object.text if isinstance(claim.object, Argument) else ""
        return not topic or topic not in words or words.find(asked) <= words.find(topic)

    def attribute(self, claim: Claim) -> Claim:
        """A claim of a turn is its speaker's; one of a text in the first person is its signer's."""
        if claim.attributed_to is not None:
            return claim
        turn = self._turn(claim.evidence[0].span.start)
        voice = turn.voice if turn is not None else self.text
        signed = self._signed and claim.relation not in _KNOWN
        if turn is None and not (self._personal or signed or claim.subject.rule == VOICE):
            return claim
        own = claim.subject.entity if claim.subject.rule == VOICE else ""
        source = voice.speaker or own
        if not source:
            return claim
        speaker = Argument(source, voice.cue or self.entities.locals[source].name, VOICE)
        return replace(claim, attributed_to=speaker, cue=voice.cue)

    def stranger(self, first: int, i: int) -> bool:
        """Is somebody without a name told of between two words ("my mother"), whom a pronoun may mean?"""
        tree = self.tree
        return any(
            tree.lemmas[k] in self.lexicons.strangers and tree.pos[k] == "NOUN" and k not in self.entities.at
            for k in range(first, i)
        )

    # --- the text's own voice --------------------------------------------------------------------------------------

    def _opening(self) -> Voice | None:
        """ "We, the foreign ministers of A and B, ...", "I, NAME, President of ...": who says so at the beginning."""
        tree = self.tree
        for i, word in enumerate(tree.words[:-2]):
            if word in {"I", "We"} and tree.words[i + 1] == "," and self._turn(tree.starts[i]) is None:
                named = self._listed(i + 2, person=word == "I")
                if named:
                    one = named[0] if len(named) == 1 else ""
                    return Voice(one, named, () if word == "I" else named)
        return None

    def _listed(self, first: int, *, person: bool) -> tuple[str, ...]:
        tree = self.tree
        _, end = tree.bounds[tree.sents[first]]
        verbs = (k for k in range(first, end) if tree.pos[k] in _CLAUSE and k not in self.entities.at)
        end = next((k for k in verbs if tree.tags[k] not in {"VBG", "VBN"}), end)
        inside = range(first, min(end, first + _LONGEST_LIST))
        names = [n for k in inside if (n := self.entities.at.get(k)) is not None and n.first == k]
        persons = tuple(dict.fromkeys(n.entity for n in names if self.entities.type_of(n.entity) == "Person"))
        if person or persons:
            return persons[:1] if person else persons
        if not any(tree.lemmas[k].rstrip("s") in _PEERS for k in inside):
            return ()
        return tuple(dict.fromkeys(n.entity for n in names if self.entities.type_of(n.entity) in _ACTORS))

    def _publisher(self, first: int) -> Voice:
        """Who a statement without signers begins with: "The Government of Japan condemns ... We call on ..."."""
        tree = self.tree
        named = [n for k in range(*tree.bounds[0]) if (n := self.entities.at.get(k)) is not None]
        body = named[0] if named and tree.sents[first] > 0 else None
        if body is None or tree.rels[body.head] not in {"nsubj", "nsubj:pass"} or body.rule == "demonym":
            return NOBODY
        kind = self.entities.type_of(body.entity)
        return Voice(body.entity, (body.entity,), (body.entity,)) if kind in _ACTORS else NOBODY

    def _bare(self, i: int) -> bool:
        """Does a word stand outside of turns and quotations?"""
        start = self.tree.starts[i]
        return self.tree.words[i] != "US" and self._turn(start) is None and not self.quotes.hold(i)

    def _turn(self, start: int) -> _Stretch | None:
        k = bisect_right(self._starts, start) - 1
        return self.turns[k] if k >= 0 and start < self.turns[k].end else None

    def _first(self, start: int) -> int:
        """The first character that is no blank."""
        text = self.tree.text
        return next((k for k in range(start, len(text)) if not text[k].isspace()), start)

    def is_quotation(self, i: int) -> bool:
        """Does a word stand in the quotation that makes up a turn ("Senator A: “...”")?"""
        turn, quote = self._turn(self.tree.starts[i]), self.quotes.of(i)
        return turn is not None and quote >= 0 and self.quotes.ranges[quote][0] == self._first(turn.start)


def _is_idle(words: str) -> bool:
    """Does an object mean nothing outside of the conversation: "your questions", "to note that", "this"?"""
    inside = words.casefold().split()
    return len(inside) < _LEAST_OBJECT or bool(set(inside) & _YOU) or bool(_VAGUE.match(words))


_FORMULA = re.compile(
    r"\W*(?:(?:and|so|well|but|again),? )?(?:(?:may )?god (?:bless|protect|save|help)|thank (?:you|god)|thanks\b|"
    r"good (?:morning|afternoon|evening|day|night)|welcome\b|congratulations|hello\b|hi\b|happy (?:birthday|new year)|"
    r"long live|please\b|let me\b|let us\b|let[’']s\b)",
    re.IGNORECASE,
)


def is_formula(sentence: str) -> bool:
    """ "God bless America", "Thank you all very much", "Please have a seat": said, but nothing is stated."""
    return bool(_FORMULA.match(sentence))
