"""Noun phrases that name an office: "a former chief of staff in Trump's National Security Council"."""

import re
from dataclasses import dataclass

from kg.ids import fold
from kg.model import Tenure
from kg.nlp.entities import PLACES, Name
from kg.nlp.titles.owners import TitleOwners
from kg.nlp.titles.starts import CHOICES
from kg.nlp.titles.words import DETERMINERS, EARLIER, JOINTS, LONGEST, NATIONS, TitleWords

_PREPOSITIONS = frozenset({"of", "for", "at", "in", "to", "with", "on", "from", "under"})
_PASSING = frozenset({
    "mr", "mrs", "ms", "dr", "and", "current", "new", "newly", "elected", "newly-elected", "incumbent", "serving",
    "outgoing", "two-time",
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "yesterday",
})  # fmt: skip
"""Words before a title that are no part of it."""
_NOW = frozenset({"now", "currently", "today", "also", "then", "previously", "once", "formerly", "again", "still"})
_PAST = frozenset({"previously", "once", "formerly", "then"})
"""Adverbs that put the office behind them in the past."""
_TIMES = frozenset({
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march",
    "april", "may", "june", "july", "august", "september", "october", "november", "december", "day", "week", "weekend",
    "month", "year", "decade", "morning", "afternoon", "evening", "night", "eve", "time", "moment", "election", "vote",
    "ceremony", "condition",
})  # fmt: skip
"""Nouns of when or how something was, which no office is of: "president on Wednesday", "premier in a vote"."""
_LONGEST_RANK = 4
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


@dataclass(slots=True)
class _Draft:
    """A phrase in the making: owner so far, end of the title, end of the phrase, what is behind it."""

    owner: Name | None
    title_end: int
    end: int
    body: int | None = None
    wanted: Phrase | None = None
    title_first: int | None = None


class TitlePhrases:
    """Reads such phrases in one article."""

    def __init__(self, words: TitleWords, owners: TitleOwners) -> None:
        self.words, self.tree, self.entities, self.lexicons = words, words.tree, words.entities, words.lexicons
        self.owners = owners

    def phrases(self, start: int, limit: int) -> list[Phrase]:
        """The offices of the phrase that begins at `start`: "prime minister and minister of defence of Qatar"."""
        found: list[Phrase] = []
        k = start
        while k < limit:
            phrase = self.phrase(k, limit)
            if phrase is None:
                break
            found.append(phrase)
            k = self._after_superior(phrase.end, limit)
            if k + 1 < limit and self.tree.words[k] == "," and self.tree.words[k + 1].casefold() == "and":
                k += 1
            if k >= limit or self.tree.words[k].casefold() not in {"and", "&", "or"}:
                break
            k += 1
        return self._shared(found)

    def _after_superior(self, k: int, limit: int) -> int:
        """Skip "under Trump", "under President Trump" between one office and the next."""
        if k >= limit or self.tree.words[k].casefold() != "under":
            return k
        at = k + 1
        while at < limit and at - k < _LONGEST_RANK and not self.words.is_person(at):
            at += 1
        return self.entities.at[at].end if at < limit and self.words.is_person(at) else k

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
        if head is None or (head + 1 < limit and self.words.is_person(head + 1)):
            return None
        owner, title_first = self.owners.owner_before(start, head)
        draft = _Draft(owner, head + 1, head + 1)
        while draft.end < limit and self.words.is_suffix(draft.end):
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

    def _behind(self, draft: _Draft, title_first: int, head: int, limit: int) -> None:
        """Read the prepositional phrases behind a title: what belongs to the title, and whose office it is."""
        tree = self.tree
        while draft.end < limit and tree.words[draft.end].casefold() in _PREPOSITIONS | {"as"}:
            after, word = draft.end, tree.words[draft.end].casefold()
            if tree.lemmas[head] in CHOICES and word in {"for", "as"} and self._wanted(draft, after + 1, limit):
                return
            dated = word == "as" or self._is_time(after, limit)
            end, inner = self._prepositional(after, limit) if not dated else (after, None)
            if end == after:
                return
            placed = inner is not None and self.words.type_of(inner) in {"City", "Region"}
            own = draft.owner is None or draft.owner.first < head  # "Trump's council chief of staff"
            if (inner is None or placed) and own and word in {"of", "for", "on"}:
                draft.title_end = end
            if word in {"of", "for", "in", "at"} and draft.body is None:
                draft.body = self._unnamed(after, end)
            draft.end = end
            if inner is not None and self.owners.is_in_title(head, after, inner):
                draft.title_end = end
                continue
            inner = self.owners.fitting(inner, tree.quote(title_first, head + 1))
            if inner is None:
                continue
            if draft.owner is None:
                draft.owner = inner
            elif self.owners.is_field_of(draft.owner, head) and self.words.type_of(inner) not in PLACES:
                draft.owner, draft.title_first = inner, draft.owner.first

    def _is_time(self, preposition: int, limit: int) -> bool:
        """ "from 2013 to 2023", "on Wednesday", "at the time": when, and no part of the office."""
        tree, k = self.tree, preposition + 1
        if tree.words[preposition].casefold() not in {"in", "on", "at", "from", "under"}:
            return k < limit and tree.pos[k] == "NUM"
        while k < limit and (tree.pos[k] in {"DET", "ADJ"} or k in self.entities.at):
            k += 1
        return k < limit and (tree.pos[k] == "NUM" or tree.lemmas[k].casefold() in _TIMES)

    def _wanted(self, draft: _Draft, start: int, limit: int) -> bool:
        """Read the office behind "nominee for", if one is there."""
        draft.wanted = self.phrase(start, limit)
        if draft.wanted is not None:
            draft.end = draft.wanted.end
            draft.owner, draft.body = draft.wanted.owner or draft.owner, draft.wanted.body
        return draft.wanted is not None

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
            if self.words.is_person(k):
                return found
            if self.words.is_title(k) and self.words.is_plural(k) == plural:
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
        if tree.pos[k] in {"NOUN", "PROPN", "ADJ", "NUM"} or tree.words[k] in JOINTS:
            return True
        word = tree.words[k].casefold()
        modifier = word in self.lexicons.title_modifiers | self.lexicons.former
        participle = tree.tags[k] == "VBN" and tree.rels[k] == "amod"  # "the suspended parliament"
        hyphened = k > 0 and (self.words.is_hyphen(k - 1) or self.words.is_hyphen(k + 1))  # "the self-styled army"
        under = word == "under" and tree.lemmas[min(k + 1, len(tree.words) - 1)] != "secretary"
        return participle or hyphened or (modifier and not under)

    def _prepositional(self, start: int, limit: int) -> tuple[int, Name | None]:
        """End of "of the South Korean Foreign Ministry" and the body in it."""
        tree, k, owner = self.tree, start + 1, None
        while k < limit:
            word = tree.words[k].casefold()
            name = self.entities.at.get(k)
            if name is not None:
                if self.words.is_person(k):
                    if k - 1 > start and self.words.is_title(k - 1):  # "under President Obama"
                        return start, None
                    if not (name.end < limit and tree.pos[name.end] in {"NOUN", "PROPN"}):
                        break
                elif self.owners.owns(name):
                    better = owner is None or self.words.type_of(owner) in PLACES
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
            and not self.words.is_title(k + 1)
            and not self.words.is_person(k + 1)
        )

    def _runs_into_name(self, after: int, limit: int) -> bool:
        """In "A, Deputy Secretary of State for Management B" the office is B's."""
        return after < limit and (self.words.is_person(after) or self.tree.pos[after] == "PROPN")

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
        while first + 2 < end and tree.lemmas[first] in NATIONS and self.words.is_possessive(first + 1):
            first += 2  # "the country's new prime minister"
            while first < end and tree.words[first].casefold() in drop:
                first += 1
        if first >= end:
            return ""
        text = EARLIER.sub("", tree.line(first, end))
        if end - 1 == head and self.words.is_plural(head):
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
