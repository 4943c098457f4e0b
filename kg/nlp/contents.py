"""What is said: the words that a verb of saying or "according to" reports."""

from kg.nlp.scene import Scene

_CONTENT = ("ccomp", "parataxis")
TELLING = frozenset({"tell", "inform", "assure", "remind", "warn"})
"""Verbs of saying whose object is who is told."""
_LEAST_WORDS = 2


class Contents:
    """Finds the words of statements as ranges; None where nothing much is said."""

    def __init__(self, scene: Scene) -> None:
        self.tree, self.times, self.quotes = scene.tree, scene.times, scene.voices.quotes
        self.saying = scene.lexicons.saying

    def of(self, verb: int) -> tuple[int, int] | None:
        """What is said: a clause below the verb, or the clause that the verb is inserted into."""
        tree = self.tree
        below = [c for c in tree.kids(verb, *_CONTENT) if self._is_content(c, verb)]
        fronted = [tree.clause(c) for c in below if c < verb]
        if len(fronted) > 1:
            return self.strip(fronted[0][0], fronted[-1][1])
        if below:
            return self.strip(*tree.clause(below[0])) if self._is_whole(below[0]) else None
        quoted = [c for c in tree.kids(verb, "obj", "xcomp", "dep") if self.quotes.begin_with(c)]
        if quoted:
            return self.strip(*tree.clause(quoted[0]))
        return self.around(verb) if self._is_inserted(verb) else None

    def _is_content(self, clause: int, verb: int) -> bool:
        if self.tree.rels[clause] == "ccomp":
            return True
        return self.quotes.hold(clause) or clause < verb

    def _is_whole(self, clause: int) -> bool:
        """Is it a clause with a subject, or a quotation? Not in "a textbook critics say overlooks the war"."""
        tree = self.tree
        named = any(tree.pos[k] in {"NOUN", "PROPN", "PRON", "NUM"} for k in range(tree.clause(clause)[0], clause))
        if named or tree.kid(clause, "nsubj", "nsubj:pass", "nsubj:outer", "csubj", "csubj:pass", "expl") is not None:
            return True
        gap = (
            tree.kid(clause, "cop") is not None and tree.rels[tree.heads[clause]] == "acl:relcl"
        )  # "which Rome says are"
        verbless = tree.pos[clause] not in {"VERB", "AUX"} and not gap
        return self.quotes.hold(clause) or tree.is_infinitive(clause) or verbless

    def _is_inserted(self, verb: int) -> bool:
        """Is a verb of saying put into the clause that it hangs on, or behind it: ", he said on Monday,"?"""
        tree = self.tree
        host, first = tree.heads[verb], tree.clause(verb)[0]
        if first and tree.words[first - 1] == ";":  # "Lai flew to Guam; China responded with drills"
            return False
        if tree.rels[verb] not in _CONTENT or host == verb or tree.kid(verb, "nsubj") is None:
            return False
        if tree.kid(verb, "obj") is not None and tree.lemmas[verb] not in TELLING:
            return False  # "it had recalled its ambassador"
        if verb < host and tree.lemmas[host] in self.saying:
            return all(k < verb for k in tree.kids(host, "nsubj"))  # "Avril declared a state of siege, aides said"
        return tree.rels[verb] != "ccomp" or verb < host or (first > host and tree.pos[first - 1] == "PUNCT")

    def around(self, verb: int) -> tuple[int, int] | None:
        """ "The talks, he said, were useful": the host clause without the insertion."""
        tree = self.tree
        host = tree.heads[verb]
        inserted = set(tree.subtree(verb))
        inside = [k for k in tree.subtree(host) if k not in inserted and tree.sents[k] == tree.sents[host]]
        if not inside:
            return None
        parted = min(inside) < min(inserted) and max(inside) > max(inserted)
        if parted and self.parting(verb) is None:
            before = [k for k in inside if k < verb]
            after = [k for k in inside if k > verb]
            inside = before if host in before else after
        return self.strip(min(inside), max(inside) + 1)

    def according_to(self, source: int) -> tuple[int, int] | None:
        """The clause that "according to officials" stands in, without it."""
        tree = self.tree
        host = tree.heads[source]
        if host == source or tree.pos[host] not in {"VERB", "AUX", "NOUN", "ADJ"}:
            return None
        own = set(tree.subtree(source))
        inside = [k for k in tree.subtree(host) if k not in own and tree.sents[k] == tree.sents[host]]
        first, end = min(inside), max(inside) + 1
        if first < source < end - 1:
            end = min(own) if host < source else end
            first = max(own) + 1 if host > source else first
        return self.strip(first, end)

    def beside(self, cue: int, content: tuple[int, int]) -> list[int]:
        """Phrases around a cue that are no part of what is said: "said in a speech on Friday"."""
        first, end = self._gap(cue, content) or (0, 0)
        return [c for c in self.tree.children[cue] if first <= c < end or not content[0] <= c < content[1]]

    def words(self, cue: int, content: tuple[int, int]) -> str:
        """The words of what is said, without the report that parts them."""
        gap = self._gap(cue, content)
        if gap is None or not content[0] < gap[0] < gap[1] < content[1]:
            return self.tree.line(*content)
        return f"{self.tree.line(content[0], gap[0])} {self.tree.line(gap[1], content[1])}"

    def _gap(self, cue: int, content: tuple[int, int]) -> tuple[int, int] | None:
        return self.parting(cue) if content[0] <= cue < content[1] else None

    def parting(self, verb: int) -> tuple[int, int] | None:
        """Words of "..., she said on Monday, ..." with its commas, which part what is said; None where nothing does."""
        tree = self.tree
        if self.quotes.hold(verb):
            return None
        own = set(tree.subtree(verb))
        for told in tree.kids(verb, "ccomp"):
            own -= set(tree.subtree(told))
        own = {k for k in own if tree.pos[k] != "PUNCT"}
        first, end = min(own), max(own) + 1
        low, high = tree.bounds[tree.sents[verb]]
        if not all(k in own or tree.pos[k] == "PUNCT" for k in range(first, end)):
            return None
        while first > low and tree.pos[first - 1] == "PUNCT":
            first -= 1
        while end < high and tree.pos[end] == "PUNCT":
            end += 1
        marks = ({*tree.words[first : min(own)]}, {*tree.words[max(own) + 1 : end]})
        return (first, end) if low < first and end < high and all("," in m for m in marks) else None

    def strip(self, first: int, end: int) -> tuple[int, int] | None:
        """Without leading "that", marks and blanks; None when nothing much is left."""
        tree = self.tree
        while first < end and (tree.words[first].casefold() == "that" or tree.pos[first] == "PUNCT"):
            if tree.words[first].casefold() == "that" and tree.rels[first] not in {"mark", "dep"}:
                break
            first += 1
        while first < end and tree.pos[end - 1] == "PUNCT":
            end -= 1
        if first < end and tree.words[first].casefold() == "to" and tree.pos[first] == "ADP":
            return None  # "note 19 to the annex is amended" tells of no saying
        while first < end and self.times.is_time(first) and tree.pos[first - 1] == "VERB":
            first += 1
        return (first, end) if end - first >= _LEAST_WORDS else None
