"""Who said what: reported clauses, direct quotations before and after their verb, "according to"."""

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.model import Argument, Claim, Evidence, Literal, Qualifiers, Span, When
from kg.nlp.attributions import Attributions
from kg.nlp.contents import Contents
from kg.nlp.cues import Cues, Report
from kg.nlp.grammar import is_passive, surface_subjects
from kg.nlp.match import OUGHT
from kg.nlp.match.topics import LONGEST_TOPIC
from kg.nlp.quotes import MARKS
from kg.nlp.referent import Referent
from kg.nlp.sayings import Sayings
from kg.nlp.scene import Scene

_PARAGRAPH = re.compile(r"\n[ \t\xa0]*(?:\n|[-•*–][ \t\xa0])")
_MINDS = frozenset({"know", "understand", "realize", "realise", "remember", "think", "wonder"})
"""What one must only bear in mind is no request."""


class Speech:
    """Finds the statements of one article.

    Args:
        scene: the article.
        attributions: takes note of whose words they are.
    """

    def __init__(self, scene: Scene, attributions: Attributions) -> None:
        self.scene, self.tree, self.quotes = scene, scene.tree, scene.voices.quotes
        self.attributions = attributions
        self.sayings = Sayings(scene.tree, scene.referents, scene.times)
        self.contents = Contents(scene)
        self.cues = Cues(scene, self.contents)

    def claims(self) -> Iterator[Claim]:
        """`says` claims in text order of their cues."""
        last: list[Referent] = []
        for sent, (first, end) in enumerate(self.tree.bounds):
            found = False
            self.sayings.note(sent)
            for i in range(first, first if self.scene.voices.is_silent(first) else end):
                report = self.cues.at(i)
                if report is not None:
                    found = True
                    last = report.speakers
                    yield from self._reported(report)
                else:
                    self._note_phrase(i)
            if not found and last and self.quotes.cover(first, end) and self._goes_on(first):
                yield from self._continued(sent, last[0])
            elif not found:
                last = []

    def _note_phrase(self, i: int) -> None:
        """What stands in the object of a verb of saying is its speaker's: "stressed the UK's commitment to NATO"."""
        found = self.cues.phrase(i)
        if found is not None:
            when = self.sayings.of(i, self.contents.beside(i, found.content), found.speakers[0].entity)
            self.attributions.remember_phrase(found.content, found.speakers[0], self.tree.words[i], when)

    def _goes_on(self, first: int) -> bool:
        """Does a sentence go on with the quotation before it, or with one of the same paragraph?"""
        tree = self.tree
        if not first or self.quotes.of(first) == self.quotes.of(first - 1):
            return True
        return not _PARAGRAPH.search(tree.text[tree.ends[first - 1] : tree.starts[first]])

    def _reported(self, report: Report) -> Iterator[Claim]:
        rule = "speech.according_to@1" if self.tree.case(report.cue) == "according to" else "speech.reported@1"
        if self.quotes.hold(report.content[0]):
            rule = "speech.quoted@1"
        for speaker in report.speakers:
            yield self._claim(report, speaker, rule)
        yield from self._demands(report)

    def _demands(self, report: Report) -> Iterator[Claim]:
        """ "Bush said Iran must stop ...": what somebody says that another must do, he asks of him."""
        tree, (first, end) = self.tree, report.content
        verb = next((k for k in range(first, end) if not first <= tree.heads[k] < end), None)
        if verb is None or not any(tree.words[c].casefold() in OUGHT for c in tree.kids(verb, "aux")):
            return
        if tree.lemmas[verb] in _MINDS:
            return
        if self.scene.factuality.judge(verb, verb).negated or is_passive(tree, verb):
            return
        asked = [r for r in self.scene.referents.all_of(surface_subjects(tree, verb)) if r.rule != "pronoun"]
        for speaker in report.speakers:
            for actor in asked:
                if actor.entity != speaker.entity:
                    yield self._demand(report, speaker, actor, verb)

    def _demand(self, report: Report, speaker: Referent, actor: Referent, verb: int) -> Claim:
        topic = " ".join(self.tree.quote(verb, report.content[1]).split()[:LONGEST_TOPIC])
        qualifiers = Qualifiers(topic=topic)
        if self.scene.referents.serves(speaker.entity, actor.entity):  # "Merkel said Germany should expand its ties"
            says = self._claim(report, speaker, "speech.should@1")
            return replace(says, relation="supports", object=Literal(topic), qualifiers=qualifiers)
        says = self._claim(report, speaker, "speech.must@1")
        return replace(says, relation="requests", object=self.cues.argument(actor), qualifiers=qualifiers)

    def _claim(self, report: Report, speaker: Referent, rule: str) -> Claim:
        tree, cue, content = self.tree, report.cue, report.content
        low, high = tree.bounds[tree.sents[cue]]
        words = [cue, *content[:1], content[1] - 1]
        words += [k for k in (speaker.first, speaker.end - 1) if low <= k < high]
        span = Span(self.scene.article, *tree.chars(max(low, min(words)), min(high, max(words) + 1)))
        confidence = 0.85 if speaker.rule != "pronoun" else 0.75
        when = self.sayings.of(cue, self.contents.beside(cue, content), speaker.entity)
        quoter = self.cues.quoter(cue, speaker)
        self.attributions.remember(content, speaker, tree.case(cue) or tree.words[cue], when)
        evidence = Evidence(span, tree.sents[cue], rule, confidence)
        return replace(
            self._says(self.cues.argument(speaker), self.contents.words(cue, content), evidence, when),
            qualifiers=Qualifiers(addressee=self.cues.addressee(cue, speaker)),
            attributed_to=quoter,
            cue=tree.words[tree.heads[cue]] if quoter is not None else "",
        )

    def _continued(self, sent: int, speaker: Referent) -> Iterator[Claim]:
        """A quotation that goes on over the next sentence is the same speaker's."""
        content = self.contents.strip(*self.tree.bounds[sent])
        if content is None:
            return
        when = self.sayings.later(self.tree.bounds[sent][0], speaker.entity)
        self.attributions.remember(content, speaker, "", when)
        evidence = Evidence(Span(self.scene.article, *self.tree.chars(*content)), sent, "speech.continued@1", 0.7)
        subject = replace(self.cues.argument(speaker), rule="quote.continued")
        yield self._says(subject, self.tree.line(*content), evidence, when)

    def _says(self, subject: Argument, words: str, evidence: Evidence, when: When) -> Claim:
        return Claim(self.scene.article, subject, "says", Literal(words.strip(MARKS)), (evidence,), when=when)
