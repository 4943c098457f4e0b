import pytest

from kg.model import Argument, Article, Claim, Entity, Evidence, Literal, Mention, Qualifiers, Reading, Span, Tenure
from kg.resolve import Resolver, load_gazetteer
from kg.schema import load_schema


@pytest.fixture(scope="session")
def gazetteer():
    return load_gazetteer()


@pytest.fixture(scope="session")
def resolver(gazetteer):
    return Resolver(gazetteer, load_schema())


class Draft:
    """A local reading in the making: entities by nickname, claims between them."""

    def __init__(self, date="2024-06-28", key="a.md"):
        self.article = Article(key, "x" * 400, date=date)
        self.entities, self.claims, self.mentions = {}, [], []

    def entity(self, name, type_, *, within="", aliases=()):
        local = f"l:{name}/{type_}/{within}"
        self.entities[local] = Entity(local, type_, name, tuple(aliases), within=within)
        return local

    def claim(self, subject, relation, obj, *, at=(0, 100), speaker=None, place=None, addressee=None, **qualifiers):
        end = Argument(obj, self.words(obj)) if obj in self.entities else Literal(obj)
        arguments = {"place": place, "addressee": addressee}
        named = {k: Argument(v, self.words(v)) for k, v in arguments.items() if v}
        claim = Claim(
            self.article.key,
            Argument(subject, self.words(subject)),
            relation,
            end,
            (Evidence(Span(self.article.key, *at), 0, "test@1", 0.9),),
            Qualifiers(**named, **qualifiers),
            attributed_to=Argument(speaker, self.words(speaker)) if speaker else None,
        )
        self.claims.append(claim)
        return claim

    def mention(self, local, start, end, rule="name"):
        self.mentions.append(Mention(Span(self.article.key, start, end), self.entities[local].type, local, rule))

    def words(self, local):
        return self.entities[local].name

    def reading(self):
        return Reading(
            self.article.key,
            self.article.sha256,
            "test",
            entities=tuple(sorted(self.entities.values(), key=lambda e: e.id)),
            mentions=tuple(self.mentions),
            claims=tuple(sorted(self.claims, key=lambda c: c.id)),
        )


@pytest.fixture
def draft():
    return Draft()


@pytest.fixture
def make_draft():
    return Draft


@pytest.fixture
def identify(resolver):
    """Canonical entity of the first-named entity of a draft."""

    def identify(draft, local):
        return resolver.identities(draft.reading(), draft.article)[local].entity

    return identify


@pytest.fixture
def current():
    return Tenure.CURRENT
