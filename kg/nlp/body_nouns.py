"""Public bodies by what they do: "South Korea's foreign ministry", "the ministry", "the country's parliament"."""

from kg.ids import fold
from kg.nlp.entities import Name
from kg.nlp.noun_phrases import NounPhrases
from kg.nlp.referent import Referent


class BodyNouns:
    """Finds the bodies that such nouns of one article stand for."""

    def __init__(self, phrases: NounPhrases) -> None:
        self.phrases, self.tree = phrases, phrases.tree
        self.entities, self.lexicons = phrases.entities, phrases.lexicons

    def of(self, i: int) -> tuple[Referent, ...]:
        """ "South Korea's foreign ministry"."""
        tree = self.tree
        first, end = self.phrases.title_range(i)
        while (
            end < len(tree.words)
            and tree.words[end].casefold() in {"of", "for"}
            and end + 1 < len(tree.words)
            and ((end + 1) not in self.entities.at and tree.pos[end + 1] in {"NOUN", "PROPN"})
        ):
            end += 2
        function = self.lexicons.body_function(tree.quote(first, end))
        if not function:
            return ()
        owners = [o for o in self.phrases.owners(i) if self.entities.type_of(o.entity) == "Country"]
        named_before = not owners
        if not owners and self.tree.kid(i, "nmod:poss") is not None:
            owners = self._the_country(i)
            if not owners:
                return ()
        if not owners:
            return self._recent_body(function, i)
        owner = owners[0]
        low, high = min(owner.first, first), max(owner.end, end)
        if named_before:
            low, high = tree.phrase(i)
        local = self.entities.entity("PublicBody", function, within=owner.entity)
        local.forms.add(tree.line(low, high))
        return (Referent(local.id, "PublicBody", low, high, "body"),)

    def _the_country(self, i: int) -> list[Name]:
        """ "Japan is following it," the country's foreign ministry said: the one country named in the sentence."""
        tree = self.tree
        owner = tree.kid(i, "nmod:poss")
        if owner is None or tree.lemmas[owner] not in {"country", "nation"}:
            return []
        first, _ = tree.bounds[tree.sents[i]]
        named = {
            n.entity: n
            for k in range(first, owner)
            if (n := self.entities.at.get(k)) is not None
            and self.entities.type_of(n.entity) == "Country"
            and n.rule != "demonym"
        }
        return list(named.values()) if len(named) == 1 else []

    def _recent_body(self, function: str, i: int) -> tuple[Referent, ...]:
        """ "the ministry": the body of that function named before."""
        known = [e for e in self.entities.locals.values() if e.type == "PublicBody" and fold(e.name) == fold(function)]
        if len(known) == 1 and self.phrases.is_definite(i):
            return (Referent(known[0].id, "PublicBody", i, i + 1, "body"),)
        return ()
