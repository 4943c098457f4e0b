"""What is said without a clause below a verb of saying: hopes conveyed, messages delivered, verdicts, warnings."""

from kg.nlp.contents import Contents
from kg.nlp.grammar import Tree

VOICING = frozenset({
    "convey", "express", "voice", "reaffirm", "reiterate", "restate", "repeat", "affirm", "state", "share", "air",
    "stress", "emphasize", "emphasise", "underline", "underscore", "signal", "highlight", "reinforce",
})  # fmt: skip
"""Verbs that bring what somebody thinks, wants or holds dear into words."""
_THOUGHTS = frozenset({
    "hope", "belief", "view", "confidence", "conviction", "expectation", "optimism", "opinion", "certainty", "wish",
    "desire", "determination", "understanding",
})  # fmt: skip
_MESSAGES = frozenset({"message", "warning", "reply", "answer", "response", "advice", "statement"})
_DESCRIBING = frozenset({"describe", "characterize", "characterise", "portray", "depict", "denounce", "dismiss"})
_WARNING = frozenset({"warn", "caution", "advise"})


class Indirect:
    """Finds such words of one article as ranges; None where there are none."""

    def __init__(self, tree: Tree, contents: Contents) -> None:
        self.tree, self.contents = tree, contents

    def of(self, verb: int) -> tuple[int, int] | None:
        """What a verb tells that somebody said."""
        found = self._thought(verb) or self._message(verb) or self._verdict(verb) or self._warning(verb)
        return self.contents.strip(*found) if found is not None else None

    def _thought(self, verb: int) -> tuple[int, int] | None:
        """ "conveyed his hope that the deal will hold"."""
        tree = self.tree
        noun = tree.kid(verb, "obj")
        if tree.lemmas[verb] not in VOICING or noun is None or noun < verb or tree.lemmas[noun] not in _THOUGHTS:
            return None
        clause = next((c for c in tree.kids(noun, "acl", "ccomp") if tree.case(c) == "that"), None)
        return (tree.phrase(noun)[0], tree.clause(clause)[1]) if clause is not None else None

    def _message(self, verb: int) -> tuple[int, int] | None:
        """ "delivered this message to officials: if he wins, the pact will stay"."""
        tree = self.tree
        noun = tree.kid(verb, "obj")
        if noun is None or noun < verb or tree.lemmas[noun] not in _MESSAGES:
            return None
        below = [c for k in (verb, noun) for c in tree.kids(k, "parataxis", "ccomp", "appos", "acl", "conj", "dep")]
        for c in below:
            first, end = tree.clause(c)
            if c > noun and tree.words[first - 1] == ":":
                return first, end
        return None

    def _verdict(self, verb: int) -> tuple[int, int] | None:
        """ "described the talks as useful"; of "talks, which he described as useful" what stands behind "as"."""
        tree = self.tree
        if tree.lemmas[verb] not in _DESCRIBING or tree.tags[verb] == "VBN":
            return None
        as_what = [c for c in tree.children[verb] if c > verb and tree.case(c) == "as"]
        thing = tree.kid(verb, "obj")
        if (
            not as_what
            or thing is None
            or tree.words[thing].casefold() in {"himself", "herself", "itself", "themselves"}
        ):
            return None
        end = tree.clause(as_what[0])[1]
        if thing > verb:
            return (tree.phrase(thing)[0], end) if thing < as_what[0] else None
        return tree.clause(as_what[0])[0] + 1, end

    def _warning(self, verb: int) -> tuple[int, int] | None:
        """ "warned not to expect a breakthrough", "warned against expecting one"."""
        tree = self.tree
        if tree.lemmas[verb] not in _WARNING or tree.kid(verb, "obj", "iobj", "ccomp") is not None:
            return None
        for c in tree.children[verb]:
            first, end = tree.clause(c)
            negated = tree.words[first].casefold() == "not" and tree.is_infinitive(c)
            against = tree.case(c) == "against" and tree.tags[c] == "VBG"
            if c > verb and (negated or against):
                return first, end
        return None
