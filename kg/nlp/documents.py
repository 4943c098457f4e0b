"""Documents that speak: "a report by the IAEA said", "the statement condemned Iran" are words of who issued them."""

from kg.nlp.entities import EVENTS, PLACES
from kg.nlp.grammar import is_passive
from kg.nlp.noun_phrases import NounPhrases
from kg.nlp.referent import Finder, Referent

DOCUMENT = "document"
"""Rule of a referent that speaks by a document."""
DOCUMENTS = frozenset({
    "report", "statement", "resolution", "communique", "communiqué", "declaration", "letter", "memo", "memorandum",
    "study", "survey", "assessment", "bulletin", "dispatch", "document", "message", "editorial",
})  # fmt: skip
ISSUING = frozenset({
    "issue", "release", "publish", "write", "prepare", "pass", "adopt", "approve", "send", "sign", "post", "make",
    "compile", "produce", "deliver", "distribute", "present", "submit", "draft", "circulate", "put out",
})  # fmt: skip
"""Verbs of those whose words a document holds."""
_BROAD = frozenset({"report", "study", "survey", "editorial", "letter"})
"""Documents of which a state has many by others: an "Israeli report" is no government's."""
_DEEDS = frozenset({
    "accuse", "blame", "call", "condemn", "criticize", "criticise", "praise", "hail", "thank", "express", "describe",
    "denounce", "deplore", "endorse", "support", "back", "oppose", "offer", "invite", "pay",
})  # fmt: skip
"""What documents do, beside verbs that report."""
_BACK = 2
"""Sentences before a document that may tell whose it is."""
_BY = frozenset({"by", "from"})
_NOBODY = (EVENTS | PLACES) - {"Country"}
"""Kinds of what issues no documents."""


class Documents:
    """Finds who speaks by the documents of one article."""

    def __init__(self, finder: Finder, phrases: NounPhrases) -> None:
        self.finder, self.tree, self.entities, self.lexicons = finder, phrases.tree, phrases.entities, phrases.lexicons
        self.is_definite = phrases.is_definite

    def of(self, i: int) -> tuple[Referent, ...]:
        """Who says what the document at word `i` does; () where it says nothing, or nobody is told whose it is."""
        if self.tree.lemmas[i] not in DOCUMENTS or not self._speaks(i):
            return ()
        return self._sources(i) or self._told_before(i)

    def _speaks(self, i: int) -> bool:
        tree, verb = self.tree, self.tree.heads[i]
        if tree.rels[i] != "nsubj" or tree.pos[verb] != "VERB" or is_passive(tree, verb):
            return False
        return tree.lemmas[verb] in self.lexicons.saying | self.lexicons.reporting | _DEEDS

    def _sources(self, i: int) -> tuple[Referent, ...]:
        """Who issued it, by the words around it: "the UN's", "released by", "from his office"."""
        tree = self.tree
        heads = [a for c in tree.kids(i, "acl") if tree.lemmas[c] in ISSUING for a in tree.kids(c, "obl:agent", "obl")]
        heads = [c for c in [*heads, *tree.kids(i, "nmod")] if tree.case(c) in _BY and c > i and not self._is_scene(c)]
        before = [c for c in tree.kids(i, "nmod:poss", "compound") if c < i and not self._is_broad(i, c)]
        found = (r for c in [*heads, *before] for k in tree.conjuncts(c) for r in self.finder.of(k))
        return tuple(Referent(r.entity, r.type, r.first, r.end, DOCUMENT) for r in found if r.type not in _NOBODY)

    def _is_scene(self, c: int) -> bool:
        """ "Reports from Syria": where they come from."""
        name = self.entities.at.get(c)
        return self.tree.case(c) == "from" and name is not None and self.entities.type_of(name.entity) in PLACES

    def _is_broad(self, i: int, owner: int) -> bool:
        """Is it a report named after a state or a person, who need not have written it?"""
        name = self.entities.at.get(owner)
        if name is None:
            return self.tree.rels[owner] == "compound"
        kind = self.entities.type_of(name.entity)
        if kind == "Person":
            return self.tree.rels[owner] == "compound"
        return kind == "Country" and self.tree.lemmas[i] in _BROAD and self.tree.rels[owner] == "compound"

    def _told_before(self, i: int) -> tuple[Referent, ...]:
        """Whose document it is that was told of shortly before."""
        tree, sent = self.tree, self.tree.sents[i]
        if not self.is_definite(i) and sent == 0:
            return ()
        back = _BACK if self.is_definite(i) else 1
        low = tree.bounds[max(0, sent - back)][0]
        for k in range(tree.bounds[sent][0] - 1, low - 1, -1):
            if tree.lemmas[k] == tree.lemmas[i] and k not in self.entities.at:
                return tuple(Referent(r.entity, r.type, i, i + 1, DOCUMENT) for r in self._issuers(k))
        return ()

    def _issuers(self, k: int) -> tuple[Referent, ...]:
        """Whose a document is: "the IAEA released a report", "in a resolution, the Council said"."""
        tree, verb = self.tree, self.tree.heads[k]
        own = self._sources(k)
        if own or verb == k:
            return own
        if tree.rels[k] == "nsubj":
            return self.finder.of(k)
        issued = tree.rels[k] == "obj" and tree.lemmas[verb] in ISSUING
        spoken = (
            tree.rels[k] == "obl" and tree.case(k) == "in" and tree.lemmas[verb] in self.lexicons.reporting | _DEEDS
        )
        subjects = tree.kids(verb, "nsubj") if issued or spoken else []
        return tuple(r for s in subjects for r in self.finder.of(s) if r.type not in EVENTS)
