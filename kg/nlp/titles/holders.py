"""Who holds an office by the noun phrases around names: "Israeli Prime Minister Benjamin Netanyahu"."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.model import Tenure
from kg.nlp.entities import Entities, Name
from kg.nlp.grammar import Tree
from kg.nlp.lexicons import Lexicons
from kg.nlp.titles.owners import TitleOwners
from kg.nlp.titles.phrases import Phrase, TitlePhrases
from kg.nlp.titles.starts import TitleStarts
from kg.nlp.titles.words import TitleWords

_LINKS = frozenset({"appos", "flat", "nmod:desc", "nmod", "conj", "compound", "dep", "nmod:unmarked"})
_OPENERS = frozenset({",", "(", "–", "—"})
_REACH = 40
"""Words behind a name in which its appositions are looked for."""
_MOST_BEARERS = 6


@dataclass(frozen=True, slots=True)
class Office:
    """One person in one office, as a noun phrase says it.

    Attributes:
        person: local id. owner: name of the body or state, or None where the phrase has none.
        title: the words ("deputy foreign minister"). head: index of the title's head noun.
        tenure: seen from the article. first, end: word range that says all of it. rule: which pattern.
        body: index of the noun that says whose office it is in other words than a name, or None.
        by: local id of who gives it, "" when unknown.
    """

    person: str
    owner: Name | None
    title: str
    head: int
    tenure: Tenure
    first: int
    end: int
    rule: str
    body: int | None = None
    by: str = ""


class Titles:
    """Finds the offices of one article's persons."""

    def __init__(self, tree: Tree, entities: Entities, lexicons: Lexicons) -> None:
        self.tree, self.entities, self.lexicons = tree, entities, lexicons
        self.words = TitleWords(tree, entities, lexicons)
        self.starts, self.owners = TitleStarts(self.words), TitleOwners(self.words)
        self.phrases = TitlePhrases(self.words, self.owners)

    def offices(self) -> Iterator[Office]:
        """All offices in text order of their holders; one phrase may give several."""
        persons = [n for n in sorted(self.entities.names, key=lambda n: n.first) if n.type == "Person"]
        shared = list(self._shared(persons))
        before = [*shared, *(o for name in persons for o in self._before(name))]
        taken = {o.head for o in before}
        yield from before
        for name in persons:
            yield from (o for o in self._after(name) if o.head not in taken)
            yield from self._copular(name)
            yield from self._named_by_copula(name)

    def at(self, noun: int) -> Phrase | None:
        """The office whose head a noun is, with the words before it; None where it heads none."""
        low, high = self.tree.bounds[self.tree.sents[noun]]
        phrase = self.phrases.phrase(self.starts.first_of(noun, low), high)
        return phrase if phrase is not None and phrase.head == noun else None

    def _low(self, k: int) -> int:
        return self.tree.bounds[self.tree.sents[k]][0]

    # --- before the name -------------------------------------------------------------------------------------------

    def _before(self, name: Name) -> Iterator[Office]:
        """ "Israeli Prime Minister X", "the Pentagon's press secretary, X", "the envoy to Taiwan, General X"."""
        low = self._low(name.first)
        start = self._after_ranks(name.first, low)
        last, rule = start - 1, "titles.before"
        if last > low and self.tree.words[last] == ",":
            last, rule = last - 1, "titles.inverted"
        found = self._ending_at(last, low)
        if found and rule == "titles.inverted" and not self._is_apposed(found[0], last + 1, name):
            found = []
        if not found and start < name.first:  # the rank is all there is
            rule, found = "titles.before", self._ending_at(name.first - 1, low)
        for phrase in found:
            owner, end = phrase.owner, name.end
            if owner is not None and owner.end == name.first and self._is_second(phrase.first):
                continue
            if owner is None and phrase.body is None:
                owner, end = self.owners.owner_after(name.end)
            yield self._office(name, phrase, rule, (phrase.first, max(end, name.end)), owner)

    def _is_second(self, first: int) -> bool:
        """ "An adviser to the president of Iran, X" may be either of the two."""
        link = first > 1 and self.tree.words[first - 1].casefold() in {"to", "for", "of"}
        return link and self.words.is_title(first - 2)

    def _after_ranks(self, k: int, low: int) -> int:
        """Where ranks and honorifics before a name begin, when a title stands before them: "leader Ayatollah X"."""
        words, first = self.tree.words, k
        while k - 1 > low and self._is_rank(k - 1):
            k -= 1
        while first - 1 > low and words[first - 1].casefold().rstrip(".") in self.lexicons.honorifics:
            first -= 1
        at = k - 2 if k - 1 > low and words[k - 1] == "," else k - 1
        return k if k < first and self._ending_at(at, low) else first

    def _is_rank(self, k: int) -> bool:
        """ "General" is one of "Lieutenant General X", and none of "Secretary General X"."""
        ranks, words = self.lexicons.honorifics | self.lexicons.ranks, self.tree.words
        word, before = words[k].casefold(), words[k - 1].casefold()
        ranked = word in ranks or word.rstrip(".") in ranks
        ranked = ranked or (word == "ambassador" and before == ",")
        return ranked and (before in ranks or f"{before} {word}" not in self.lexicons.title_heads)

    def _ending_at(self, last: int, low: int) -> list[Phrase]:
        """The offices of a noun phrase of which `last` is the last word."""
        nominal = last >= low and self.tree.pos[last] in {"NOUN", "PROPN", "ADJ"}
        if not nominal and (last < low or self.tree.words[last].casefold() not in self.lexicons.future):
            return []
        head = self.starts.head_before(last, low)
        if head is None or self.words.is_plural(head):
            return []
        first = self.starts.first_of(head, low)
        choice = self.starts.before_choice(first)
        first = first if choice is None else self.starts.first_of(choice, low)
        found = self.phrases.phrases(first, last + 1)
        return found if found and found[-1].end == last + 1 else []

    def _is_apposed(self, phrase: Phrase, comma: int, name: Name) -> bool:
        """Is the name an apposition of the title? In "after meeting the minister, Name said" they are two people."""
        tree = self.tree
        above = name.head
        for _ in range(4):
            if phrase.first <= above < comma:
                break
            if tree.rels[above] not in _LINKS:
                return self._is_closed(phrase, name)
            above = tree.heads[above]
        if not phrase.first <= above < comma:
            return self._is_closed(phrase, name)
        if tree.rels[name.head] == "conj" or self._is_governed(phrase.first):
            return self._is_closed(phrase, name) or (above == phrase.head and tree.rels[name.head] == "appos")
        return True

    def _is_closed(self, phrase: Phrase, name: Name) -> bool:
        """ "The minister of defence, Name, said": between commas, and no member of a list or end of an adverbial."""
        tree = self.tree
        after = name.end
        if after >= len(tree.words) or tree.words[after] not in {",", ".", ";", ")"}:
            return False
        goes_on = tree.words[after] == "," and tree.words[after + 1].casefold() in {"and", "or", "&"}
        if goes_on and after + 2 in self.entities.at:  # ", and Macron": a list of people
            return False
        if self._is_governed(phrase.first):
            return False
        return not any(tree.rels[k] in {"advcl", "obl"} and tree.heads[k] >= name.first
                       for k in (phrase.head, *tree.ancestors(phrase.head)))  # fmt: skip

    def _is_governed(self, first: int) -> bool:
        """ "The wife of the president, Name": who is apposed to whom only the parser can say."""
        tree = self.tree
        at = first - 1
        if at <= 0 or tree.pos[at] != "ADP" or tree.sents[at] != tree.sents[first]:
            return False
        governor = tree.heads[tree.heads[at]]
        return tree.pos[governor] in {"NOUN", "PROPN"} and governor < at

    # --- one title of several people -------------------------------------------------------------------------------

    def _shared(self, persons: list[Name]) -> Iterator[Office]:
        """ "Presidents Biden and Yoon", "the foreign ministers of Japan and South Korea, A and B"."""
        run: list[Name] = []
        for name in [*persons, None]:
            if run and name is not None and self._goes_on(run[-1], name):
                run.append(name)
                continue
            if 2 <= len(run) <= _MOST_BEARERS:
                yield from self._of_run(run)
            run = [name] if name is not None else []

    def _goes_on(self, last: Name, name: Name) -> bool:
        """Does a name follow another in a list, with nothing between but a comma, "and" and the other's country?"""
        _, end = self.owners.owner_after(last.end)
        between = [w.casefold() for w in self.tree.words[end : name.first]]
        same = self.tree.sents[last.first] == self.tree.sents[name.first]
        return same and between in ([","], ["and"], ["&"], [",", "and"])

    def _of_run(self, run: list[Name]) -> Iterator[Office]:
        low = self._low(run[0].first)
        last = run[0].first - 1
        if last > low and self.tree.words[last] == ",":
            last -= 1
        head = self.starts.head_before(last, low) if last >= low else None
        if head is None or not self.words.is_plural(head):
            return
        first = self.starts.first_of(head, low)
        phrase = self.phrases.phrase(first, last + 1, plural=True)
        if phrase is None or phrase.end != last + 1:
            return
        owners = self.owners.owners_in(first, last + 1)
        if len(owners) not in {0, 1, len(run)}:
            return
        for at, name in enumerate(run):
            owner, end = self.owners.owner_after(name.end)
            owner = owner or (owners[at % len(owners)] if owners else None)
            yield self._office(name, phrase, "titles.plural", (first, max(end, name.end)), owner)

    # --- after the name --------------------------------------------------------------------------------------------

    def _after(self, name: Name) -> Iterator[Office]:
        """ ", a former chief of staff in Trump's National Security Council", also two in a row with "and"."""
        tree = self.tree
        start = self._after_own_place(name.end)
        if start >= len(tree.words) - 1 or tree.words[start] not in _OPENERS:
            return
        if tree.words[start + 1].casefold() in {"and", "or", "&"}:  # "A, and Deputy Secretary B"
            return
        limit = min(tree.bounds[tree.sents[name.first]][1], start + _REACH)
        first, past = self._after_relative(start + 1)
        for phrase in self.phrases.phrases(first, limit):
            tenure = Tenure.FORMER if past and phrase.tenure is Tenure.CURRENT else phrase.tenure
            office = self._office(name, phrase, "titles.appositive", (name.first, phrase.end), phrase.owner)
            yield office if tenure is office.tenure else replace(office, tenure=tenure)

    def _after_relative(self, k: int) -> tuple[int, bool]:
        """ "who is the head of the AU": the word behind the copula, and whether it is in the past."""
        words = [w.casefold() for w in self.tree.words[k : k + 4]]
        if not words or words[0] != "who":
            return k, False
        for form in (("is",), ("was",), ("has", "been"), ("had", "been")):
            if tuple(words[1 : 1 + len(form)]) == form:
                return k + 1 + len(form), form[0] in {"was", "had"}
        return k, False

    def _after_own_place(self, end: int) -> int:
        """Skip "of Tennessee" and "(R-Tenn.)" between a name and its apposition."""
        words = self.tree.words
        owner, after = self.owners.owner_after(end)
        if owner is not None:
            return after
        if end < len(words) and words[end] == "(":
            return next((k + 1 for k in range(end, min(end + 8, len(words))) if words[k] == ")"), end)
        return end

    # --- "X is the prime minister of Y" ----------------------------------------------------------------------------

    def _copular(self, name: Name) -> Iterator[Office]:
        tree, subject = self.tree, name.head
        if tree.rels[subject] == "appos" and tree.heads[subject] < name.first:  # "its author, X, was an adviser"
            subject = tree.heads[subject]
        if tree.rels[subject] not in {"nsubj", "nsubj:outer"} or tree.heads[subject] < name.head:
            return
        head = tree.heads[subject]
        copula = tree.kid(head, "cop")
        if copula is None or not self.words.is_title(head) or self._is_hedged(head):
            return
        found = self.phrases.phrases(copula + 1, tree.bounds[tree.sents[head]][1])
        if not any(p.head == head for p in found):
            return
        words = {tree.words[k].casefold() for k in (copula, *tree.kids(head, "aux"))}
        past = bool(words & {"was", "were", "had"})
        for phrase in found:
            office = self._office(name, phrase, "titles.copula", (name.first, phrase.end), phrase.owner)
            yield replace(office, tenure=Tenure.FORMER) if past and office.tenure is Tenure.CURRENT else office

    def _named_by_copula(self, name: Name) -> Iterator[Office]:
        """ "The new prime minister is X", "Milei's pick for foreign minister is X"."""
        tree = self.tree
        copula = tree.kid(name.head, "cop")
        subject = tree.kid(name.head, "nsubj")
        if copula is None or subject is None or not subject < copula < name.first or self._is_hedged(name.head):
            return
        if self.words.is_title(subject) and subject not in self.entities.at:
            for phrase in self._ending_at(copula - 1, self._low(copula)):
                if subject in {phrase.head, *range(phrase.first, phrase.end)}:
                    yield self._office(name, phrase, "titles.copula", (phrase.first, name.end), phrase.owner)

    def _is_hedged(self, head: int) -> bool:
        """Modal, negated or embedded copulas say nothing plain of an office."""
        tree = self.tree
        if any(tree.tags[c] == "MD" for c in tree.kids(head, "aux")):
            return True
        return any(tree.words[c].casefold() in self.lexicons.signatures.negations for c in tree.kids(head, "advmod"))

    # --- shared ----------------------------------------------------------------------------------------------------

    def _office(self, name: Name, phrase: Phrase, rule: str, span: tuple[int, int], owner: Name | None) -> Office:
        tail = self.tree.quote(name.first, name.end).casefold()
        tenure = Tenure.FUTURE if tail.endswith("-elect") else phrase.tenure
        owner = self.owners.fitting(owner, phrase.title)
        return Office(name.entity, owner, phrase.title, phrase.head, tenure, *span, rule, phrase.body)
