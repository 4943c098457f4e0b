"""Who said what: reported clauses, direct quotations before and after their verb, "according to"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.model import Argument, Claim, Evidence, Literal, Qualifiers, Span, When
from kg.nlp.factuality import QUOTING
from kg.nlp.grammar import is_passive, surface_subjects
from kg.nlp.match import OUGHT
from kg.nlp.referent import Referent
from kg.nlp.sayings import OWN_WORDS, Sayings
from kg.nlp.scene import Scene
from kg.nlp.voices import VOICE

_PARAGRAPH = re.compile(r"\n[ \t\xa0]*(?:\n|[-•*–][ \t\xa0])")
_OPEN_CLOSE = "\"“”'‘’ ,"
_CONTENT = ("ccomp", "parataxis")
_QUOTED = frozenset({"advcl", "acl", "xcomp", "ccomp"})
_EVENTS = frozenset({"Summit", "Conflict", "Election", "Agreement", "Topic"})
_MAIN = frozenset({"root", "ROOT", "ccomp", "parataxis", "conj"})
_TELLING = frozenset({"tell", "inform", "assure", "remind", "warn"})
"""Verbs of saying whose object is who is told."""
_NOMINAL = frozenset({"DET", "PRON", "NOUN", "PROPN", "NUM", "ADJ"})
_LEAST_WORDS = 2
_BESIDE = re.compile(r"\b(?:while|whereas|although|though|but)\s+(?:a|an|the|one)?\s*$")
_BEFORE = re.compile(r"\b(?:had|once|previously|earlier|used to)\b")
"""Words by which somebody tells what he did at another time."""


@dataclass(frozen=True, slots=True)
class _Told:
    """Words of a statement, whose they are, and when they were said."""

    start: int
    end: int
    speaker: Argument
    cue: str
    when: When


class Speech:
    """Finds the statements of one article."""

    def __init__(self, scene: Scene) -> None:
        self.scene, self.tree = scene, scene.tree
        self.spoken: list[_Told] = []
        self.sayings = Sayings(scene.tree, scene.referents, scene.times)
        self._voices: list[tuple[int, int, Referent]] = []
        self.voices, self.quotes = scene.voices, scene.voices.quotes

    def claims(self) -> Iterator[Claim]:
        """`says` claims in text order of their cues."""
        last: list[Referent] = []
        for sent, (first, end) in enumerate(self.tree.bounds):
            found = False
            self.sayings.note(sent)
            for i in range(first, first if self.voices.is_silent(first) else end):
                speakers, claim = self._at(i)
                if claim is not None:
                    found = True
                    last = speakers
                    yield from self._spoken(i, speakers, claim)
            if not found and last and self._all_quoted(first, end) and self._goes_on(first):
                yield from self._continued(sent, last)
            elif not found:
                last = []

    def _goes_on(self, first: int) -> bool:
        """Does a sentence go on with the quotation before it, or with one of the same paragraph?"""
        tree = self.tree
        if not first or self._quote_of(first) == self._quote_of(first - 1):
            return True
        return not _PARAGRAPH.search(tree.text[tree.ends[first - 1] : tree.starts[first]])

    def _quote_of(self, i: int) -> int:
        start = self.tree.starts[i]
        return next((k for k, (low, high) in enumerate(self.quotes) if low <= start < high), -1)

    def _at(self, i: int) -> tuple[list[Referent], tuple[int, int] | None]:
        """Speakers and content of a cue at word `i`."""
        tree, lexicons = self.tree, self.scene.lexicons
        if tree.case(i) == "according to":
            return self._according_to(i)
        if tree.lemmas[i] not in lexicons.saying or tree.pos[i] != "VERB":
            return [], None
        if self.scene.factuality.unsaid(i) or (tree.rels[i] == "acl" and tree.tags[i] == "VB"):
            return [], None
        inverted = self._behind_clause(i)
        heads = surface_subjects(tree, i) if inverted is None else [inverted]
        if is_passive(tree, i):  # "Chavez was told that": he says nothing
            heads = [c for c in tree.kids(i, "obl:agent", "obl") if tree.case(c) == "by"]
        if tree.rels[i] in _QUOTED and tree.lemmas[tree.heads[i]] in QUOTING:
            heads = tree.kids(tree.heads[i], "obj", "nsubj:pass") or heads  # "quoted Ma as saying"
        speakers = self.scene.referents.all_of(heads)
        speakers = [s for s in speakers if s.type not in _EVENTS and s.rule != VOICE]
        content = self._content(i) if inverted is None else self._around(i)
        if content is not None and tree.lemmas[i] == "tell" and i < content[0]:
            content = self._behind_addressee(i, content)
        if content is not None and content[0] <= i < content[1] and self._parting(i) is None:
            return [], None
        if content is not None and heads and self._is_inside(i, heads, content):
            return [], None
        return (speakers, content) if speakers and content else ([], None)

    def _behind_clause(self, verb: int) -> int | None:
        """The speaker of "the talks failed, argues X", where the parser took him for an object."""
        tree = self.tree
        speaker = tree.kid(verb, "obj")
        closed = verb > 0 and tree.words[verb - 1] in {",", "”", '"'} and tree.rels[verb] == "conj"
        if speaker != verb + 1 or not closed or tree.kid(verb, "cc", "nsubj", "ccomp", "mark") is not None:
            return None
        return speaker if speaker in self.scene.referents.entities.at else None

    def _behind_addressee(self, verb: int, content: tuple[int, int]) -> tuple[int, int] | None:
        """What is said, where the parser took who is told for a part of it: "told the Post the report was wrong"."""
        tree, names = self.tree, self.scene.referents.entities.at
        if tree.kid(verb, "iobj", "obj", "obl", "nsubj:pass") is not None or content[0] != verb + 1:
            return content
        first = content[0] + (tree.words[content[0]].casefold() == "the")
        name = names.get(first)
        if name is None or name.end >= content[1] or tree.pos[name.end] not in _NOMINAL:
            return None
        return name.end, content[1]

    @staticmethod
    def _is_inside(verb: int, heads: list[int], content: tuple[int, int]) -> bool:
        """Is the subject that of what is said: "aides say Abbas will ask", "Denmark accepted it, aides said"?"""
        return (verb < min(heads) and content[0] > max(heads)) or (max(heads) < content[0] and content[1] <= verb)

    def _content(self, verb: int) -> tuple[int, int] | None:
        """Word range of what is said: a clause below the verb, or the clause that the verb is inserted into."""
        tree = self.tree
        below = [c for c in tree.kids(verb, *_CONTENT) if self._is_content(c, verb)]
        fronted = [tree.clause(c) for c in below if c < verb]
        if len(fronted) > 1:
            return self._strip(fronted[0][0], fronted[-1][1])
        if below:
            return self._strip(*tree.clause(below[0])) if self._is_whole(below[0]) else None
        quoted = [c for c in tree.kids(verb, "obj", "xcomp", "dep") if self._opens_quote(c)]
        if quoted:
            return self._strip(*tree.clause(quoted[0]))
        return self._around(verb) if self._is_inserted(verb) else None

    def _is_inserted(self, verb: int) -> bool:
        """Is a verb of saying put into the clause that it hangs on, or behind it: ", he said on Monday,"?"""
        tree = self.tree
        host, first = tree.heads[verb], tree.clause(verb)[0]
        if first and tree.words[first - 1] == ";":  # "Lai flew to Guam; China responded with drills"
            return False
        if tree.rels[verb] not in _CONTENT or host == verb or tree.kid(verb, "nsubj") is None:
            return False
        if tree.kid(verb, "obj") is not None and tree.lemmas[verb] not in _TELLING:
            return False  # "it had recalled its ambassador"
        if verb < host and tree.lemmas[host] in self.scene.lexicons.saying:
            return all(k < verb for k in tree.kids(host, "nsubj"))  # "Avril declared a state of siege, aides said"
        return tree.rels[verb] != "ccomp" or verb < host or (first > host and tree.pos[first - 1] == "PUNCT")

    def _is_content(self, clause: int, verb: int) -> bool:
        if self.tree.rels[clause] == "ccomp":
            return True
        return self._in_quote(clause) or clause < verb

    def _is_whole(self, clause: int) -> bool:
        """Is it a clause with a subject, or a quotation? Not in "a textbook critics say overlooks the war"."""
        tree = self.tree
        named = any(tree.pos[k] in {"NOUN", "PROPN", "PRON", "NUM"} for k in range(tree.clause(clause)[0], clause))
        if named or tree.kid(clause, "nsubj", "nsubj:pass", "nsubj:outer", "csubj", "csubj:pass", "expl") is not None:
            return True
        return self._in_quote(clause) or tree.is_infinitive(clause) or tree.pos[clause] not in {"VERB", "AUX"}

    def _around(self, verb: int) -> tuple[int, int] | None:
        """ "The talks, he said, were useful": the host clause without the insertion."""
        tree = self.tree
        host = tree.heads[verb]
        inserted = set(tree.subtree(verb))
        inside = [k for k in tree.subtree(host) if k not in inserted and tree.sents[k] == tree.sents[host]]
        if not inside:
            return None
        parted = min(inside) < min(inserted) and max(inside) > max(inserted)
        if parted and self._parting(verb) is None:
            before = [k for k in inside if k < verb]
            after = [k for k in inside if k > verb]
            inside = before if host in before else after
        return self._strip(min(inside), max(inside) + 1)

    def _parting(self, verb: int) -> tuple[int, int] | None:
        """Words of "..., she said on Monday, ..." with its commas, which part what is said; None where nothing does."""
        tree = self.tree
        if self._in_quote(verb):
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

    def _told(self, cue: int, content: tuple[int, int]) -> str:
        """The words of what is said, without the report that parts them."""
        gap = self._parting(cue) if content[0] <= cue < content[1] else None
        if gap is None or not content[0] < gap[0] < gap[1] < content[1]:
            return self.tree.line(*content)
        return f"{self.tree.line(content[0], gap[0])} {self.tree.line(gap[1], content[1])}"

    def _strip(self, first: int, end: int) -> tuple[int, int] | None:
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
        while first < end and self.scene.times.is_time(first) and tree.pos[first - 1] == "VERB":
            first += 1
        return (first, end) if end - first >= _LEAST_WORDS else None

    def _according_to(self, source: int) -> tuple[list[Referent], tuple[int, int] | None]:
        tree = self.tree
        speakers = list(self.scene.referents.of(source))
        host = tree.heads[source]
        if not speakers or host == source or tree.pos[host] not in {"VERB", "AUX", "NOUN", "ADJ"}:
            return [], None
        own = set(tree.subtree(source))
        inside = [k for k in tree.subtree(host) if k not in own and tree.sents[k] == tree.sents[host]]
        first, end = min(inside), max(inside) + 1
        if first < source < end - 1:
            end = min(own) if host < source else end
            first = max(own) + 1 if host > source else first
        return speakers, self._strip(first, end)

    def _in_quote(self, i: int) -> bool:
        start = self.tree.starts[i]
        return any(low <= start < high for low, high in self.quotes)

    def _opens_quote(self, clause: int) -> bool:
        """Does a phrase begin at a quotation mark? An infinitive with quoted words in it is no quotation."""
        tree = self.tree
        first, _ = tree.clause(clause)
        if tree.words[first].casefold() == "to":
            return False
        start = tree.starts[first]
        return any(low <= start <= low + 2 for low, _ in self.quotes)

    def _all_quoted(self, first: int, end: int) -> bool:
        low, high = self.tree.chars(first, end)
        return any(a <= low + 1 and high - 1 <= b for a, b in self.quotes)

    def _spoken(self, cue: int, speakers: list[Referent], content: tuple[int, int]) -> Iterator[Claim]:
        rule = "speech.according_to@1" if self.tree.case(cue) == "according to" else "speech.reported@1"
        if self._in_quote(content[0]):
            rule = "speech.quoted@1"
        for speaker in speakers:
            yield self._claim(cue, speaker, content, rule)
        yield from self._demand(cue, speakers, content)

    def _demand(self, cue: int, speakers: list[Referent], content: tuple[int, int]) -> Iterator[Claim]:
        """ "Bush said Iran must stop ...": what somebody says that another must do, he asks of him."""
        tree = self.tree
        heads = [k for k in range(*content) if not content[0] <= tree.heads[k] < content[1]]
        if not heads or not any(tree.words[c].casefold() in OUGHT for c in tree.kids(heads[0], "aux")):
            return
        if self.scene.factuality.judge(heads[0], heads[0]).negated or is_passive(tree, heads[0]):
            return
        asked = self.scene.referents.all_of(surface_subjects(tree, heads[0]))
        for speaker in speakers:
            for actor in asked:
                if actor.entity == speaker.entity or actor.rule == "pronoun":
                    continue
                if self.scene.referents.serves(speaker.entity, actor.entity):
                    yield self._favours(cue, speaker, content, heads[0])
                else:
                    says = self._claim(cue, speaker, content, "speech.must@1")
                    words = tree.line(actor.first, actor.end)
                    topic = " ".join(tree.quote(heads[0], content[1]).split()[:30])
                    yield replace(
                        says,
                        relation="requests",
                        object=Argument(actor.entity, words, actor.rule),
                        qualifiers=Qualifiers(topic=topic),
                    )

    def _favours(self, cue: int, speaker: Referent, content: tuple[int, int], verb: int) -> Claim:
        """ "Merkel said Germany should expand its ties": what somebody wants of his own state, he supports."""
        words = " ".join(self.tree.quote(verb, content[1]).split()[:30])
        says = self._claim(cue, speaker, content, "speech.should@1")
        return replace(says, relation="supports", object=Literal(words), qualifiers=Qualifiers(topic=words))

    def _claim(self, cue: int, speaker: Referent, content: tuple[int, int], rule: str) -> Claim:
        tree = self.tree
        text = self._told(cue, content).strip(_OPEN_CLOSE)
        low, high = tree.bounds[tree.sents[cue]]
        words = [cue, *content[:1], content[1] - 1]
        words += [k for k in (speaker.first, speaker.end - 1) if low <= k < high]
        start, end = tree.chars(max(low, min(words)), min(high, max(words) + 1))
        confidence = 0.85 if speaker.rule != "pronoun" else 0.75
        when = self.sayings.of(cue, self._beside(cue, content), speaker.entity)
        quoter = self._quoter(cue, speaker)
        self._remember(content, speaker, tree.case(cue) or tree.words[cue], when)
        return Claim(
            article=self.scene.article,
            subject=Argument(speaker.entity, tree.line(speaker.first, speaker.end), speaker.rule),
            relation="says",
            object=Literal(text),
            evidence=(Evidence(Span(self.scene.article, start, end), tree.sents[cue], rule, confidence),),
            qualifiers=Qualifiers(addressee=self._addressee(cue, speaker)),
            when=when,
            attributed_to=quoter,
            cue=tree.words[tree.heads[cue]] if quoter is not None else "",
        )

    def _beside(self, cue: int, content: tuple[int, int]) -> list[int]:
        """Phrases around a cue that are no part of what is said: "said in a speech on Friday"."""
        first, end = self._parting(cue) or (0, 0) if content[0] <= cue < content[1] else (0, 0)
        return [c for c in self.tree.children[cue] if first <= c < end or not content[0] <= c < content[1]]

    def reported(self) -> set[int]:
        """Sentences in which somebody is reported to say something; call after `claims` has run out."""
        return {self.tree.sents[first] for first, _, _ in self._voices}

    def _remember(self, content: tuple[int, int], speaker: Referent, cue: str, when: When) -> None:
        """Note that these words are this speaker's, and of that time."""
        words = self.tree.line(speaker.first, speaker.end)
        for k in range(content[0], min(content[0] + 2, content[1])):
            self.voices.quote(self.tree.starts[k], speaker.entity)
        told = Argument(speaker.entity, words, speaker.rule)
        self.spoken.append(_Told(*self.tree.chars(*content), told, cue, when))
        self._voices.append((*content, speaker))

    def speakers(self, i: int) -> list[Referent]:
        """Who says what the word `i` is a main predicate of; call after `claims` has run out."""
        if self.tree.rels[i] not in _MAIN:
            return []
        around = [(end - first, speaker) for first, end, speaker in self._voices if first <= i < end]
        shortest = min((length for length, _ in around), default=0)
        return [speaker for length, speaker in around if length == shortest]

    def attribute(self, claim: Claim) -> Claim:
        """A claim whose words lie inside somebody's statement is that speaker's; call after `claims` has run out.

        What somebody says he wants, thinks or promises, he does on the day on which he says so.
        """
        span = claim.evidence[0].span
        told = next((t for t in self.spoken if t.start - 1 <= span.start and span.end <= t.end + 1), None)
        if told is None:
            return claim if claim.attributed_to is not None else self.voices.attribute(claim)
        if claim.attributed_to is None:
            claim = replace(claim, attributed_to=told.speaker, cue=told.cue)
        own = claim.subject.entity == told.speaker.entity and claim.relation in OWN_WORDS
        if own and not claim.when.start and not _BEFORE.search(self.tree.text, span.start, span.end):
            claim = replace(claim, when=replace(told.when, text=""))
        return claim

    def nested(self, claim: Claim) -> Claim:
        """A statement inside somebody else's ("Reuters says aides told it ...") is told by that other."""
        span = claim.evidence[0].span
        outer = (t for t in self.spoken if t.start - 1 <= span.start and span.end <= t.end + 1)
        told = next((t for t in outer if t.speaker.entity != claim.subject.entity), None)
        if claim.attributed_to is not None or told is None:
            return claim
        if _BESIDE.search(self.tree.text[told.start : span.start]):
            return claim  # "officials said it was over, while a witness said ...": another report beside it
        return replace(claim, attributed_to=told.speaker, cue=told.cue)

    def _quoter(self, cue: int, speaker: Referent) -> Argument | None:
        """ "Reuters quotes the minister as saying": who tells of a statement; None where the text itself does."""
        verb = self.tree.heads[cue]
        if self.tree.rels[cue] not in _QUOTED or self.tree.lemmas[verb] not in QUOTING or is_passive(self.tree, verb):
            return None
        quoting = [r for r in self.scene.referents.all_of(surface_subjects(self.tree, verb)) if r.rule != VOICE]
        if len(quoting) != 1 or quoting[0].entity == speaker.entity:
            return None
        return Argument(quoting[0].entity, self.tree.line(quoting[0].first, quoting[0].end), quoting[0].rule)

    def _addressee(self, cue: int, speaker: Referent) -> Argument | None:
        """ "told Reuters that ..."."""
        tree = self.tree
        heads = tree.kids(cue, "iobj", "obj") if tree.lemmas[cue] in _TELLING else []
        heads = heads or [c for c in tree.kids(cue, "obl") if tree.case(c) == "to"]
        for referent in self.scene.referents.all_of(heads):
            if referent.entity != speaker.entity:
                words = tree.line(referent.first, referent.end)
                return Argument(referent.entity, words, referent.rule)
        return None

    def _continued(self, sent: int, speakers: list[Referent]) -> Iterator[Claim]:
        """A quotation that goes on over the next sentence is the same speaker's."""
        tree = self.tree
        first, end = tree.bounds[sent]
        content = self._strip(first, end)
        if content is None:
            return
        start, stop = tree.chars(*content)
        for speaker in speakers[:1]:
            when = self.sayings.later(first, speaker.entity)
            self._remember(content, speaker, "", when)
            yield Claim(
                article=self.scene.article,
                subject=Argument(speaker.entity, tree.line(speaker.first, speaker.end), "quote.continued"),
                relation="says",
                object=Literal(tree.line(*content).strip(_OPEN_CLOSE)),
                evidence=(Evidence(Span(self.scene.article, start, stop), sent, "speech.continued@1", 0.7),),
                when=when,
            )
