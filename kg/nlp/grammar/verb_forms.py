"""Forms of verbs: lemma with particle, voice, and the kind of clause that they head."""

from kg.nlp.grammar.tree import SUBJECTS, Tree


def verb_lemma(tree: Tree, i: int) -> str:
    """Lemma of a verb with its particle: `back down`."""
    particle = tree.kid(i, "compound:prt")
    return tree.lemmas[i] if particle is None else f"{tree.lemmas[i]} {tree.words[particle].casefold()}"


def is_passive(tree: Tree, verb: int) -> bool:
    """Is the surface subject the patient?"""
    if tree.kid(verb, "aux:pass", "nsubj:pass", "csubj:pass", "obl:agent") is not None:
        return True
    bare = tree.tags[verb] == "VBN" and tree.kid(verb, "aux", "cop") is None
    if bare and tree.rels[verb] in {"acl", "amod"}:
        return True
    if bare and tree.rels[verb] == "advcl" and tree.kid(verb, "obj", "nsubj") is None:
        return True
    return tree.rels[verb] == "conj" and bare and tree.kid(verb, "nsubj") is None and is_passive(tree, tree.heads[verb])


def clause_kind(tree: Tree, clause: int) -> str:
    """`to`, `ing`, `that` (finite) or `that-subjunctive` ("demanded that Iran stop")."""
    if tree.is_infinitive(clause):
        return "to"
    if tree.kid(clause, "aux", "cop") is None:
        if tree.tags[clause] == "VBG":
            return "ing"
        subject = tree.kid(clause, *SUBJECTS, "nsubj:pass")
        bare = tree.words[clause].casefold() == tree.lemmas[clause] and tree.tags[clause] != "VBN"
        if bare and subject is not None and (tree.tags[clause] == "VB" or tree.tags[subject] in {"NN", "NNP"}):
            return "that-subjunctive"
    return "that"
