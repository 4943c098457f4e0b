"""A reader without any pipeline: `Al Kim met Bo Lee.` is a claim; `did not meet` denies it, `may meet` doubts it."""

import re
from dataclasses import dataclass

from kg.errors import PipelineError
from kg.model import Argument, Article, Claim, Entity, Evidence, Mention, Mood, Qualifiers, Reading, Span, merge

_SENTENCE = re.compile(r"[^.!?\s][^.!?]*[.!?]")
_MET = re.compile(r"(?P<a>[A-Z]\w+ [A-Z]\w+) (?P<how>met|did not meet|may meet) (?P<b>[A-Z]\w+ [A-Z]\w+)")
_MOOD = {"may meet": Mood.POSSIBLE}


@dataclass(frozen=True)
class ToyReader:
    version: str = "toy@1"

    def read(self, article: Article) -> Reading:
        if "CRASH" in article.text:
            raise ZeroDivisionError("a bug of the reader")
        while "HANG" in article.text:
            pass
        sentences = tuple(Span(article.key, m.start(), m.end()) for m in _SENTENCE.finditer(article.text))
        entities: dict[str, Entity] = {}
        mentions, claims = [], []
        for index, sentence in enumerate(sentences):
            for found in _MET.finditer(article.text, sentence.start, sentence.end):
                ends = [self._person(article, found, group, entities, mentions) for group in ("a", "b")]
                span = Span(article.key, found.start(), found.end())
                claims.append(
                    Claim(
                        article.key, ends[0], "met_with", ends[1], (Evidence(span, index, "toy.met@1", 0.9),),
                        Qualifiers(), "not" in found["how"], _MOOD.get(found["how"], Mood.ACTUAL),
                    )
                )  # fmt: skip
        return Reading(
            article.key, article.sha256, self.version, sentences,
            tuple(sorted(entities.values(), key=lambda e: e.id)), tuple(mentions), merge(claims),
        )  # fmt: skip

    @staticmethod
    def _person(article, found, group, entities, mentions):
        name = found[group]
        entity = Entity(f"l:{name}", "Person", name)
        entities[entity.id] = entity
        mentions.append(Mention(Span(article.key, found.start(group), found.end(group)), "Person", entity.id, "name"))
        return Argument(entity.id, name)


def make_toy() -> ToyReader:
    return ToyReader()


def make_toy_2() -> ToyReader:
    return ToyReader("toy@2")


def make_nothing() -> ToyReader:
    raise PipelineError("there is no pipeline", hint="install one")
