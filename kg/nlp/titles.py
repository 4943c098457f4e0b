"""Offices in noun phrases: "Israeli Prime Minister Benjamin Netanyahu", "Fred Fleitz, a former chief of staff"."""

from collections.abc import Iterator
from dataclasses import dataclass

from kg.ids import fold
from kg.model import Tenure
from kg.nlp.entities import Entities, Name
from kg.nlp.grammar import Tree
from kg.nlp.lexicons import Lexicons

LONGEST = 14
"""Words of the longest title that is looked for before or after a name."""

_PREPOSITIONS = frozenset({"of", "for", "at", "in", "to", "with", "on", "from", "under"})
_ENVOYS = frozenset({
    "ambassador", "envoy", "consul", "emissary", "nuncio", "negotiator", "commissioner", "legate", "representative",
    "delegate",
})  # fmt: skip
_DETERMINERS = frozenset({"a", "an", "the", "his", "her", "its", "their", "another", "one"})
_JOINTS = frozenset({"'s", "’s", "'", "’", "-", "–"})
_PASSING = frozenset({
    "mr", "mrs", "ms", "dr", "and", "current", "new", "newly", "elected", "newly-elected", "incumbent", "serving",
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "yesterday",
})  # fmt: skip
"""Words before a title that are no part of it."""
_NOW = frozenset({"now", "currently", "today", "also", "then"})
_OWNERS = frozenset({
    "Country", "Government", "PublicBody", "Organization", "ThinkTank", "PoliticalParty",
    "IntergovernmentalOrganization", "ArmedGroup", "PoliticalCampaign", "Company", "MediaOrganization", "City",
    "Region",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Office:
    """One person in one office, as a noun phrase says it.

    Attributes:
        person: local id. owner: name of the body or state, or None where the phrase has none.
        title: the words ("deputy foreign minister"). head: index of the title's head noun.
        tenure: seen from the article. first, end: word range that says all of it. rule: which pattern.
    """

    person: str
    owner: Name | None
    title: str
    head: int
    tenure: Tenure
    first: int
    end: int
    rule: str


class Titles:
    """Finds the offices of one article's persons."""

    def __init__(self, tree: Tree, entities: Entities, lexicons: Lexicons) -> None:
        self.tree, self.entities, self.lexicons = tree, entities, lexicons

    def offices(self) -> Iterator[Office]:
        """All offices in text order of their holders; one phrase may give several."""
        persons = [n for n in sorted(self.entities.names, key=lambda n: n.first) if n.type == "Person"]
        before = [o for name in persons for o in self._before(name)]
        taken = {o.head for o in before}
        yield from before
        for name in persons:
            yield from (o for o in self._after(name) if o.head not in taken)
            yield from self._copular(name)

    # --- before the name -------------------------------------------------------------------------------------------

    def _before(self, name: Name) -> Iterator[Office]:
        tree = self.tree
        low, _ = tree.bounds[tree.sents[name.first]]
        last = name.first - 1
        if last >= low and tree.words[last] == ",":
            last = self._apposed(last - 1, name)
            if last < low:
                return
            rule = "titles.inverted"
        else:
            rule = "titles.before"
        while last > low and tree.words[last].casefold().rstrip(".") in self.lexicons.honorifics:
            last -= 1
        last, plural_from = self._skip_conjunct(last, low)
        if last < low or tree.pos[last] not in {"NOUN", "PROPN", "ADJ"}:
            return
        head = self._head_before(last, low)
        if head is None:
            return
        first = self._extend_left(head, low)
        owner, title_first = self._owner_before(first, head)
        if owner is None and last > head:
            owner = self._owner_between(head + 1, last + 1)
        title = self._title_text(title_first, last + 1 if owner is None or owner.first < head else head + 1)
        end = name.end
        if owner is None:
            owner, end = self._owner_after(name.end)
        if not title:
            return
        owner = owner if self._fits(owner, title) else None
        tenure = self._tenure(first, head, name)
        yield Office(name.entity, owner, title, head, tenure, first, max(end, name.end), plural_from or rule)

    def _apposed(self, last: int, name: Name) -> int:
        """The title noun in "Iran's minister, Name" and "the envoy to Taiwan, Name"; -1 where no title is apposed.

        One must hang on the other: in "after meeting the minister, Name said" they are two people.
        """
        tree = self.tree
        above = tree.heads[name.head]
        for noun in (last, above):
            linked = above == noun or tree.heads[noun] == name.head
            if 0 <= noun < name.first and linked and tree.lemmas[noun] in self.lexicons.title_heads:
                return noun if tree.rels[name.head] in {"appos", "flat", "nmod:desc"} or noun == last else -1
        return -1

    def _skip_conjunct(self, last: int, low: int) -> tuple[int, str]:
        """ "Presidents Biden and Yoon": the second name takes the plural title before the first."""
        tree = self.tree
        if last - 1 < low or tree.words[last].casefold() not in {"and", "&"}:
            return last, ""
        before = self.entities.at.get(last - 1)
        if before is None or self.entities.type_of(before.entity) != "Person":
            return last, ""
        title = before.first - 1
        if title >= low and tree.lemmas[title] in self.lexicons.title_heads and tree.tags[title] in {"NNS", "NNPS"}:
            return title, "titles.plural"
        return last, ""

    def _head_before(self, last: int, low: int) -> int | None:
        """The title's head noun: the word before the name, or before "of State"."""
        tree = self.tree
        for back in range(7):
            k = last - back
            if k < low or (back and not self._inside_title(k)):
                return None
            if self._is_title(k):
                goes_on = back == 0 or tree.words[k + 1].casefold() in {"of", "for", "to"} or self._suffix(k + 1)
                return k if goes_on else None
        return None

    def _suffix(self, k: int) -> bool:
        """ "-designate" and "-elect" after a title."""
        word = self.tree.words[k].casefold()
        return word in {"-", "–"} or word in self.lexicons.future

    def _is_title(self, k: int) -> bool:
        tree = self.tree
        if tree.words[k].casefold().rstrip(".") in self.lexicons.honorific_titles:
            return True
        return tree.lemmas[k] in self.lexicons.title_heads and tree.pos[k] in {"NOUN", "PROPN", "ADJ"}

    def _inside_title(self, k: int) -> bool:
        tree = self.tree
        inner = tree.pos[k] in {"NOUN", "PROPN", "ADJ", "ADP", "DET", "CCONJ", "PUNCT"}
        return inner and tree.words[k] not in ',;:()"“”'

    def _extend_left(self, head: int, low: int) -> int:
        """First word of the noun phrase that ends in the title."""
        tree, k = self.tree, head
        while k - 1 >= low and head - k < LONGEST:
            word = tree.words[k - 1]
            if word in {"'s", "’s", "'", "’"} or word in {"-", "–"} or tree.words[k - 1].casefold() in _DETERMINERS:
                k -= 1
                if tree.words[k].casefold() in _DETERMINERS:
                    break
                continue
            if (k - 1) in self.entities.at and self.entities.type_of(self.entities.at[k - 1].entity) == "Person":
                name = self.entities.at[k - 1]
                if tree.words[k] in {"'s", "’s", "'", "’"} or tree.rels[name.head] in {"compound", "nmod:poss"}:
                    k = name.first
                    continue
                break
            if word == ")" and k - 3 >= low and tree.words[k - 3] == "(":
                k -= 3
                continue
            if (k - 1) in self.entities.at:
                k = self.entities.at[k - 1].first
                continue
            known = word.casefold() in self.lexicons.title_modifiers  # "acting" is a verb to the tagger
            known = known and (word != "under" or tree.lemmas[k] == "secretary")  # "the Council under President Obama"
            if (known or tree.pos[k - 1] in {"NOUN", "PROPN", "ADJ"}) and self._same_phrase(k - 1, head):
                k -= 1
                continue
            if tree.words[k - 1].casefold() in {"and", "of"} and k - 2 >= low and self._same_phrase(k - 2, head):
                k -= 1
                continue
            break
        return k

    def _same_phrase(self, k: int, head: int) -> bool:
        """Does word `k` hang on the title, directly or through another of its words?"""
        tree = self.tree
        word = tree.words[k].casefold()
        if word in self.lexicons.title_modifiers or word in self.lexicons.former:
            return True
        seen = 0
        while tree.heads[k] != k and seen < 4:
            k = tree.heads[k]
            seen += 1
            if k == head or tree.heads[head] == k:
                return True
        return False

    def _owner_before(self, first: int, head: int) -> tuple[Name | None, int]:
        """The body named before the title ("Palestinian Authority President") and where the title proper begins."""
        tree, entities = self.tree, self.entities
        owner, title_first = None, first
        for k in range(first, head):
            name = entities.at.get(k)
            if name is not None and name.end <= head and self._owns(name):
                owner, title_first = name, name.end
            elif name is not None and self._possessive(name.end):
                title_first = name.end
        while title_first < head and (
            tree.words[title_first] in _JOINTS or tree.words[title_first].casefold() in _DETERMINERS
        ):
            title_first += 1
        return owner, title_first

    def _possessive(self, k: int) -> bool:
        return k < len(self.tree.words) and self.tree.words[k] in {"'s", "’s", "'", "’"}

    def _owns(self, name: Name) -> bool:
        """Can it have offices? "State" of "Secretary of State" is no body."""
        return self.entities.type_of(name.entity) in _OWNERS and fold(self.tree.quote(name.first, name.end)) != "state"

    def _fits(self, owner: Name | None, title: str) -> bool:
        """Towns and regions have mayors and governors, and send senators; no other office is theirs."""
        if owner is None or self.entities.type_of(owner.entity) not in {"City", "Region"}:
            return True
        body = self.lexicons.body_of_title(title)
        return body in {"place", "government"} or fold(title) in self.lexicons.honorific_bodies

    def _owner_between(self, first: int, end: int) -> Name | None:
        """ "President of France Emmanuel Macron"."""
        names = [self.entities.at[k] for k in range(first, end) if k in self.entities.at]
        return next((n for n in names if self._owns(n) and not self._portfolio(first - 1, first, n)), None)

    def _owner_after(self, end: int) -> tuple[Name | None, int]:
        """ "Prime Minister Ishiba Shigeru of Japan"."""
        tree = self.tree
        if end + 1 >= len(tree.words) or tree.words[end].casefold() not in {"of", "from"}:
            return None, end
        k = end + 1
        if tree.words[k].casefold() == "the":
            k += 1
        name = self.entities.at.get(k)
        if name is not None and self._owns(name) and tree.sents[k] == tree.sents[end - 1]:
            return name, name.end
        return None, end

    # --- after the name --------------------------------------------------------------------------------------------

    def _after(self, name: Name) -> Iterator[Office]:
        """ ", a former chief of staff in Trump's National Security Council", also two in a row with "and"."""
        tree = self.tree
        start = self._after_own_place(name.end)
        if start >= len(tree.words) or tree.words[start] not in {",", "(", "–", "—"}:
            return
        limit = min(tree.bounds[tree.sents[name.first]][1], start + 40)
        k = start + 1
        while k < limit:
            found = self._phrase_office(name, k, limit)
            if found is None:
                return
            office, k = found
            yield office
            if k < limit and tree.words[k] == "," and k + 1 < limit and tree.words[k + 1].casefold() == "and":
                k += 1
            if k >= limit or tree.words[k].casefold() != "and":
                return
            k += 1

    def _after_own_place(self, end: int) -> int:
        """Skip "of Tennessee" and "(R-Tenn.)" between a name and its apposition."""
        tree = self.tree
        owner, after = self._owner_after(end)
        if owner is not None:
            return after
        if end < len(tree.words) and tree.words[end] == "(":
            for k in range(end, min(end + 8, len(tree.words))):
                if tree.words[k] == ")":
                    return k + 1
        return end

    def _phrase_office(self, name: Name, start: int, limit: int) -> tuple[Office, int] | None:
        """The office in the noun phrase that begins at `start`, and the first word behind it."""
        tree = self.tree
        head = self._head_after(start, limit)
        if head is None or (head + 1 in self.entities.at and self._person_at(head + 1)):
            return None
        owner, title_first = self._owner_before(start, head)
        title_end, after = head + 1, head + 1
        while after < limit and self._suffix(after):
            after += 1
            title_end = after
        while after < limit and tree.words[after].casefold() in _PREPOSITIONS:
            phrase_end, inner = self._prepositional(after, limit)
            if phrase_end == after:
                break
            placed = inner is not None and self.entities.type_of(inner.entity) in {"City", "Region"}
            own = owner is None or owner.first < head  # "Trump's council chief of staff"
            if (inner is None or placed) and own and tree.words[after].casefold() in {"of", "for", "on"}:
                title_end = phrase_end
            if inner is not None and (self._sent_to(head, after, inner) or self._portfolio(head, after, inner)):
                title_end, after = phrase_end, phrase_end
                continue
            owner = owner or (inner if self._fits(inner, tree.quote(title_first, head + 1)) else None)
            after = phrase_end
        title = self._title_text(title_first, title_end)
        if not title or self._runs_into_name(after, limit):
            return None
        tenure = self._tenure(start, head, name)
        return Office(name.entity, owner, title, head, tenure, name.first, after, "titles.appositive"), after

    def _runs_into_name(self, after: int, limit: int) -> bool:
        """In "A, Deputy Secretary of State for Management B" the office is B's."""
        if after >= limit:
            return False
        return (after in self.entities.at and self._person_at(after)) or self.tree.pos[after] == "PROPN"

    def _portfolio(self, head: int, preposition: int, inner: Name) -> bool:
        """ "Secretary of Labor", "Minister for Energy": what looks like a body is the office's field."""
        if self.tree.lemmas[head] not in {"secretary", "minister", "undersecretary", "commissioner"}:
            return False
        known = inner.rule == "gazetteer" or self.entities.type_of(inner.entity) in {
            "Country",
            "Government",
            "PublicBody",
        }
        return self.tree.words[preposition].casefold() in {"of", "for"} and not known

    def _sent_to(self, head: int, preposition: int, inner: Name) -> bool:
        """An ambassador to Japan serves the country that sent her, which the phrase need not name."""
        if self.entities.type_of(inner.entity) not in {"Country", "City", "Region"}:
            return False
        return self.tree.lemmas[head] in _ENVOYS and self.tree.words[preposition].casefold() in {"to", "for", "in"}

    def _head_after(self, start: int, limit: int) -> int | None:
        """The last title noun of a noun phrase that runs from `start` without a break."""
        tree, found = self.tree, None
        k = start
        while k < limit and k - start < LONGEST:
            word = tree.words[k].casefold()
            if self._is_title(k) and not (k in self.entities.at and self._person_at(k)):
                if tree.tags[k] in {"NNS", "NNPS"}:
                    return None
                found = k
                if k + 1 >= limit or not self._continues(k + 1):
                    return found
            elif not (self._continues(k) or word in _DETERMINERS or word in _NOW or k in self.entities.at):
                return found
            k += 1
        return found

    def _person_at(self, k: int) -> bool:
        name = self.entities.at[k]
        return self.entities.type_of(name.entity) == "Person" and not self._possessive(name.end)

    def _continues(self, k: int) -> bool:
        tree = self.tree
        return tree.pos[k] in {"NOUN", "PROPN", "ADJ", "NUM"} or tree.words[k] in {"'s", "’s", "'", "’", "-", "–"}

    def _prepositional(self, start: int, limit: int) -> tuple[int, Name | None]:
        """End of "of the South Korean Foreign Ministry" and the body in it."""
        tree, k, owner = self.tree, start + 1, None
        while k < limit:
            word = tree.words[k].casefold()
            if k in self.entities.at:
                name = self.entities.at[k]
                if self.entities.type_of(name.entity) == "Person" and not self._possessive(name.end):
                    if not (name.end < limit and tree.pos[name.end] in {"NOUN", "PROPN"}):
                        break
                elif self._owns(name):
                    better = owner is None or self.entities.type_of(owner.entity) in {"Country", "City", "Region"}
                    owner = name if better else owner
                k = max(k + 1, name.end)
                continue
            if not (self._continues(k) or word in _DETERMINERS or (word == "and" and self._joined(k, limit))):
                break
            k += 1
        return (k if k > start + 1 else start), owner

    def _joined(self, k: int, limit: int) -> bool:
        """ "and" inside "ministry of trade and industry", not between two offices."""
        tree = self.tree
        return (
            k + 1 < limit
            and tree.pos[k + 1] in {"NOUN", "PROPN", "ADJ"}
            and tree.words[k + 1].casefold() not in _NOW | self.lexicons.former
            and not self._is_title(k + 1)
        )

    # --- "X is the prime minister of Y" ----------------------------------------------------------------------------

    def _copular(self, name: Name) -> Iterator[Office]:
        tree = self.tree
        if tree.rels[name.head] not in {"nsubj", "nsubj:outer"} or tree.heads[name.head] < name.head:
            return
        head = tree.heads[name.head]
        copula = tree.kid(head, "cop")
        if copula is None or not self._is_title(head) or self._hedged(head):
            return
        limit = tree.bounds[tree.sents[head]][1]
        found = self._phrase_office(name, copula + 1, limit)
        if found is None or found[0].head != head:
            return
        office, _ = found
        tenure = office.tenure
        if tenure is Tenure.CURRENT and tree.words[copula].casefold() in {"was", "were", "been"}:
            tenure = Tenure.FORMER
        yield Office(office.person, office.owner, office.title, head, tenure, name.first, office.end, "titles.copula")

    def _hedged(self, head: int) -> bool:
        """Modal, negated or embedded copulas say nothing plain of an office."""
        tree = self.tree
        if any(tree.tags[c] == "MD" for c in tree.kids(head, "aux")):
            return True
        return any(tree.words[c].casefold() in self.lexicons.signatures.negations for c in tree.kids(head, "advmod"))

    # --- shared ----------------------------------------------------------------------------------------------------

    def _title_text(self, first: int, end: int) -> str:
        """The title without articles, time words and stray marks."""
        tree = self.tree
        drop = self.lexicons.former | _NOW | _DETERMINERS | _PASSING
        stray = {"-", "–", "'s", "’s"}
        while first < end and (tree.words[first].casefold().rstrip(".") in drop or tree.words[first] in stray):
            first += 1
        if first >= end:
            return ""
        text = " ".join(tree.quote(first, end).split())
        if tree.tags[end - 1] in {"NNS", "NNPS"}:
            text = text.removesuffix("s")
        return self.lexicons.honorific_titles.get(fold(text), text)

    def _tenure(self, first: int, head: int, name: Name) -> Tenure:
        tree, lexicons = self.tree, self.lexicons
        around = [tree.words[k].casefold() for k in range(first, min(head + 4, len(tree.words)))]
        joined = " ".join(around)
        tail = tree.quote(name.first, min(name.end, len(tree.words))).casefold()
        before = around[: head - first + 1]
        if any(w in lexicons.former or w.startswith(("ex-", "then-")) for w in before):
            return Tenure.FORMER
        suffix = around[head - first + 1 :]
        future = any(w in lexicons.future for w in before) or any(w in lexicons.future for w in suffix[:2])
        if future or "-elect" in joined or "-designate" in joined or tail.endswith("-elect"):
            return Tenure.FUTURE
        return Tenure.CURRENT
