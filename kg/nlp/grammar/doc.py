"""From a spaCy Doc to a tree."""

from collections.abc import Mapping

from spacy.tokens import Doc, Token

from kg.nlp.encoder.kinds import KEY as NAME_KINDS
from kg.nlp.grammar.labels import is_clear, to_universal
from kg.nlp.grammar.parser_errors import mend_parse
from kg.nlp.grammar.tree import Tree

_NONE: Mapping[str, str] = {}


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
    heads = [_visible_head(doc, i, index) for i in keep]
    rels = [t.dep_ or "dep" for t in tokens]
    pos = [_class(t) for t in tokens]
    lemmas = [_verb_lemma(t, known) if p == "VERB" else _noun_lemma(t, p) for t, p in zip(tokens, pos, strict=True)]
    if is_clear(rels):
        heads, rels = to_universal(heads, rels, pos, lemmas)
    sents, bounds = _sentences(doc, index)
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
        names=_names(doc, index),
        kinds=_kinds(doc, index),
    )
    mend_parse(tree, known)
    return tree


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


def _names(doc: Doc, index: Mapping[int, int]) -> list[tuple[int, int, str]]:
    """Named entities in visible words."""
    inside = ((ent.label_, [index[k] for k in range(ent.start, ent.end) if k in index]) for ent in doc.ents)
    return [(words[0], words[-1] + 1, label) for label, words in inside if words]


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


def _verb_lemma(token: Token, known: Mapping[str, str]) -> str:
    """In lower case; one that no rule knows is replaced by a regular base form of the word that some rule does."""
    lemma, word = (token.lemma_ or token.text).casefold(), token.text.casefold()
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
