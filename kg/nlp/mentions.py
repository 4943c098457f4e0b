"""Names in a text: what the pipeline found, what the gazetteer knows, and which of them are one entity."""

import re

from kg.ids import fold
from kg.model import Known, Lexicon
from kg.nlp.appointees import mend_appointees, mend_spelling
from kg.nlp.entities import Entities, Found, Local, Name
from kg.nlp.grammar import Tree
from kg.nlp.kinds import agree_on_kinds, classify
from kg.nlp.known_names import known_names
from kg.nlp.labelled_names import is_department, is_title, labelled_names
from kg.nlp.lexicons import Lexicons
from kg.nlp.mends import mend_inner_words, mend_lists, mend_oblique, mend_shared, mend_titles, mend_visitors
from kg.nlp.name_edges import proper, trim
from kg.nlp.persons import Persons

_ACRONYM = re.compile(r"[A-Z][A-Z&.\-]{1,9}s?")

_LONGEST_KIND = 8
"""Words from the comma behind an organization to the noun that says of what kind it is."""


def find_names(tree: Tree, article: str, lexicon: Lexicon, lexicons: Lexicons, date: str = "") -> Entities:
    """All names of an article, clustered.

    Args:
        tree: the article's words.
        article: the article's key.
        lexicon: known names.
        lexicons: word lists of the rules.
        date: of the article, or "".
    """
    entities = Entities(article)
    agree_on_kinds(tree)
    mend_spelling(tree, lexicons)
    known = known_names(tree, lexicon, lexicons)
    candidates = [*labelled_names(tree, known, lexicon, lexicons), *known]
    found = _longest([c for c in candidates if not is_department(tree, c, lexicons)])
    for name in _join_owners(tree, found, lexicon):
        _add_name(tree, entities, name, lexicon, lexicons)
    mend_inner_words(tree, entities)
    mend_shared(tree, entities)
    mend_visitors(tree, entities)
    mend_titles(tree, entities, lexicons)
    mend_appointees(tree, entities, lexicons)
    mend_lists(tree, entities, lexicons)
    mend_oblique(tree, entities)
    _join_acronyms(tree, entities)
    _tell_think_tanks(tree, entities)
    Persons(tree, entities, lexicon, lexicons, date).join()
    return entities


def _tell_think_tanks(tree: Tree, entities: Entities) -> None:
    """ "American Global Strategies, a Washington think tank": what the text calls an organization that nobody knows."""
    for noun in [k for k, lemma in enumerate(tree.lemmas) if lemma in {"tank", "think-tank"}]:
        if tree.lemmas[noun] == "tank" and (not noun or tree.lemmas[noun - 1] != "think"):
            continue
        k = noun
        while k > 0 and noun - k < _LONGEST_KIND and tree.words[k] != ",":
            k -= 1
        name = entities.at.get(k - 1)
        opens = tree.words[k] == "," and tree.words[k + 1].casefold() in {"a", "an", "the"}
        if opens and name is not None and name.type in {"Organization", "Company"} and name.rule == "name":
            entities.rename(name.entity, entities.entity("ThinkTank", entities.locals[name.entity].name).id)


def _longest(candidates: list[Found]) -> list[Found]:
    """Of names that overlap the longest, known ones first; in text order."""
    taken: set[int] = set()
    found: list[Found] = []
    for name in sorted(candidates, key=lambda c: (c.first - c.end, c.known is None, c.first)):
        if taken.isdisjoint(range(name.first, name.end)):
            taken.update(range(name.first, name.end))
            found.append(name)
    return sorted(found, key=lambda f: (f.first, f.end))


def _join_owners(tree: Tree, found: list[Found], lexicon: Lexicon) -> list[Found]:
    """Join a state and its body: "South Korean" + "Foreign Ministry", "Ministry of Defence" + "of" + "Ukraine"."""
    joined: list[Found] = []
    for item in found:
        known = _body_of_both(tree, joined[-1], item, lexicon) if joined else None
        if known is None:
            joined.append(item)
        else:
            joined[-1] = Found(joined[-1].first, item.end, "ORG", known)
    return joined


def _body_of_both(tree: Tree, before: Found, item: Found, lexicon: Lexicon) -> Known | None:
    """The public body that two names next to each other are the name of."""
    gap = tree.quote(before.end, item.first).strip().casefold() if before.end < item.first else ""
    owned = item.label in {"ORG", ""} and before.label in {"NORP", "GPE", ""} and gap in {"", "'s", "’s", "'", "’"}
    behind = item.label in {"GPE", ""} and before.label in {"ORG", ""} and gap in {"of", "of the"}
    known: tuple[Known, ...] = ()
    if owned:
        known = lexicon.lookup(f"{tree.quote(before.first, before.end)} {tree.quote(item.first, item.end)}")
    elif behind:
        known = lexicon.lookup(tree.quote(before.first, item.end))
    return known[0] if known and known[0].type == "PublicBody" else None


def _add_name(tree: Tree, entities: Entities, found: Found, lexicon: Lexicon, lexicons: Lexicons) -> None:
    first, end = trim(tree, found.first, found.end)
    if first >= end:
        return
    label = "PERSON" if found.known is None and _leads(tree, first, end, lexicon) else found.label
    name = proper(tree, Found(first, end, label, found.known), lexicon, lexicons)
    if name.known is None and label == "ORG" and is_title(tree, name.first, name.end, lexicons):
        return
    kind, called, rule = classify(tree, name, lexicon, lexicons)
    if not kind:
        return
    carried = kind == "Person" and _add_carrier(tree, entities, name, called, lexicons)
    if carried and "-" in called:  # "the Biden-Harris administration"
        return
    local = _same_type(entities, kind, called) or entities.entity(kind, called)
    head = head_of(tree, name.first, name.end)
    entities.add(Name(name.first, name.end, head, kind, local.id, rule), tree.line(name.first, name.end))


def _leads(tree: Tree, first: int, end: int, lexicon: Lexicon) -> bool:
    """ "Assad" of "the Assad regime": one word that named a leader, whatever the pipeline took it for."""
    if end - first != 1 or end >= len(tree.words) or tree.lemmas[end] not in {"regime", "administration", "government"}:
        return False
    return bool(lexicon.bearers(tree.words[first], "leader", ""))


def _same_type(entities: Entities, kind: str, name: str) -> Local | None:
    """An entity of this article with this name and type, whatever it is within."""
    folded = fold(name)
    return next((e for e in entities.locals.values() if e.type == kind and fold(e.name) == folded), None)


def _add_carrier(tree: Tree, entities: Entities, person: Found, called: str, lexicons: Lexicons) -> bool:
    """ "the Trump campaign": the body that bears a person's name; was there one?"""
    first, end = person.first, person.end
    k = end + 1 if end < len(tree.words) and tree.words[end] in {"'s", "’s"} else end
    if k >= len(tree.words) or tree.is_plural(k):
        return False
    kind = lexicons.carriers.get(tree.lemmas[k], "same")
    if kind == "same":
        return False
    body = entities.entity(kind, f"{called} {tree.lemmas[k]}")
    entities.names.append(Name(first, k + 1, k, kind, body.id, "carrier"))
    entities.at[k] = entities.names[-1]
    body.forms.add(tree.line(first, k + 1))
    return True


def head_of(tree: Tree, first: int, end: int) -> int:
    """The word of a range whose head lies outside; the last one where there are several."""
    heads = [i for i in range(first, end) if not first <= tree.heads[i] < end or tree.heads[i] == i]
    nominal = [i for i in heads if tree.pos[i] in {"PROPN", "NOUN", "ADJ", "NUM", "X"}]
    return (nominal or heads or [end - 1])[0]


def _join_acronyms(tree: Tree, entities: Entities) -> None:
    """ "Central Intelligence Agency (CIA)": the acronym in brackets is the name before it."""
    by_end = {n.end: n for n in entities.names}
    for acronym in list(entities.names):
        text = tree.quote(acronym.first, acronym.end)
        full = by_end.get(acronym.first - 1)
        if full is None or tree.words[acronym.first - 1] != "(" or not _ACRONYM.fullmatch(text):
            continue
        if acronym.entity in entities.locals and full.entity in entities.locals:
            entities.rename(acronym.entity, full.entity)
