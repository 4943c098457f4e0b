"""Where the noun phrase of an office begins, looked for from its end."""

from kg.nlp.titles.words import DETERMINERS, LONGEST, POSSESSIVES, TitleWords

CHOICES = frozenset({"nominee", "pick", "choice", "candidate", "contender", "hopeful"})
"""Whom somebody wants for the office that "for" or "as" introduces."""


class TitleStarts:
    """Finds head and first word of such phrases in one article."""

    def __init__(self, words: TitleWords) -> None:
        self.words, self.tree, self.entities, self.lexicons = words, words.tree, words.entities, words.lexicons

    def head_before(self, last: int, low: int) -> int | None:
        """The head noun of a title that ends at the word `last`: the word itself, or one before "of State"."""
        tree = self.tree
        for k in range(last, max(low, last - LONGEST) - 1, -1):
            if k < last and not self._inside_title(k):
                return None
            if self.words.is_title(k):
                linked = k == last or tree.words[k + 1].casefold() in {"of", "for", "to"}
                return k if linked or self.words.is_suffix(k + 1) else None
        return None

    def _inside_title(self, k: int) -> bool:
        tree = self.tree
        inner = tree.pos[k] in {"NOUN", "PROPN", "ADJ", "ADP", "DET", "CCONJ", "PUNCT"} or self.words.is_possessive(k)
        inner = inner or k in self.entities.at
        return inner and tree.words[k] not in ',;:()"“”' and not self.words.is_person(k)

    def first_of(self, head: int, low: int) -> int:
        """First word of the noun phrase that ends in the title."""
        tree, k = self.tree, head
        while k - 1 >= low and head - k < LONGEST:
            word = tree.words[k - 1].casefold()
            if word in DETERMINERS:
                return k - 1
            if word in POSSESSIVES or self.words.is_hyphen(k - 1):
                k -= 1
                continue
            name = self.entities.at.get(k - 1)
            if name is not None:
                person = self.words.type_of(name) == "Person"
                if person and not (self.words.is_possessive(k) or tree.rels[name.head] in {"compound", "nmod:poss"}):
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
        return first - 2 if self.tree.lemmas[first - 2] in CHOICES else None

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
        return self.words.is_plural(head) if before in self.entities.at else self._same_phrase(before, head)

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
