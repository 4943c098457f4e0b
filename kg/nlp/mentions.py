"""Names in a text: what the pipeline found, what the gazetteer knows, and which of them are one entity."""

import re
from collections.abc import Iterable, Iterator

from kg.ids import fold
from kg.model import Known, Lexicon
from kg.nlp.appointees import mend_appointees, mend_spelling
from kg.nlp.entities import PLACES, SUFFIXES, Entities, Local, Name
from kg.nlp.grammar import Tree
from kg.nlp.kinds import TOLD_APART, agree_on_kinds, type_of_unknown
from kg.nlp.lexicons import Lexicons
from kg.nlp.mends import is_owned, mend_inner_words, mend_lists, mend_titles, mend_visitors
from kg.nlp.persons import Persons

NAMED = frozenset({"PERSON", "NORP", "ORG", "GPE", "LOC", "FAC", "EVENT", "LAW"})
LONGEST = 9
"""Words of the longest gazetteer name that is looked for."""

Found = tuple[int, int, str, Known | None]
"""Word range, the pipeline's label or "", and the gazetteer's entry or None."""

_TIES = frozenset({
    "alliance", "partnership", "cooperation", "relationship", "relation", "tie", "talk", "dialogue", "treaty", "pact",
    "war", "conflict", "border",
})  # fmt: skip
_BODIES = frozenset({"ThinkTank", "PublicBody", "MediaOrganization"})
_DIRECTIONS = frozenset({
    "southern", "northern", "eastern", "western", "central", "southeastern", "southwestern", "northeastern",
    "northwestern", "south-eastern", "south-western", "north-eastern", "north-western",
})  # fmt: skip
_ACRONYM = re.compile(r"[A-Z][A-Z&.\-]{1,9}s?")
_EDGE = frozenset("'\"“”‘’()[]{}.,;:!?-–—*#•&")
_SONS = frozenset({"bin", "ibn", "bint", "ben"})
_NAME_START = re.compile(r"[A-Z0-9À-ÖØ-Þ]")


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
    spans = _gazetteer_spans(tree, lexicon, lexicons)
    taken = [False] * len(tree.words)
    candidates: list[Found] = [
        (f, _before_bracket(tree, f, e), label, None)
        for f, e, label in _behind_owners(tree, spans, lexicons)
        if label in NAMED
        and not _is_tie(tree, f, e)
        and not _is_pair(tree, (f, e), lexicon)
        and not _is_titled(tree, (f, e, label), spans, lexicons)
        and not _is_short_title(tree, (f, e, label), lexicons)
        and not _is_department(tree, (f, e), lexicons)
    ]
    candidates += [(f, e, "", known) for f, e, known in spans if not _is_department(tree, (f, e), lexicons)]
    found: list[Found] = []
    for first, end, label, known in sorted(candidates, key=lambda c: (c[0] - c[1], c[3] is None, c[0])):
        if not any(taken[first:end]):
            taken[first:end] = [True] * (end - first)
            found.append((first, end, label, known))
    for first, end, label, known in _join_owners(tree, sorted(found, key=lambda f: f[:2]), lexicon):
        _add_name(tree, entities, (first, end, label, known), lexicon, lexicons)
    mend_inner_words(tree, entities)
    mend_visitors(tree, entities)
    mend_titles(tree, entities, lexicons)
    mend_appointees(tree, entities, lexicons)
    mend_lists(tree, entities, lexicons)
    _join_acronyms(tree, entities)
    Persons(tree, entities, lexicon, lexicons, date).join()
    return entities


def _before_bracket(tree: Tree, first: int, end: int) -> int:
    """A bracket behind a name opens another name: "Republic of Korea (ROK)"."""
    return next((k for k in range(first + 1, end) if tree.words[k] in {"(", "["}), end)


def _is_tie(tree: Tree, first: int, end: int) -> bool:
    """ "U.S.-Japan Alliance": a tie between two states, read as what it says and not as a name."""
    return tree.lemmas[end - 1] in _TIES and any(tree.words[k] in {"-", "–"} for k in range(first, end))


def _is_pair(tree: Tree, span: tuple[int, int], lexicon: Lexicon) -> bool:
    """ "Serbia and Hungary": two known names that the pipeline took for one."""
    first, end = span
    for k in range(first + 1, end - 1):
        if tree.words[k].casefold() == "and" and not lexicon.lookup(tree.quote(first, end)):
            return bool(lexicon.lookup(tree.quote(first, k)) and lexicon.lookup(tree.quote(k + 1, end)))
    return False


_SHORTEST_FIELD = 5
"""Letters of the shortest word for a minister's field; "UN" and "NATO" have secretaries general."""


def _is_department(tree: Tree, span: tuple[int, int], lexicons: Lexicons) -> bool:
    """ "Labour" of "Serbian Labour Minister X" and of "Labor Department" is a field, and no party."""
    first, end = span
    word = tree.words[first].casefold()
    if (
        end - first != 1
        or end >= len(tree.words)
        or word not in lexicons.title_modifiers
        or len(word) < _SHORTEST_FIELD
    ):
        return False
    return tree.words[end] in {"Minister", "Ministers", "Secretary", "Ministry", "Department", "Commissioner"}


def _is_titled(tree: Tree, name: tuple[int, int, str], known: list[tuple[int, int, Known]], lexicons: Lexicons) -> bool:
    """ "UN Secretary-General Antonio Guterres" taken for one name, or the "Prime" of "Prime Minister" for one."""
    first, end, label = name
    before = tree.lemmas[first - 2] if first > 1 else ""
    if tree.words[first] == "State" and tree.words[first - 1].casefold() == "of" and before in lexicons.title_heads:
        return True  # "Minister of State for Trade"
    if end - first == 1 and tree.words[first].casefold() in lexicons.title_modifiers:
        return end < len(tree.words) and tree.lemmas[end] in lexicons.title_heads
    owner = next((e for f, e, k in known if f == first and e < end and k.type == "Country"), None)
    if owner is not None and label == "ORG" and _is_title(tree, owner, end, lexicons):
        return True  # "U.S. Undersecretary of State"
    person = next((f for f, e, k in known if e == end and f > first and k.type == "Person"), None)
    if person is None or label == "PERSON":
        return False
    return any(tree.lemmas[k] in lexicons.title_heads for k in range(first, person))


def _is_short_title(tree: Tree, name: tuple[int, int, str], lexicons: Lexicons) -> bool:
    """ "FM" before "Hakan Fidan": the short form of an office, taken for an organization."""
    first, end, label = name
    short = end - first == 1 and label == "ORG" and fold(tree.words[first]) in lexicons.honorific_titles
    return short and not any(f == first for f, _, other in tree.names if other != "ORG")


def _behind_owners(
    tree: Tree, known: list[tuple[int, int, Known]], lexicons: Lexicons
) -> Iterator[tuple[int, int, str]]:
    """The pipeline's names; of "Iran Masoud Pezeshkian" behind "President of" the part that is the person."""
    owners = {f: e for f, e, k in known if k.type != "Person"}
    for first, end, label in tree.names:
        cut = _last_owner(tree, owners, first, end)
        if _is_bearer(tree, (cut, end, label), lexicons) and is_owned(tree, first, lexicons):
            yield cut, end, "PERSON"
        else:
            yield first, end, label


def _is_bearer(tree: Tree, name: tuple[int, int, str], lexicons: Lexicons) -> bool:
    """Can the rest of a name be that of a person?"""
    first, end, label = name
    words = tree.words[first:end]
    if not words or not words[0][:1].isupper() or {"of", "and", "&"} & set(words):
        return False
    if label == "ORG":
        return len(words) > 1 and bool(lexicons.gender(tree.quote(first, end), set()))
    return label == "PERSON" or (label == "GPE" and len(words) > 1)


def _last_owner(tree: Tree, owners: dict[int, int], first: int, limit: int) -> int:
    """End of "Iran", of "the Senate of Kazakhstan" at the start of a name; `limit` where it starts with none."""
    end = owners.get(first, limit)
    while end < limit and tree.words[end].casefold() in {"of", "the"}:
        end = owners.get(end + 1, end + 1)
    return end


def _join_owners(tree: Tree, found: list[Found], lexicon: Lexicon) -> list[Found]:
    """Join a state and its body: "South Korean" + "Foreign Ministry", "Ministry of Defence" + "of" + "Ukraine"."""
    joined: list[Found] = []
    for item in found:
        known = _body_of_both(tree, joined[-1], item, lexicon) if joined else None
        if known is None:
            joined.append(item)
        else:
            joined[-1] = (joined[-1][0], item[1], "ORG", known)
    return joined


def _body_of_both(tree: Tree, before: Found, item: Found, lexicon: Lexicon) -> Known | None:
    """The public body that two names next to each other are the name of."""
    gap = tree.quote(before[1], item[0]).strip().casefold() if before[1] < item[0] else ""
    owned = item[2] in {"ORG", ""} and before[2] in {"NORP", "GPE", ""} and gap in {"", "'s", "’s", "'", "’"}
    behind = item[2] in {"GPE", ""} and before[2] in {"ORG", ""} and gap in {"of", "of the"}
    if owned:
        known = lexicon.lookup(f"{tree.quote(*before[:2])} {tree.quote(*item[:2])}")
    else:
        known = lexicon.lookup(tree.quote(before[0], item[1])) if behind else ()
    return known[0] if known and known[0].type == "PublicBody" else None


def _gazetteer_spans(tree: Tree, lexicon: Lexicon, lexicons: Lexicons) -> list[tuple[int, int, Known]]:
    """Longest known names, left to right, that begin with a capital or a digit."""
    names = lexicon.names()
    starts = {key.split(" ", 1)[0] for key in names}
    found: list[tuple[int, int, Known]] = []
    for first_in, end_in in tree.bounds:
        i = first_in
        while i < end_in:
            end = _longest_known(tree, i, min(end_in, i + LONGEST), names, starts)
            known = lexicon.lookup(tree.quote(i, end)) if end > i else ()
            titled = bool(known) and known[0].type == "Person" and tree.lemmas[i] in lexicons.title_heads
            if known and not titled and not _is_description(tree, i, end):
                found.append((i, end, known[0]))
                i = end
            elif (people := _people(tree, i, end_in, lexicon)) is not None:
                found.append((i, i + 2, people))
                i += 2
            else:
                i += 1
    return found


def _people(tree: Tree, i: int, limit: int, lexicon: Lexicon) -> Known | None:
    """ "North Korean", "Saudi Arabian": the country of a people's name of two words."""
    if i + 2 > limit or not (tree.words[i][:1].isupper() and tree.words[i + 1][:1].isupper()):
        return None
    return lexicon.demonym(f"{tree.words[i]} {tree.words[i + 1]}")


def _longest_known(tree: Tree, i: int, limit: int, names: Iterable[str], starts: set[str]) -> int:
    if not _NAME_START.match(tree.words[i]) or fold(tree.words[i]).split(" ", 1)[0] not in starts:
        return i
    for end in range(limit, i, -1):
        last = tree.words[end - 1]
        if last[:1] in _EDGE or not (last[:1].isupper() or last[:1].isdigit()):
            continue
        if fold(tree.quote(i, end)) in names and _looks_like_name(tree, i, end):
            return end
    return i


def _is_description(tree: Tree, first: int, end: int) -> bool:
    """ "Russia's invasion of Ukraine" is known by that name, but its words are read as what they say."""
    return any(tree.words[k] in {"'s", "’s", "'", "’"} for k in range(first + 1, end - 1)) or any(
        tree.words[k].islower() and tree.pos[k] == "NOUN" for k in range(first, end)
    )


def _looks_like_name(tree: Tree, first: int, end: int) -> bool:
    """Guard against "US" in "tell US" headlines and common words at the start of a sentence."""
    if end - first > 1:
        return True
    return tree.pos[first] in {"PROPN", "ADJ", "X"} or (tree.words[first].isupper() and len(tree.words[first]) > 1)


def _add_name(tree: Tree, entities: Entities, found: Found, lexicon: Lexicon,
              lexicons: Lexicons) -> None:  # fmt: skip
    first, end, label, known = found
    first, end = _trim(tree, first, end)
    if known is None and _leads(tree, first, end, lexicon):
        label = "PERSON"
    if known is None and label == "PERSON":
        first = _after_titles(tree, first, end, lexicons)
    elif known is None and label == "ORG":
        end = _before_title(tree, (first, end), lexicon, lexicons)
    if first >= end:
        return
    if label == "PERSON" or (known is not None and known.type == "Person"):
        end = _with_suffix(tree, end)
        while first > 1 and tree.words[first - 1].casefold() in _SONS and tree.words[first - 2][:1].isupper():
            first -= 2
    if known is None and label == "ORG" and _is_title(tree, first, end, lexicons):
        return
    if known is None and label in {"GPE", "LOC"} and tree.words[first].casefold() in _DIRECTIONS and end - first > 1:
        first += _is_part(tree, first, end, lexicon)
    text = tree.line(first, end)
    kind, name, rule = _classify(tree, (first, end), label, known, lexicon, lexicons)
    if not kind:
        return
    if kind == "Person":
        carried = _add_carrier(tree, entities, (first, end, name), lexicons)
        if carried and "-" in name:  # "the Biden-Harris administration"
            return
    head = head_of(tree, first, end)
    local = _same_type(entities, kind, name) or entities.entity(kind, name)
    entities.add(Name(first, end, head, kind, local.id, rule), text)


def _is_part(tree: Tree, first: int, end: int, lexicon: Lexicon) -> bool:
    """Is "southern Israel" no name of its own, but a part of a place that has one?"""
    rest = lexicon.lookup(tree.quote(first + 1, end))
    return not lexicon.lookup(tree.quote(first, end)) and bool(rest) and rest[0].type in PLACES


def _leads(tree: Tree, first: int, end: int, lexicon: Lexicon) -> bool:
    """ "Assad" of "the Assad regime": one word that named a leader, whatever the pipeline took it for."""
    if end - first != 1 or end >= len(tree.words) or tree.lemmas[end] not in {"regime", "administration", "government"}:
        return False
    return bool(lexicon.bearers(tree.words[first], "leader", ""))


def _same_type(entities: Entities, kind: str, name: str) -> Local | None:
    """An entity of this article with this name and type, whatever it is within."""
    folded = fold(name)
    return next((e for e in entities.locals.values() if e.type == kind and fold(e.name) == folded), None)


def _trim(tree: Tree, first: int, end: int) -> tuple[int, int]:
    while first < end and (tree.words[first][:1] in _EDGE or fold(tree.words[first]) in {"the", ""}):
        first += 1
    while first < end and (tree.words[end - 1] in {"'s", "’s", "'", "’"} or tree.words[end - 1][:1] in _EDGE):
        end -= 1
    return first, end


def _is_title(tree: Tree, first: int, end: int, lexicons: Lexicons) -> bool:
    """ "National Security Advisor", "Secretary of State": offices that the pipeline took for organizations."""
    words = [tree.words[k].casefold() for k in range(first, end)]
    if words == ["state"] or "v." in words:
        return True
    if tree.lemmas[end - 1] not in lexicons.title_heads and words[0] not in lexicons.title_heads:
        return False
    office = (
        lexicons.title_heads | lexicons.title_modifiers | {"of", "state", "for", "the", "and", "defense", "defence"}
    )
    return all(w in office or tree.lemmas[k] in office for k, w in enumerate(words, first))


def _add_carrier(tree: Tree, entities: Entities, person: tuple[int, int, str], lexicons: Lexicons) -> bool:
    """ "the Trump campaign": the body that bears a person's name; was there one?"""
    first, end, name = person
    k = end + 1 if end < len(tree.words) and tree.words[end] in {"'s", "’s"} else end
    if k >= len(tree.words) or tree.is_plural(k):
        return False
    kind = lexicons.carriers.get(tree.lemmas[k], "same")
    if kind == "same":
        return False
    body = entities.entity(kind, f"{name} {tree.lemmas[k]}")
    entities.names.append(Name(first, k + 1, k, kind, body.id, "carrier"))
    entities.at[k] = entities.names[-1]
    body.forms.add(tree.line(first, k + 1))
    return True


def _with_suffix(tree: Tree, end: int) -> int:
    """ "Joseph R. Biden, Jr." is one name."""
    for k in (end, end + 1):
        if k < len(tree.words) and fold(tree.words[k]) in SUFFIXES:
            return k + 1 if k == end or tree.words[end] == "," else end
    return end


def _before_title(tree: Tree, span: tuple[int, int], lexicon: Lexicon, lexicons: Lexicons) -> int:
    """ "U.S. Defense" before "Secretary" is no body: words that begin a title end the name."""
    first, end = span
    if end >= len(tree.words) or tree.lemmas[end] not in lexicons.title_heads:
        return end
    if any(k.type == "Country" for k in lexicon.lookup(tree.words[first])) and lexicon.lookup(
        tree.quote(first + 1, end)
    ):
        return end  # "U.S. Department of Homeland Security"
    for k in range(end - 1, first, -1):  # "White House Infrastructure" before "Coordinator"
        if lexicon.lookup(tree.quote(first, k)):
            return k
    while end - first > 1 and tree.words[end - 1].casefold() in lexicons.title_modifiers:
        end -= 1
    return end


def _after_titles(tree: Tree, first: int, end: int, lexicons: Lexicons) -> int:
    """First word of a person's name proper: titles, honorifics and country adjectives in front are no part of it."""
    cut = first
    if end - first > 1 and first and tree.words[first] == "State" and tree.words[first - 1].casefold() == "of":
        cut = first + 1
    for i in range(first, end - 1):
        word = tree.words[i].rstrip(".").casefold()
        if tree.words[i + 1].casefold() in _SONS:  # "Sultan bin Saad" is no sultan
            break
        title = word in lexicons.honorifics or word in lexicons.honorific_titles
        title = title or word in lexicons.title_heads or tree.lemmas[i] in lexicons.title_heads
        if title or (cut == i and word in lexicons.title_modifiers):
            cut = i + 1
        elif word == "of" and cut == i and i > first:  # "Secretary of State Rice"
            cut = i + 2 if i + 2 < end else cut
    return cut


def _classify(tree: Tree, span: tuple[int, int], label: str, known: Known | None, lexicon: Lexicon,
              lexicons: Lexicons) -> tuple[str, str, str]:  # fmt: skip
    """(type, name, rule) of a name; type "" when it is none that claims can be about."""
    text = tree.line(*span)
    people = lexicon.demonym(text)
    if people is not None and (label in {"NORP", ""} or tree.pos[span[1] - 1] == "ADJ"):
        return "Country", people.name, "demonym"
    hits = [known] if known is not None else list(lexicon.lookup(text))
    if hits and _compatible(hits[0].type, label):
        shared = bool(lexicons.body_function(text)) or _ends(text, hits[0])
        certain = hits[0].type == "Country" or (len(hits) == 1 and hits[0].type != "Person" and not shared)
        return hits[0].type, hits[0].name if certain else text, "gazetteer"
    return _unknown_type(tree, span, label, lexicons), text, "name"


def _ends(text: str, known: Known) -> bool:
    """Is a party's name the end of a longer one, as "Communist Party" is of China's, which other countries have too?"""
    return known.type == "PoliticalParty" and fold(known.name).endswith(f" {fold(text)}")


def _unknown_type(tree: Tree, span: tuple[int, int], label: str, lexicons: Lexicons) -> str:
    """Entity type of a name that no list has, by the pipeline's label and its own words."""
    if label == "PERSON":
        return "Person"
    text = tree.quote(*span)
    if label in {"GPE", "LOC", "FAC"}:
        body = lexicons.type_of_name(text, "ORG") if span[1] - span[0] > 1 else ""
        return body if body in _BODIES else "City" if label == "GPE" else "Region"
    return type_of_unknown(tree, span, label, lexicons) if label in TOLD_APART else ""


def _compatible(kind: str, label: str) -> bool:
    """May an entry of this type be what the pipeline called `label`?"""
    if kind == "Person":
        return label in {"PERSON", ""}
    return label != "PERSON" or kind not in {"City", "Region", "Company"}


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
