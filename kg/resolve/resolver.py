"""From a reading with local entities to one with canonical entities. Pure: one article, no order, no memory."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from kg.model import Argument, Article, Claim, Entity, Literal, Mention, Qualifiers, Reading, Span, merge
from kg.resolve.candidates import MISTAKEN, ORGANIZATIONS, Candidates
from kg.resolve.cluster import known_entity, text_entity, unite
from kg.resolve.context import Context
from kg.resolve.folding import fold
from kg.resolve.gazetteer import Gazetteer
from kg.resolve.metonymy import Metonymy, Slot
from kg.resolve.persons import Persons
from kg.schema import Schema

READ = frozenset({"", "name", "gazetteer"})
"""Rules of reading that say only that the words are a name; others are kept in front of the rule of resolution."""


SHARED_NAMES = {
    "korea": ("KR", "KP"), "korean": ("KR", "KP"), "congo": ("CD", "CG"), "congolese": ("CD", "CG"),
    "german": ("DE", "x-bw", "x-dd"), "germany": ("DE", "x-bw", "x-dd"), "vietnam": ("VN", "x-vs", "x-vn"),
    "vietnamese": ("VN", "x-vs", "x-vn"), "dominican": ("DO", "DM"), "guinean": ("GN", "GQ", "GW"),
    "sudanese": ("SD", "SS"), "yemeni": ("YE", "x-ys", "x-yn"), "yemen": ("YE", "x-ys", "x-yn"),
}  # fmt: skip
"""Folded names that more than one state goes by."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """A claim of the local reading that has no place in the graph, and why: `reflexive` or `schema`."""

    claim: Claim
    reason: str


@dataclass(frozen=True, slots=True)
class Resolved:
    """What something is: a canonical entity, and the rule that says so."""

    entity: Entity
    rule: str


class Resolver:
    """Gives every entity of a reading its canonical identity.

    Args:
        gazetteer: known names and dated offices.
        schema: which relation takes which types.
    """

    def __init__(self, gazetteer: Gazetteer, schema: Schema) -> None:
        self._gazetteer = gazetteer
        self._schema = schema
        self._candidates = Candidates(gazetteer)
        self._persons = Persons(gazetteer)
        self._metonymy = Metonymy(gazetteer, schema)

    def resolve(self, reading: Reading, article: Article) -> Reading:
        """The same reading about canonical entities.

        Claims whose ends turn out to be one entity or that the schema forbids are left out; `dropped` lists them.

        Args:
            reading: of `kg.nlp`.
            article: the article that was read.
        """
        work = _Work(self, reading, article)
        claims = merge(claim for claim, reason in work.claims() if not reason)
        mentions = tuple(work.mention(m) for m in reading.mentions)
        entities = work.entities({m.entity for m in mentions}, claims)
        return replace(reading, entities=entities, mentions=mentions, claims=claims)

    def dropped(self, reading: Reading, article: Article) -> tuple[Dropped, ...]:
        """Claims of a local reading that `resolve` leaves out, sorted by id; for `kg explain`."""
        work = _Work(self, reading, article)
        pairs = zip(reading.claims, work.claims(), strict=True)
        lost = [Dropped(local, reason) for local, (_, reason) in pairs if reason]
        return tuple(sorted(lost, key=lambda d: d.claim.id))

    def identities(self, reading: Reading, article: Article) -> Mapping[str, Resolved]:
        """Canonical entity and rule of each local entity, by local id."""
        context = Context(reading, article, self._gazetteer)
        resolved: dict[str, Resolved] = {}
        for entity in reading.entities:
            self._identify(entity, context, resolved)
        return resolved

    def _identify(self, local: Entity, context: Context, resolved: dict[str, Resolved]) -> Resolved:
        if local.id in resolved:
            return resolved[local.id]
        owner = context.owner(local)
        within = self._identify(owner, context, resolved).entity.id if owner is not None else ""
        decide = self._persons.decide if local.type == "Person" else self._candidates.decide
        decision = decide(local, context)
        person = context.person_called(local) if decision.entry is None and local.type in MISTAKEN else None
        if person is not None and context.owner(person) is None:
            resolved[local.id] = Resolved(self._identify(person, context, resolved).entity, "last_name")
            return resolved[local.id]
        if decision.entry is not None:
            entity = known_entity(decision.entry, (local.name, *local.aliases))
        else:
            entity = text_entity(local, article=context.article, within=within, owner=self._adjective(local, context))
        resolved[local.id] = Resolved(entity, decision.rule)
        return resolved[local.id]

    def _adjective(self, local: Entity, context: Context) -> str:
        """The adjective of the country that an organization is within ("Lebanese"), or ""."""
        iso = context.iso(local.within) if local.within and local.type in ORGANIZATIONS else ""
        return self._gazetteer.country(iso).adjectives[0] if iso and self._gazetteer.country(iso).adjectives else ""

    def allows(self, claim: Claim, types: Mapping[str, str]) -> bool:
        """Does the schema allow a canonical claim?

        Args:
            claim: canonical.
            types: entity types by id.
        """
        end = types[claim.object.entity] if isinstance(claim.object, Argument) else None
        return claim.relation in self._schema.relations and self._schema.allows(
            claim.relation, types[claim.subject.entity], end
        )

    def shifted(self, entity: Entity, slot: Slot, context: Context) -> Resolved | None:
        """What a canonical entity means in a role, when that is not itself."""
        if slot.relation not in self._schema.relations:
            return None
        known = self._gazetteer.entry(entity.id)
        shift = self._metonymy.shift(known.known, slot, context) if known else None
        return Resolved(known_entity(shift.entry), shift.rule) if shift else None

    def context(self, reading: Reading, article: Article) -> Context:
        """Evidence of one article."""
        return Context(reading, article, self._gazetteer)

    def own_country(self, literal: Resolved, person: Entity, words: str) -> Resolved:
        """The country of a known person where the words of the office may mean it: "Korean leader Kim Jong Un"."""
        shared, own = SHARED_NAMES.get(fold(words), ()), self._gazetteer.iso_of(person.within)
        if literal.entity.type != "Country" or own not in shared or person.within == literal.entity.id:
            return literal
        return Resolved(self.known(person.within), "country_of_person")

    def known(self, entity_id: str) -> Entity:
        """The entity of an id of the gazetteer.

        Raises:
            KeyError: no such entity.
        """
        entry = self._gazetteer.entry(entity_id)
        if entry is None:
            raise KeyError(entity_id)
        return known_entity(entry)


class _Acting:
    """Where the names of one local entity mean another one: the words of the claims in which it acts."""

    def __init__(self) -> None:
        self._places: list[tuple[int, int, str, Resolved]] = []
        self._longest = 0
        self._sorted = True

    def add(self, span: Span, meant: Resolved) -> None:
        """Names within this span mean this entity."""
        self._places.append((span.start, span.end, meant.entity.id, meant))
        self._longest = max(self._longest, span.end - span.start)
        self._sorted = False

    def around(self, span: Span) -> Resolved | None:
        """What a name at this span means by the shortest claim around it; None outside of all."""
        if not self._sorted:
            self._places.sort(key=lambda p: p[:3])
            self._sorted = True
        nearest: tuple[int, str, Resolved] | None = None
        last = bisect_right(self._places, span.start, key=lambda p: p[0])
        for at in range(last - 1, -1, -1):
            start, end, entity_id, meant = self._places[at]
            if start < span.end - self._longest:
                break
            if span.end <= end and (nearest is None or (end - start, entity_id) < nearest[:2]):
                nearest = (end - start, entity_id, meant)
        return nearest[2] if nearest else None


class _Work:
    """Resolution of one reading."""

    def __init__(self, resolver: Resolver, reading: Reading, article: Article) -> None:
        self._resolver = resolver
        self._reading = reading
        self._context = resolver.context(reading, article)
        self._identities = resolver.identities(reading, article)
        self._made: list[Entity] = [r.entity for r in self._identities.values()]
        self._types = {e.id: e.type for e in self._made}
        self._acting: dict[str, _Acting] = {}

    def claims(self) -> Iterator[tuple[Claim, str]]:
        """Each claim with canonical arguments, and why it is left out ("" when it is not), in the reading's order."""
        for local in self._reading.claims:
            claim = self._claim(local)
            reason = "" if self._resolver.allows(claim, self._types) else "schema"
            if isinstance(claim.object, Argument) and claim.object.entity == claim.subject.entity:
                reason = "reflexive"
            yield claim, reason

    def _claim(self, local: Claim) -> Claim:
        q, relation = local.qualifiers, local.relation
        subject_type = self._type(local.subject)
        end = local.object
        subject = self._argument(local, local.subject, Slot(relation, "subject", self._type(end), q.title))
        if isinstance(end, Argument):
            end = self._argument(local, end, Slot(relation, "object", subject_type, q.title))
        place = self._argument(local, q.place, Slot(relation, "place")) if q.place else None
        addressee = self._argument(local, q.addressee, Slot(relation, "addressee")) if q.addressee else None
        speaker = local.attributed_to
        speaker = self._argument(local, speaker, Slot(relation, "speaker")) if speaker else None
        qualifiers = Qualifiers(q.title, q.tenure, q.topic, place, addressee)
        return replace(local, subject=subject, object=end, qualifiers=qualifiers, attributed_to=speaker)

    def _type(self, argument: Argument | Literal) -> str:
        return self._identities[argument.entity].entity.type if isinstance(argument, Argument) else ""

    def _argument(self, claim: Claim, argument: Argument, slot: Slot) -> Argument:
        literal = self._identities[argument.entity]
        if slot.relation == "holds_position" and slot.role == "object":
            literal = self._resolver.own_country(literal, self._identities[claim.subject.entity].entity, argument.text)
        shifted = self._resolver.shifted(literal.entity, slot, self._context)
        meant = shifted or literal
        if shifted is not None:
            self._made.append(meant.entity)
            self._types[meant.entity.id] = meant.entity.type
            acting = self._acting.setdefault(argument.entity, _Acting())
            for evidence in claim.evidence:
                acting.add(evidence.span, meant)
        return Argument(meant.entity.id, argument.text, joined(argument.rule, meant.rule))

    def mention(self, mention: Mention) -> Mention:
        """The mention with its canonical entity: the government where its words act in a claim, else what they name."""
        acting = self._acting.get(mention.entity)
        meant = (acting.around(mention.span) if acting else None) or self._identities[mention.entity]
        return Mention(mention.span, mention.type, meant.entity.id, joined(mention.rule, meant.rule))

    def entities(self, mentioned: set[str], claims: tuple[Claim, ...]) -> tuple[Entity, ...]:
        """All canonical entities that are used, and those they belong to, sorted by id."""
        used = mentioned | {entity for claim in claims for entity in claim.entities()}
        by_id = {e.id: e for e in unite(self._made)}
        wanted: dict[str, Entity] = {}
        while used:
            entity_id = used.pop()
            if entity_id not in wanted:
                wanted[entity_id] = by_id.get(entity_id) or self._resolver.known(entity_id)
                used |= {wanted[entity_id].within} - {""}
        return tuple(wanted[entity_id] for entity_id in sorted(wanted))


def joined(read: str, resolved: str) -> str:
    """The rule of a decision: how the words came to name the entity, and how the entity came to be known.

    Plain names say only the second (`gazetteer.name`); a pronoun says both (`pronoun, gazetteer.name`).
    """
    return resolved if read in READ else f"{read}, {resolved}"
