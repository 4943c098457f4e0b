"""The parse of an article as plain lists, in Universal Dependencies whatever the parser's scheme."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from kg.nlp.encoder.kinds import KEY as NAME_KINDS
from kg.nlp.grammar.labels import is_clear, to_universal

SUBJECTS = ("nsubj", "nsubj:outer", "csubj")
VERDICTS = frozenset({
    "call", "label", "brand", "term", "describe", "deem", "consider", "find", "view", "see", "regard", "think",
    "believe", "judge", "declare", "denounce", "dismiss", "condemn", "characterise", "characterize", "portray", "slam",
    "criticise", "criticize", "hail", "praise", "decry", "reject", "pronounce", "perceive",
})  # fmt: skip
"""Verbs whose subject holds what their predicative says: "called the report absurd", "sees it as a threat"."""
_CHARGES = frozenset({
    "accuse", "suspect", "convict", "acquit", "blame", "criticise", "criticize", "condemn", "praise", "thank",
})  # fmt: skip
"""Verbs whose "of" or "for" with a gerund says what their object did."""
_SAYINGS = frozenset({
    "charge", "accusation", "allegation", "claim", "report", "assertion", "suggestion", "rumor", "rumour", "warning",
    "threat", "promise", "pledge", "demand", "fear", "concern", "suspicion", "belief", "denial", "reminder", "notice",
})  # fmt: skip
"""Nouns whose that-clause is what is said, and leaves nothing out."""
_NONE: Mapping[str, str] = {}
PARTICLES = frozenset({"down", "up", "out", "off", "back", "away", "over", "aside", "together", "forward", "in"})
_CLAUSAL = frozenset({"acl:relcl", "advcl:relcl", "parataxis", "advcl", "ccomp", "csubj"})
_BEHIND_VERBS = frozenset({"to", "on", "for", "with", "in", "at", "the", "a", "his", "her", "its", "their"})
"""Words that follow the verb in "was due to travel on to Fiji", and rarely the noun of "due to travel costs"."""
_TIGHT = frozenset(",.;:!?\"'“”‘’()[]–—-")


@dataclass(slots=True)
class Tree:
    """Parallel lists over the article's words (whitespace tokens left out).

    Attributes:
        text: the article's text.
        words, lemmas, pos, tags, rels: strings a word; lemmas in lower case, rels in UD.
        heads: index of the head; a root's head is itself.
        starts, ends: character offsets into `text`.
        sents: index of the word's sentence.
        bounds: (first, end) word range of each sentence.
        names: (first, end, label) of the pipeline's named entities, in words.
        kinds: for each word of a name whose kind the pipeline guesses: the kind, and how sure it is.
    """

    text: str
    words: list[str]
    lemmas: list[str]
    pos: list[str]
    tags: list[str]
    rels: list[str]
    heads: list[int]
    starts: list[int]
    ends: list[int]
    sents: list[int]
    bounds: list[tuple[int, int]]
    names: list[tuple[int, int, str]]
    kinds: dict[int, tuple[str, float]] = field(default_factory=dict[int, tuple[str, float]])
    children: list[list[int]] = field(default_factory=list[list[int]])

    def __post_init__(self) -> None:
        self.children = [[] for _ in self.words]
        for i, head in enumerate(self.heads):
            if head != i:
                self.children[head].append(i)

    def move(self, i: int, head: int, rel: str) -> None:
        """Hang a word elsewhere; `head` may be the word itself, which makes it the root.

        A word stays where it is when the head hangs on it: a circle would have no way up.
        """
        if i in self.ancestors(head):
            return
        self.children[self.heads[i]] = [c for c in self.children[self.heads[i]] if c != i]
        self.heads[i], self.rels[i] = head, rel
        if head != i:
            self.children[head] = sorted([*self.children[head], i])

    def kids(self, i: int, *rels: str) -> list[int]:
        """Children of `i` with one of these relations, in order."""
        return [c for c in self.children[i] if self.rels[c] in rels]

    def kid(self, i: int, *rels: str) -> int | None:
        """First child of `i` with one of these relations."""
        return next((c for c in self.children[i] if self.rels[c] in rels), None)

    def conjuncts(self, i: int) -> list[int]:
        """`i` and all that is coordinated below it, in order."""
        found = [i]
        for c in self.children[i]:
            if self.rels[c] == "conj":
                found += self.conjuncts(c)
        return found

    def case(self, i: int) -> str:
        """Preposition (or subordinating mark) of a phrase: `with`, `because of`; "" without one."""
        for c in self.children[i]:
            if self.rels[c] in {"case", "mark"} and c < i:
                fixed = [self.words[k] for k in self.kids(c, "fixed")]
                return " ".join([self.words[c], *fixed]).casefold()
        return ""

    def is_infinitive(self, i: int) -> bool:
        """Does "to" open the clause?"""
        return any(self.words[c].casefold() == "to" for c in self.kids(i, "mark"))

    def is_perfect(self, i: int) -> bool:
        """Has a verb "have" as an auxiliary?"""
        return any(self.lemmas[c] == "have" for c in self.kids(i, "aux"))

    def is_plural(self, i: int) -> bool:
        """Is the word a noun or name tagged as a plural?"""
        return self.tags[i] in {"NNS", "NNPS"}

    def opener(self, i: int) -> str:
        """What opens a phrase or clause; "to" also behind "for" and a subject ("for Sweden to join")."""
        return "to" if self.is_infinitive(i) else self.case(i)

    def subtree(self, i: int, *, skip: Iterable[str] = ()) -> list[int]:
        """Indices of `i` and all below it, sorted; children with a relation in `skip` are left out."""
        left_out = frozenset(skip)
        found, stack = [i], [i]
        while stack:
            for c in self.children[stack.pop()]:
                if self.rels[c] not in left_out:
                    found.append(c)
                    stack.append(c)
        return sorted(found)

    def clause(self, i: int) -> tuple[int, int]:
        """Word range (first, end) of the phrase or clause at `i`, outer punctuation and conjunct clauses left out."""
        inside = [k for k in self.subtree(i, skip=("punct",)) if self.sents[k] == self.sents[i]]
        return inside[0], inside[-1] + 1

    def phrase(self, i: int) -> tuple[int, int]:
        """Word range of the noun phrase at `i`: no case, coordination, relative clause or apposition of its own."""
        own = ("case", "mark", "punct", "cc", "conj", "appos", *_CLAUSAL)
        inside = [k for k in self._own_subtree(i, own) if self.sents[k] == self.sents[i]]
        low = high = i
        known = set(inside)
        while low - 1 in known or (low - 1 >= 0 and low - 2 in known and self._joins(low - 1)):
            low -= 1
        while high + 1 in known or (high + 2 in known and self._joins(high + 1)):
            high += 1
        return low, high + 1

    def _joins(self, k: int) -> bool:
        return self.words[k] in _TIGHT and self.words[k] not in ",;:"

    def _own_subtree(self, i: int, own: tuple[str, ...]) -> list[int]:
        found = [i]
        for c in self.children[i]:
            if self.rels[c] not in own:
                found += self.subtree(c)
        return sorted(found)

    def chars(self, first: int, end: int) -> tuple[int, int]:
        """Character range of a word range."""
        return self.starts[first], self.ends[end - 1]

    def quote(self, first: int, end: int) -> str:
        """The words of a range as they stand in the article."""
        return self.text[self.starts[first] : self.ends[end - 1]]

    def line(self, first: int, end: int) -> str:
        """The same words on one line, with one blank between them."""
        return " ".join(self.quote(first, end).split())

    def ancestors(self, i: int) -> Iterator[int]:
        """Heads above `i`, nearest first."""
        while self.heads[i] != i:
            i = self.heads[i]
            yield i


def make_tree(doc: Doc, known: Mapping[str, str] = _NONE) -> Tree:
    """Copy what reading needs out of a Doc; the only function that touches one.

    Args:
        doc: parsed, with names.
        known: lemmas of verbs that rules ask for, each to itself, and irregular past forms to their lemma; a verb whose
            lemma is none of them is looked up by its form.
    """
    keep = [t.i for t in doc if not t.is_space]
    index = {old: new for new, old in enumerate(keep)}
    tokens = [doc[i] for i in keep]
    heads = [_visible_head(doc, t.i, index) for t in tokens]
    rels = [t.dep_ or "dep" for t in tokens]
    pos = [_class(t) for t in tokens]
    lemmas = [
        _lemma(t.lemma_ or t.text, t.text, known) if p == "VERB" else _noun_lemma(t, p)
        for t, p in zip(tokens, pos, strict=True)
    ]
    if is_clear(rels):
        heads, rels = to_universal(heads, rels, pos, lemmas)
    _mend(heads, rels, lemmas, [t.text for t in tokens], pos)
    sents, bounds = _sentences(doc, index)
    names = [
        (index[inside[0]], index[inside[-1]] + 1, ent.label_)
        for ent in doc.ents
        if (inside := [k for k in range(ent.start, ent.end) if k in index])
    ]
    tree = Tree(
        text=doc.text,
        words=[t.text for t in tokens],
        lemmas=lemmas,
        pos=pos,
        tags=[t.tag_ for t in tokens],
        rels=rels,
        heads=heads,
        starts=[t.idx for t in tokens],
        ends=[t.idx + len(t.text) for t in tokens],
        sents=sents,
        bounds=bounds,
        names=names,
        kinds=_kinds(doc, index),
    )
    _mend_to(tree)
    _mend_calls(tree)
    _mend_due(tree, known)
    return tree


def _kinds(doc: Doc, index: Mapping[int, int]) -> dict[int, tuple[str, float]]:
    """What a pipeline with a head for it says of the kinds of names; {} without."""
    group = doc.spans.get(NAME_KINDS)
    if group is None:
        return {}
    pairs = zip(group, group.attrs.get("scores", ()), strict=True)
    return {
        index[word]: (name.label_, score)
        for name, score in pairs
        for word in range(name.start, name.end)
        if word in index
    }


def _class(token: Token) -> str:
    """Universal tag; participles in a passive and infinitives behind "to" are verbs whatever the tagger thought."""
    passive = any(c.dep_ in {"aux:pass", "nsubj:pass", "auxpass", "nsubjpass"} for c in token.children)
    if token.pos_ == "ADJ" and (token.tag_ == "VBN" or passive):
        return "VERB"
    if token.pos_ == "VERB" and token.tag_ == "JJ" and any(c.dep_ == "cop" for c in token.lefts):
        return "ADJ"
    if token.pos_ in {"NOUN", "ADJ"} and token.dep_ in {"xcomp", "advcl", "ccomp"} and token.text.islower():
        to = any(c.dep_ == "mark" and c.lower_ == "to" and c.i == token.i - 1 for c in token.lefts)
        return "VERB" if to and not any(c.dep_ == "cop" for c in token.lefts) else token.pos_
    return token.pos_


def _lemma(lemma: str, word: str, known: Mapping[str, str]) -> str:
    """In lower case; one that no rule knows is replaced by a regular base form of the word that some rule does."""
    lemma, word = lemma.casefold(), word.casefold()
    base = known.get(word, word)
    if base != word and (lemma == word or lemma not in known):
        return base
    if not known or lemma in known:
        return lemma
    stems = [word.removesuffix(ending) for ending in ("d", "ed", "ing", "s", "es") if word.endswith(ending)]
    doubled = [stem[:-1] for stem in stems if stem[-2:-1] == stem[-1:]]
    if word.endswith(("ies", "ied")):
        stems.append(word[:-3] + "y")
    for form in (word, lemma + "e", *stems, *(stem + "e" for stem in stems), *doubled, lemma[:-1]):
        if form in known:
            return form
    return lemma


def _noun_lemma(token: Token, pos: str) -> str:
    """In lower case; a regular plural that the tagger left as it stands becomes a singular ("supplies")."""
    lemma, word = (token.lemma_ or token.text).casefold(), token.lower_
    if pos == "NOUN" and token.tag_ == "NNS" and lemma == word and word.endswith("ies") and len(word) > 5:
        return word[:-3] + "y"
    return lemma


def _mend(heads: list[int], rels: list[str], lemmas: list[str], words: list[str], pos: list[str]) -> None:
    """Undo frequent errors of parsers."""
    parsed = [*heads], [*rels]
    for i, rel in enumerate(rels):
        if rel in {"nsubj:pass", "obj", "nsubj", "iobj", "flat", "appos", "nmod", "compound", "dislocated"}:
            _mend_argument(i, heads, rels, lemmas, (words, pos))
        elif rel in {"case", "advmod"} and words[i].casefold() in PARTICLES:
            _mend_particle(i, heads, rels, pos)
        elif rel == "ccomp" and _is_bare_participle(i, heads[i], rels, heads, words, lemmas):
            heads[i], rels[i] = i - 1, "acl"
        elif rel == "acl" and lemmas[heads[heads[i]]] in _CHARGES and _is_charge(i, heads, rels, words):
            heads[i], rels[i] = heads[heads[i]], "advcl"
        elif rel == "mark" and rels[heads[i]] == "acl" and i < heads[heads[i]] < heads[i]:
            _mend_gerund(heads[i], heads, rels, words)
        elif rel == "mark" and rels[heads[i]] == "acl:relcl" and _is_content(i, heads, lemmas, words):
            rels[heads[i]] = "acl"
        elif rel in {"amod", "xcomp"} and pos[i] == "ADJ" and lemmas[_verdict(i, heads, rels, pos)] in VERDICTS:
            heads[i], rels[i], rels[i - 1] = _verdict(i, heads, rels, pos), "xcomp", "obj"
    _restore_cycles(heads, rels, *parsed)


def _restore_cycles(heads: list[int], rels: list[str], old_heads: list[int], old_rels: list[str]) -> None:
    """Undo what was mended on a way up that leads back to where it began; parsers give trees, mends might not."""
    sound = [False] * len(heads)
    i = 0
    while i < len(heads):
        way, here = [i], i
        while heads[here] != here and not sound[here] and heads[here] not in way:
            here = heads[here]
            way.append(here)
        circular = heads[here] != here and not sound[here]
        for k in way:
            sound[k] = not circular
            if circular:
                heads[k], rels[k] = old_heads[k], old_rels[k]
        if circular:
            sound = [False] * len(heads)
        i = 0 if circular else i + 1


def _mend_argument(
    i: int, heads: list[int], rels: list[str], lemmas: list[str], forms: tuple[list[str], list[str]]
) -> None:
    """Subjects and objects.

    An active perfect or past ("shot down two drones") taken for a passive; the one who is asked taken for the object of
    what he is asked to do ("urged Israel to attack", "helped Sudan fight"), or of the asking ("pushed for Berlin to
    act"); an object taken for a second subject, or for a part of a name before the verb; the subject taken for an
    apposition of the object behind the verb, which an apposition never precedes, or for a topic outside of the clause
    ("Australia is concerned").
    """
    words, pos = forms
    rel, verb = rels[i], heads[i]
    if rel == "nsubj:pass":
        _mend_active(i, heads, rels, lemmas)
    elif rel == "flat":
        between = [k for k in range(verb + 1, i) if pos[k] == "VERB" and heads[k] != i]
        if between:
            heads[i], rels[i] = between[-1], "obj"
    elif rel in {"appos", "nmod", "compound"}:
        if _is_before_governor(i, verb, rels, heads, pos) and "case" not in _relations(i, rels, heads):
            heads[i], rels[i] = heads[verb], "nsubj"
    elif rel == "dislocated":
        if i < verb and not any(heads[k] == verb and rels[k] in SUBJECTS for k in range(max(0, verb - 40), verb)):
            rels[i] = "nsubj"
    elif _is_before_to(i, verb, rels, heads, words) or _is_before_bare(i, verb, rels, heads, lemmas):
        heads[i], rels[i] = heads[verb], "obj"
    elif rel in {"obj", "nsubj"} and (clause := _behind_for(i, verb, rels, heads, words)) is not None:
        heads[i], rels[i] = clause, "nsubj"
    elif rel == "nsubj" and _is_second_subject(i, verb, rels, heads, pos):
        rels[i] = "obj"


def _mend_particle(i: int, heads: list[int], rels: list[str], pos: list[str]) -> None:
    """A particle taken for a preposition or an adverb."""
    verb = heads[i]
    if rels[i] == "advmod":
        if verb == i - 1 and pos[verb] == "VERB":
            rels[i] = "compound:prt"
        return
    governor = heads[verb]
    double = i + 1 < len(rels) and rels[i + 1] == "case" and heads[i + 1] == verb
    if double and governor != verb and pos[governor] == "VERB" and governor < i:
        heads[i], rels[i] = governor, "compound:prt"


def _is_charge(gerund: int, heads: list[int], rels: list[str], words: list[str]) -> bool:
    """Is it what an object is accused of, taken for a part of the object ("accused the government of planning")?"""
    if not words[gerund].endswith("ing") or rels[heads[gerund]] not in {"obj", "nsubj:pass"}:
        return False
    marks = [words[k].casefold() for k in range(heads[gerund], gerund) if heads[k] == gerund and rels[k] == "mark"]
    return bool({"of", "for"} & set(marks))


def _is_content(mark: int, heads: list[int], lemmas: list[str], words: list[str]) -> bool:
    """Does "that" open what was said, taken for a relative clause: "charges that it attacked"?"""
    return words[mark].casefold() == "that" and lemmas[heads[heads[mark]]] in _SAYINGS


def _mend_gerund(gerund: int, heads: list[int], rels: list[str], words: list[str]) -> None:
    """The subject of a gerund taken for the noun that the gerund describes ("the risk of Russia attacking")."""
    noun = heads[gerund]
    if words[gerund].endswith("ing"):
        heads[gerund], heads[noun], rels[noun] = heads[noun], gerund, "nsubj"


def _verdict(i: int, heads: list[int], rels: list[str], pos: list[str]) -> int:
    """The verb above the noun right before an adjective that belongs to either; else the adjective itself.

    A verdict is often taken for a part of what it is passed on: "called the report absurd".
    """
    noun = i - 1
    if noun < 0 or pos[noun] not in {"NOUN", "PROPN"} or rels[noun] not in {"obj", "xcomp"}:
        return i
    return heads[noun] if heads[i] in {noun, heads[noun]} and heads[noun] < noun else i


def _mend_to(tree: Tree) -> None:
    """ "travelled on to Fiji": the `on` goes with the verb; "the first to visit": the infinitive is a clause."""
    for i in range(1, len(tree.words)):
        above = tree.heads[i]
        double = tree.words[i - 1 : i + 1] == ["on", "to"] and tree.rels[i - 1] == tree.rels[i] == "case"
        if double and tree.heads[above] != above:
            tree.move(i - 1, tree.heads[above], "advmod")
        elif tree.rels[i] == "amod" and tree.pos[i] == "VERB" and above < i and tree.words[i - 1].casefold() == "to":
            tree.move(i, above, "acl")


def _mend_calls(tree: Tree) -> None:
    """ "called Kim one of the worst leaders": what stands right behind the object, without a comma, is a verdict."""
    for i, head in enumerate(tree.heads):
        verb = tree.heads[head]
        if tree.rels[i] not in {"appos", "nmod", "dep", "conj"} or tree.lemmas[verb] != "call" or tree.case(i):
            continue
        gap = {tree.words[k] for k in range(head + 1, i)}
        if tree.rels[head] == "obj" and head < i and not gap & {",", "(", "and", "-", "–"}:
            tree.move(i, verb, "xcomp")


def _mend_due(tree: Tree, known: Mapping[str, str]) -> None:
    """In "is due to meet" the "due to" is no preposition: the infinitive is what is to come."""
    for i in range(len(tree.words) - 3):
        verb, lead = i + 2, tree.heads[i + 2] == i
        if (tree.words[i].casefold(), tree.words[i + 1].casefold()) != ("due", "to"):
            continue
        be = [c for k in (i, verb) for c in tree.kids(k, "cop", "aux") if tree.lemmas[c] == "be" and c < i]
        if not be or not (lead or tree.heads[i] == verb):
            continue
        finite = tree.pos[verb] == "VERB" and tree.words[verb] == tree.lemmas[verb]
        mistaken = tree.lemmas[verb] in known and tree.words[verb + 1].casefold() in _BEHIND_VERBS
        if finite or mistaken:
            tree.pos[verb], tree.tags[verb] = "VERB", "VB"
            tree.move(i + 1, verb, "mark")
            for c in tree.kids(verb, "nmod"):
                tree.move(c, verb, "obl")
            if not lead:
                tree.move(i, verb, "advmod")
                for c in be:
                    tree.move(c, verb, "aux")


def _relations(i: int, rels: list[str], heads: list[int]) -> set[str]:
    """Relations of the words near before `i` that hang on it."""
    return {rels[k] for k in range(max(0, i - 6), i) if heads[k] == i}


def _is_before_to(i: int, verb: int, rels: list[str], heads: list[int], words: list[str]) -> bool:
    """Does a word stand before the "to" of the infinitive that it hangs on, behind the verb above?"""
    above = heads[verb]
    if rels[verb] != "xcomp" or not above < i < verb:
        return False
    return any(heads[k] == verb and rels[k] == "mark" and words[k].casefold() == "to" for k in range(i + 1, verb))


def _is_before_bare(i: int, verb: int, rels: list[str], heads: list[int], lemmas: list[str]) -> bool:
    """Does a word stand before the bare infinitive that it hangs on: "helped Sudan fight cholera"?"""
    return rels[verb] == "xcomp" and heads[verb] < i < verb and lemmas[heads[verb]] in {"help", "let"}


def _behind_for(i: int, verb: int, rels: list[str], heads: list[int], words: list[str]) -> int | None:
    """The infinitive whose "for" stands before a word taken for the object above: "pushed for Berlin to act"."""
    marks = [k for k in range(verb + 1, i) if words[k].casefold() == "for" and rels[k] == "mark" and heads[k] > i]
    if not marks or heads[heads[marks[-1]]] != verb:
        return None
    clause = heads[marks[-1]]
    between = (k for k in range(i + 1, clause) if heads[k] == clause and rels[k] == "mark")
    return clause if any(words[k].casefold() == "to" for k in between) else None


def _is_second_subject(i: int, verb: int, rels: list[str], heads: list[int], pos: list[str]) -> bool:
    """Does a subject stand behind a verb that has one before it and no object?"""
    if pos[verb] != "VERB" or i < verb:
        return False
    own = [k for k in range(max(0, verb - 40), min(len(rels), i + 20)) if heads[k] == verb]
    return any(rels[k] == "nsubj" and k < verb for k in own) and not any(rels[k] in {"obj", "ccomp"} for k in own)


def _is_before_governor(i: int, noun: int, rels: list[str], heads: list[int], pos: list[str]) -> bool:
    """Does a word stand before the verb that the noun it hangs on depends on, and has that verb no subject?"""
    verb = heads[noun]
    if pos[verb] != "VERB" or not i < verb < noun:
        return False
    return not any(heads[k] == verb and rels[k] in {*SUBJECTS, "nsubj:pass"} for k in range(max(0, i - 40), verb))


def _is_bare_participle(
    i: int, verb: int, rels: list[str], heads: list[int], words: list[str], lemmas: list[str]
) -> bool:
    """Does a verb's form in -ed, with nothing of a clause before it, stand right behind an object of the verb above?

    It describes that object and is not what is said: "warned countries opposed to it".
    """
    if verb >= i - 1 or heads[i - 1] != verb or rels[i - 1] not in {"obj", "iobj"} or not words[i - 1].islower():
        return False
    return words[i].endswith("ed") and words[i] != lemmas[i] and i not in heads[verb + 1 : i]


def _mend_active(i: int, heads: list[int], rels: list[str], lemmas: list[str]) -> None:
    """The subject of an active verb taken for that of a passive."""
    if _is_active_perfect(heads[i], heads, rels, lemmas):
        rels[i] = "nsubj"
    elif i < heads[i] and (things := _behind_active(heads[i], heads, rels)):
        rels[i] = "nsubj"
        for k in things:
            rels[k] = "obj"


def _behind_active(verb: int, heads: list[int], rels: list[str]) -> list[int]:
    """Second subjects behind a verb without an auxiliary, which are its objects."""
    kids = [k for k in range(max(0, verb - 40), min(len(heads), verb + 40)) if heads[k] == verb]
    if any(rels[k] in {"aux", "aux:pass", "cop"} for k in kids):
        return []
    return [k for k in kids if k > verb and rels[k] == "nsubj:pass"]


def _is_active_perfect(verb: int, heads: list[int], rels: list[str], lemmas: list[str]) -> bool:
    auxiliaries = [k for k in range(max(0, verb - 12), verb) if heads[k] == verb and rels[k].startswith("aux")]
    return any(lemmas[k] == "have" for k in auxiliaries) and not any(lemmas[k] in {"be", "get"} for k in auxiliaries)


def _visible_head(doc: Doc, i: int, index: dict[int, int]) -> int:
    head = doc[i].head.i
    while head not in index:
        above = doc[head].head.i
        if above == head:
            return index[i]
        head = above
    return index[head]


def _sentences(doc: Doc, index: dict[int, int]) -> tuple[list[int], list[tuple[int, int]]]:
    sents: list[int] = []
    bounds: list[tuple[int, int]] = []
    for sent in doc.sents:
        inside = [index[k] for k in range(sent.start, sent.end) if k in index]
        if inside:
            sents += [len(bounds)] * len(inside)
            bounds.append((inside[0], inside[-1] + 1))
    return sents, bounds
