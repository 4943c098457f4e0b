"""Noun phrases that name an office: "a former chief of staff in Trump's National Security Council"."""

import re
from dataclasses import dataclass

from kg.ids import fold
from kg.model import Tenure
from kg.nlp.entities import Entities, Name
from kg.nlp.grammar import Tree
from kg.nlp.lexicons import Lexicons

LONGEST = 14
"""Words of the longest title that is looked for before or after a name."""

DETERMINERS = frozenset({"a", "an", "the", "his", "her", "its", "their", "another", "one", "our", "my"})
POSSESSIVES = frozenset({"'s", "’s", "'", "’"})
PLACES = frozenset({"Country", "City", "Region"})
_PREPOSITIONS = frozenset({"of", "for", "at", "in", "to", "with", "on", "from", "under"})
_ENVOYS = frozenset({
    "ambassador", "envoy", "consul", "emissary", "nuncio", "negotiator", "commissioner", "legate", "representative",
    "delegate",
})  # fmt: skip
_JOINTS = POSSESSIVES | {"-", "–"}
_PASSING = frozenset({
    "mr", "mrs", "ms", "dr", "and", "current", "new", "newly", "elected", "newly-elected", "incumbent", "serving",
    "outgoing", "two-time",
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "yesterday",
})  # fmt: skip
"""Words before a title that are no part of it."""
_NOW = frozenset({"now", "currently", "today", "also", "then", "previously", "once", "formerly", "again", "still"})
_PAST = frozenset({"previously", "once", "formerly", "then"})
"""Adverbs that put the office behind them in the past."""
_CHOICES = frozenset({"nominee", "pick", "choice", "candidate", "contender", "hopeful"})
"""Whom somebody wants for the office that "for" or "as" introduces."""
_OWNERS = frozenset({
    "Country", "Government", "PublicBody", "Organization", "ThinkTank", "PoliticalParty",
    "IntergovernmentalOrganization", "ArmedGroup", "PoliticalCampaign", "Company", "MediaOrganization", "City",
    "Region",
})  # fmt: skip
_EARLIER = re.compile(r"^(?:ex|then)-", re.IGNORECASE)
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")


@dataclass(frozen=True, slots=True)
class Phrase:
    """One office as a noun phrase says it.

    Attributes:
        title: the words ("deputy foreign minister"). head: index of the title's head noun.
        owner: name of the body or state, or None where the phrase has none.
        body: index of the noun behind "of" or "for" that names the body in other words, or None.
        tenure: seen from the article. first, end: word range.
    """

    title: str
    owner: Name | None
    body: int | None
    head: int
    tenure: Tenure
    first: int
    end: int


class TitlePhrases:
    """Reads such phrases in one article."""

    def __init__(self, tree: Tree, entities: Entities, lexicons: Lexicons) -> None:
        self.tree, self.entities, self.lexicons = tree, entities, lexicons

    # --- words -----------------------------------------------------------------------------------------------------

    def is_title(self, k: int) -> bool:
        """Does the word name an office?"""
        tree = self.tree
        if tree.words[k].casefold().rstrip(".") in self.lexicons.honorific_titles:
            return True
        lemma = _EARLIER.sub("", tree.lemmas[k])
        return lemma in self.lexicons.title_heads and tree.pos[k] in {"NOUN", "PROPN", "ADJ"}

    def is_plural(self, k: int) -> bool:
        """ "Presidents", "Sens."."""
        tree = self.tree
        return tree.is_plural(k) or tree.words[k].casefold() == tree.lemmas[k] + "s"

    def is_possessive(self, k: int) -> bool:
        """Is the word the mark of a possessive?"""
        return k < len(self.tree.words) and self.tree.words[k] in POSSESSIVES

    def is_person(self, k: int) -> bool:
        """Does the word begin or continue the name of a person who owns nothing?"""
        name = self.entities.at.get(k)
        return name is not None and self.type_of(name) == "Person" and not self.is_possessive(name.end)

    def type_of(self, name: Name) -> str:
        """Entity type of a name."""
        return self.entities.type_of(name.entity)

    def owns(self, name: Name) -> bool:
        """Can it have offices? "State" of "Secretary of State" is no body."""
        return self.type_of(name) in _OWNERS and fold(self.tree.quote(name.first, name.end)) != "state"

    # --- where a phrase begins -------------------------------------------------------------------------------------

    def head_before(self, last: int, low: int) -> int | None:
        """The head noun of a title that ends at the word `last`: the word itself, or one before "of State"."""
        tree = self.tree
        for k in range(last, max(low, last - LONGEST) - 1, -1):
            if k < last and not self._inside_title(k):
                return None
            if self.is_title(k):
                goes_on = k == last or tree.words[k + 1].casefold() in {"of", "for", "to"} or self._is_suffix(k + 1)
                return k if goes_on else None
        return None

    def _is_suffix(self, k: int) -> bool:
        """ "-designate", "-elect" and "-in-chief" after a title."""
        return self._is_hyphen(k) or self.tree.words[k].casefold() in self.lexicons.future

    def _is_hyphen(self, k: int) -> bool:
        """A dash with no blank on either side."""
        tree = self.tree
        if not 0 < k < len(tree.words) - 1 or tree.words[k] not in {"-", "–"}:
            return False
        return tree.ends[k - 1] == tree.starts[k] and tree.ends[k] == tree.starts[k + 1]

    def _inside_title(self, k: int) -> bool:
        tree = self.tree
        inner = tree.pos[k] in {"NOUN", "PROPN", "ADJ", "ADP", "DET", "CCONJ", "PUNCT"} or self.is_possessive(k)
        inner = inner or k in self.entities.at
        return inner and tree.words[k] not in ',;:()"“”' and not self.is_person(k)

    def first_of(self, head: int, low: int) -> int:
        """First word of the noun phrase that ends in the title."""
        tree, k = self.tree, head
        while k - 1 >= low and head - k < LONGEST:
            word = tree.words[k - 1].casefold()
            if word in DETERMINERS:
                return k - 1
            if word in POSSESSIVES or self._is_hyphen(k - 1):
                k -= 1
                continue
            name = self.entities.at.get(k - 1)
            if name is not None:
                person = self.type_of(name) == "Person"
                if person and not (self.is_possessive(k) or tree.rels[name.head] in {"compound", "nmod:poss"}):
                    break
                k = name.first
                continue
            if word == ")" and k - 3 >= low and tree.words[k - 3] == "(":
                k -= 3
                continue
            if self._is_modifier(k - 1, head):
                k -= 1
                continue
            if word == "and" and k - 2 >= low and self._joins(k - 1, head):
                k -= 1
                continue
            break
        return k

    def before_choice(self, first: int) -> int | None:
        """ "nominee" of "his nominee for Treasury secretary", given where "Treasury secretary" begins."""
        if first < 2 or self.tree.words[first - 1].casefold() not in {"for", "as"}:
            return None
        return first - 2 if self.tree.lemmas[first - 2] in _CHOICES else None

    def _is_modifier(self, k: int, head: int) -> bool:
        tree = self.tree
        word = tree.words[k].casefold()  # "acting" is a verb to the tagger
        if word == "under":  # "the Council under President Obama"
            return tree.lemmas[k + 1] == "secretary"
        if word in self.lexicons.former | self.lexicons.future:
            return True
        known = word in self.lexicons.title_modifiers
        return (known or tree.pos[k] in {"NOUN", "PROPN", "ADJ"}) and self._same_phrase(k, head)

    def _joins(self, k: int, head: int) -> bool:
        """ "and" in "trade and industry minister", "U.S. and South Korean Presidents", "president and CEO"."""
        before = k - 1
        return self.is_plural(head) if before in self.entities.at else self._same_phrase(before, head)

    def _same_phrase(self, k: int, head: int) -> bool:
        """Does word `k` hang on the title, directly or through another of its words?"""
        tree = self.tree
        word = tree.words[k].casefold()
        if word in self.lexicons.title_modifiers or word in self.lexicons.former:
            return True
        seen = 0
        beside = tree.heads[head] == tree.heads[k] and tree.rels[head] == tree.rels[k] == "nmod:desc"
        if tree.heads[head] == k or beside:
            return True
        while tree.heads[k] != k and seen < 4:
            k = tree.heads[k]
            seen += 1
            if k == head or tree.heads[head] == k:
                return True
        return False

    # --- what a phrase says ----------------------------------------------------------------------------------------

    def phrases(self, start: int, limit: int) -> list[Phrase]:
        """The offices of the phrase that begins at `start`: "prime minister and minister of defence of Qatar"."""
        found: list[Phrase] = []
        k = start
        while k < limit:
            phrase = self.phrase(k, limit)
            if phrase is None:
                break
            found.append(phrase)
            k = phrase.end
            if k + 1 < limit and self.tree.words[k] == "," and self.tree.words[k + 1].casefold() == "and":
                k += 1
            if k >= limit or self.tree.words[k].casefold() not in {"and", "&", "or"}:
                break
            k += 1
        return self._shared(found)

    def _shared(self, found: list[Phrase]) -> list[Phrase]:
        """ "president and CEO of Brookings", "Qatar's prime minister and foreign minister": one owner for both."""
        shared: list[Phrase] = []
        for at, phrase in enumerate(found):
            owner, body = phrase.owner, phrase.body
            if owner is None and body is None:
                before = [p for p in found[:at] if p.owner is not None and p.owner.first < p.head]
                behind = [p for p in found[at + 1 :] if p.body is not None or (p.owner and p.owner.first > p.head)]
                same = before[-1:] or behind[:1]
                owner, body = (same[0].owner, same[0].body) if same else (None, None)
            first, end = found[0].first, max(phrase.end, owner.end if owner is not None else 0)
            shared.append(Phrase(phrase.title, owner, body, phrase.head, phrase.tenure, first, end))
        return shared

    def phrase(self, start: int, limit: int, *, plural: bool = False) -> Phrase | None:
        """The office in the noun phrase that begins at `start`.

        Args:
            start: index of its first word.
            limit: index of the first word that is none of it.
            plural: read "the foreign ministers of Japan and Korea" too.
        """
        head = self._head_after(start, limit, plural=plural)
        if head is None or (head + 1 < limit and self.is_person(head + 1)):
            return None
        owner, title_first = self._owner_before(start, head)
        draft = _Draft(owner, head + 1, head + 1)
        while draft.end < limit and self._is_suffix(draft.end):
            draft.end += 1
            if draft.end < limit and self.tree.words[draft.end - 1] == "-":
                draft.end += 1
            draft.title_end = draft.end
        self._behind(draft, title_first, head, limit)
        title_first = title_first if draft.title_first is None else draft.title_first
        title = self._title_text(title_first, draft.title_end, head)
        tenure = self._tenure(start, head)
        if draft.wanted is not None:
            title, tenure = draft.wanted.title, Tenure.FUTURE
        if not title or self._runs_into_name(draft.end, limit):
            return None
        return Phrase(title, draft.owner, draft.body, head, tenure, start, draft.end)

    def _behind(self, draft: "_Draft", title_first: int, head: int, limit: int) -> None:
        """Read the prepositional phrases behind a title: what belongs to the title, and whose office it is."""
        tree = self.tree
        while draft.end < limit and tree.words[draft.end].casefold() in _PREPOSITIONS | {"as"}:
            after, word = draft.end, tree.words[draft.end].casefold()
            if tree.lemmas[head] in _CHOICES and word in {"for", "as"}:
                draft.wanted = self.phrase(after + 1, limit)
                if draft.wanted is not None:
                    draft.end = draft.wanted.end
                    draft.owner, draft.body = draft.wanted.owner or draft.owner, draft.wanted.body
                    return
            dated = word == "as" or tree.pos[min(after + 1, limit - 1)] == "NUM"  # "from 2013 to 2023"
            end, inner = self._prepositional(after, limit) if not dated else (after, None)
            if end == after:
                return
            placed = inner is not None and self.type_of(inner) in {"City", "Region"}
            own = draft.owner is None or draft.owner.first < head  # "Trump's council chief of staff"
            if (inner is None or placed) and own and word in {"of", "for", "on"}:
                draft.title_end = end
            if word in {"of", "for", "in", "at"} and draft.body is None:
                draft.body = self._unnamed(after, end)
            draft.end = end
            if inner is not None and (self._sent_to(head, after, inner) or self._portfolio(head, after, inner)):
                draft.title_end = end
                continue
            if inner is None or not self._fits(inner, tree.quote(title_first, head + 1)):
                continue
            if draft.owner is None:
                draft.owner = inner
            elif self._is_field_of(draft.owner, head) and self.type_of(inner) not in PLACES:
                draft.owner, draft.title_first = inner, draft.owner.first

    def _is_field_of(self, owner: Name, head: int) -> bool:
        """ "China director at the National Security Council": a country that is what the office is about."""
        tree = self.tree
        named = self.lexicons.body_of_title(tree.lemmas[head]) in {"named", ""}
        return named and owner.end <= head and self.type_of(owner) in PLACES and owner.rule != "demonym" and (
            not self.is_possessive(owner.end)
        )  # fmt: skip

    def _unnamed(self, preposition: int, end: int) -> int | None:
        """The noun of "of Estonia's defence forces", which says in other words than a name what is led."""
        for k in range(preposition + 1, end):
            if self.tree.case(k) and self.tree.heads[k] < preposition and k not in self.entities.at:
                return k
        return None

    def _head_after(self, start: int, limit: int, *, plural: bool) -> int | None:
        """The last title noun of a noun phrase that runs from `start` without a break."""
        tree, found, k = self.tree, None, start
        while k < limit and k - start < LONGEST:
            word = tree.words[k].casefold()
            if self.is_person(k):
                return found
            if self.is_title(k) and self.is_plural(k) == plural:
                found = k
                if k + 1 >= limit or not self._continues(k + 1):
                    return found
            elif word == "and" and found is None and self._is_adjectival(k, limit):
                pass
            elif not (self._continues(k) or word in DETERMINERS or word in _NOW or k in self.entities.at):
                return found
            k += 1
        return found

    def _is_adjectival(self, k: int, limit: int) -> bool:
        """ "and" before the title: "trade and industry minister", "Latvian and Lithuanian ministers"."""
        return k + 1 < limit and (k - 1 in self.entities.at or self._continues(k + 1))

    def _continues(self, k: int) -> bool:
        tree = self.tree
        if tree.pos[k] in {"NOUN", "PROPN", "ADJ", "NUM"} or tree.words[k] in _JOINTS:
            return True
        word = tree.words[k].casefold()
        modifier = word in self.lexicons.title_modifiers | self.lexicons.former
        participle = tree.tags[k] == "VBN" and tree.rels[k] == "amod"  # "the suspended parliament"
        hyphened = k > 0 and (self._is_hyphen(k - 1) or self._is_hyphen(k + 1))  # "the self-styled army"
        under = word == "under" and tree.lemmas[min(k + 1, len(tree.words) - 1)] != "secretary"
        return participle or hyphened or (modifier and not under)

    def _prepositional(self, start: int, limit: int) -> tuple[int, Name | None]:
        """End of "of the South Korean Foreign Ministry" and the body in it."""
        tree, k, owner = self.tree, start + 1, None
        while k < limit:
            word = tree.words[k].casefold()
            name = self.entities.at.get(k)
            if name is not None:
                if self.is_person(k):
                    if k - 1 > start and self.is_title(k - 1):  # "under President Obama"
                        return start, None
                    if not (name.end < limit and tree.pos[name.end] in {"NOUN", "PROPN"}):
                        break
                elif self.owns(name):
                    better = owner is None or self.type_of(owner) in PLACES
                    owner = name if better else owner
                k = max(k + 1, name.end)
                continue
            if not (self._continues(k) or word in DETERMINERS or (word == "and" and self._is_field(k, limit))):
                break
            k += 1
        return (k if k > start + 1 else start), owner

    def _is_field(self, k: int, limit: int) -> bool:
        """ "and" inside "ministry of trade and industry", not between two offices."""
        tree = self.tree
        return (
            k + 1 < limit
            and tree.pos[k + 1] in {"NOUN", "PROPN", "ADJ"}
            and tree.words[k + 1].casefold() not in _NOW | self.lexicons.former
            and not self.is_title(k + 1)
            and not self.is_person(k + 1)
        )

    def _owner_before(self, first: int, head: int) -> tuple[Name | None, int]:
        """The body named before the title ("Palestinian Authority President") and where the title proper begins."""
        owner, title_first = None, first
        for k in range(first, head):
            name = self.entities.at.get(k)
            if name is not None and name.end <= head and self.owns(name):
                if owner is not None and self._is_post(owner, name, head):
                    continue
                owner, title_first = name, name.end
            elif name is not None and self.is_possessive(name.end):
                owner, title_first = None, name.end  # "Hungarian minister X's deputy"
        return owner, self._after_articles(title_first, head)

    def _is_post(self, owner: Name, name: Name, head: int) -> bool:
        """ "China's U.N. ambassador": sent by the one, to the other."""
        envoy = self.tree.lemmas[head] in _ENVOYS and self.type_of(owner) == "Country"
        return envoy and self.type_of(name) == "IntergovernmentalOrganization"

    def _after_articles(self, k: int, head: int) -> int:
        words = self.tree.words
        while k < head and (words[k] in _JOINTS or words[k].casefold() in DETERMINERS):
            k += 1
        return k

    def owner_after(self, end: int) -> tuple[Name | None, int]:
        """ "Prime Minister Ishiba Shigeru of Japan"."""
        tree = self.tree
        if end + 1 >= len(tree.words) or tree.words[end].casefold() not in {"of", "from"}:
            return None, end
        k = end + 2 if tree.words[end + 1].casefold() == "the" else end + 1
        name = self.entities.at.get(k)
        if name is not None and self.owns(name) and tree.sents[k] == tree.sents[end - 1]:
            return name, name.end
        return None, end

    def owners_in(self, first: int, end: int) -> list[Name]:
        """All bodies and states named in a range, in order."""
        names = dict.fromkeys(self.entities.at[k] for k in range(first, end) if k in self.entities.at)
        return [n for n in names if self.owns(n)]

    def _fits(self, owner: Name | None, title: str) -> bool:
        """Towns and regions have mayors and governors, and send senators; no other office is theirs."""
        return owner is None or self.type_of(owner) not in {"City", "Region"} or self.fits_place(title)

    def fits_place(self, title: str) -> bool:
        """Is it an office that towns and regions have?"""
        return self.lexicons.body_of_title(title) in {"place", "government"} or (
            fold(title) in self.lexicons.honorific_bodies
        )

    def fitting(self, owner: Name | None, title: str) -> Name | None:
        """The owner, unless it is a place that has no such office."""
        return owner if self._fits(owner, title) else None

    def _portfolio(self, head: int, preposition: int, inner: Name) -> bool:
        """ "Secretary of Labor", "Minister for Energy": what looks like a body is the office's field."""
        if self.tree.lemmas[head] not in {"secretary", "minister", "undersecretary", "commissioner"}:
            return False
        body = self.type_of(inner) in {"Country", "Government", "PublicBody"}
        body = body and " for " not in self.tree.quote(inner.first, inner.end)  # "State for Political Affairs"
        known = inner.rule == "gazetteer" or body
        return self.tree.words[preposition].casefold() in {"of", "for"} and not known

    def _sent_to(self, head: int, preposition: int, inner: Name) -> bool:
        """An ambassador to Japan, a director for Korea serve others, whom the phrase need not name."""
        title, word = self.tree.lemmas[head], self.tree.words[preposition].casefold()
        if self.type_of(inner) not in PLACES:
            return False
        charged = self.lexicons.body_of_title(title) in {"named", ""} and not title.startswith("spokes")
        return (title in _ENVOYS and word in {"to", "for", "in"}) or (
            charged and word == "for" and self.type_of(inner) == "Country"
        )

    def _runs_into_name(self, after: int, limit: int) -> bool:
        """In "A, Deputy Secretary of State for Management B" the office is B's."""
        return after < limit and (self.is_person(after) or self.tree.pos[after] == "PROPN")

    def _title_text(self, first: int, end: int, head: int) -> str:
        """The title without articles, time words and stray marks."""
        tree = self.tree
        drop = self.lexicons.former | _NOW | DETERMINERS | _PASSING
        stray = {"-", "–", "'s", "’s", ")", "("}
        while first < end and (
            tree.words[first].casefold().rstrip(".") in drop
            or tree.words[first] in stray
            or _ORDINAL.fullmatch(tree.words[first])
        ):
            first += 1
        if first >= end:
            return ""
        text = _EARLIER.sub("", tree.line(first, end))
        if end - 1 == head and self.is_plural(head):
            text = text.removesuffix("s")
        return self.lexicons.honorific_titles.get(fold(text), text)

    def _tenure(self, first: int, head: int) -> Tenure:
        tree, lexicons = self.tree, self.lexicons
        around = [tree.words[k].casefold() for k in range(first, min(head + 4, len(tree.words)))]
        before, suffix = around[: head - first + 1], around[head - first + 1 :]
        if any(w in lexicons.former or w in _PAST or w.startswith(("ex-", "then-")) for w in before):
            return Tenure.FORMER
        future = any(w in lexicons.future for w in (*before, *suffix[:2]))
        joined = " ".join(around)
        return Tenure.FUTURE if future or "-elect" in joined or "-designate" in joined else Tenure.CURRENT


@dataclass(slots=True)
class _Draft:
    """A phrase in the making: owner so far, end of the title, end of the phrase, what is behind it."""

    owner: Name | None
    title_end: int
    end: int
    body: int | None = None
    wanted: Phrase | None = None
    title_first: int | None = None
