"""Predicate-argument frames: every construction in both label schemes fills the same slots."""

from dataclasses import dataclass, field

import pytest

from kg.nlp.grammar import Tree, clause_kind, find_predicate, is_passive, surface_subjects, verb_lemma
from tests.nlp.trees import clear, slot, universal, words_of

LIGHT = {
    "hold": frozenset({"talk", "meeting"}),
    "impose": frozenset({"sanction"}),
    "pay": frozenset({"visit"}),
    "take": frozenset({"part"}),
}


@dataclass(frozen=True)
class Construction:
    """A tree, and the words that fill `word/slot`."""

    table: str
    slots: dict[str, list[str]] = field(default_factory=dict)


CASES: dict[str, Construction] = {
    "active": Construction(
        """
        Iran      NNP           2 nsubj
        attacked  VBD:attack    0 root
        Israel    NNP           2 obj    2 dobj
        """,
        {
            "attacked/agent": ["Iran"],
            "attacked/patient": ["Israel"],
            "attacked/recipient": [],
            "attacked/companion": [],
        },
    ),
    "passive with by": Construction(
        """
        Israel    NNP         3 nsubj:pass  3 nsubjpass
        was       VBD:be      3 aux:pass    3 auxpass
        attacked  VBN:attack  0 root
        by        IN          5 case        3 agent
        Iran      NNP         3 obl:agent   4 pobj
        """,
        {"attacked/agent": ["Iran"], "attacked/patient": ["Israel"]},
    ),
    "passive without by": Construction(
        """
        Israel    NNP         3 nsubj:pass  3 nsubjpass
        was       VBD:be      3 aux:pass    3 auxpass
        attacked  VBN:attack  0 root
        """,
        {"attacked/agent": [], "attacked/patient": ["Israel"]},
    ),
    "passive with a coordination of doers": Construction(
        """
        Hamas     NNP         3 nsubj:pass  3 nsubjpass
        was       VBD:be      3 aux:pass    3 auxpass
        shunned   VBN:shun    0 root
        by        IN          5 case        3 agent
        Israel    NNP         3 obl:agent   4 pobj
        and       CC          7 cc          5 cc
        Egypt     NNP         5 conj
        """,
        {"shunned/agent": ["Israel", "Egypt"], "shunned/patient": ["Hamas"]},
    ),
    "subject control": Construction(
        """
        Xi      NNP        2 nsubj
        agreed  VBD:agree  0 root
        to      TO         4 mark   4 aux
        visit   VB         2 xcomp
        Paris   NNP        4 obj    4 dobj
        """,
        {"visit/agent": ["Xi"], "visit/patient": ["Paris"], "agreed/agent": ["Xi"], "agreed/complement": ["visit"]},
    ),
    "object control": Construction(
        """
        Xi      NNP       2 nsubj
        urged   VBD:urge  0 root
        Iran    NNP       2 obj    2 dobj
        to      TO        5 mark   5 aux
        stop    VB        2 xcomp
        tests   NNS:test  5 obj    5 dobj
        """,
        {"stop/agent": ["Iran"], "urged/agent": ["Xi"], "urged/patient": ["Iran"], "urged/complement": ["stop"]},
    ),
    "promise keeps its subject": Construction(
        """
        Xi        NNP          2 nsubj
        promised  VBD:promise  0 root
        Iran      NNP          2 iobj   2 dobj
        to        TO           5 mark   5 aux
        visit     VB           2 xcomp
        Syria     NNP          5 obj    5 dobj
        """,
        {"visit/agent": ["Xi"], "visit/patient": ["Syria"]},
    ),
    "call on somebody to do": Construction(
        """
        Xi      NNP       2 nsubj
        called  VBD:call  0 root
        on      IN        4 case   2 prep
        Iran    NNP       2 obl    3 pobj
        to      TO        6 mark   6 aux
        stop    VB        2 xcomp  2 advcl
        tests   NNS:test  6 obj    6 dobj
        """,
        {"called/agent": ["Xi"], "called/on": ["Iran"]},
    ),
    "raising": Construction(
        """
        Iran      NNP       2 nsubj
        seems     VBZ:seem  0 root
        to        TO        4 mark   4 aux
        support   VB        2 xcomp
        Syria     NNP       4 obj    4 dobj
        """,
        {"support/agent": ["Iran"], "support/patient": ["Syria"]},
    ),
    "passive under control": Construction(
        """
        Xi       NNP         3 nsubj:pass  3 nsubjpass
        was      VBD:be      3 aux:pass    3 auxpass
        urged    VBN:urge    0 root
        by       IN          5 case        3 agent
        Modi     NNP         3 obl:agent   4 pobj
        to       TO          7 mark        7 aux
        visit    VB          3 xcomp
        Delhi    NNP         7 obj         7 dobj
        """,
        {"urged/agent": ["Modi"], "urged/patient": ["Xi"], "visit/agent": ["Xi"], "visit/patient": ["Delhi"]},
    ),
    "coordinated subjects": Construction(
        """
        Iran    NNP       6 nsubj
        ,       ,         1 punct
        Iraq    NNP       1 conj
        and     CC        5 cc     3 cc
        Syria   NNP       1 conj   3 conj
        met     VBD:meet  0 root
        Egypt   NNP       6 obj    6 dobj
        """,
        {"met/agent": ["Iran", "Iraq", "Syria"], "met/patient": ["Egypt"]},
    ),
    "coordinated objects": Construction(
        """
        Xi      NNP       2 nsubj
        met     VBD:meet  0 root
        Modi    NNP       2 obj    2 dobj
        and     CC        5 cc     3 cc
        Putin   NNP       3 conj
        """,
        {"met/agent": ["Xi"], "met/patient": ["Modi", "Putin"]},
    ),
    "coordinated verbs": Construction(
        """
        Xi        NNP          2 nsubj
        visited   VBD:visit    0 root
        Delhi     NNP          2 obj    2 dobj
        ,         ,            2 punct
        met       VBD:meet     2 conj
        Modi      NNP          5 obj    5 dobj
        and       CC           8 cc     5 cc
        praised   VBD:praise   2 conj   5 conj
        India     NNP          8 obj    8 dobj
        """,
        {
            "visited/patient": ["Delhi"],
            "met/agent": ["Xi"],
            "met/patient": ["Modi"],
            "praised/agent": ["Xi"],
            "praised/patient": ["India"],
        },
    ),
    "coordinated verbs share an object": Construction(
        """
        Xi        NNP           2 nsubj
        met       VBD:meet      0 root
        and       CC            4 cc     2 cc
        praised   VBD:praise    2 conj
        Modi      NNP           4 obj    4 dobj
        """,
        {"met/agent": ["Xi"], "met/patient": ["Modi"], "praised/agent": ["Xi"], "praised/patient": ["Modi"]},
    ),
    "coordinated passives": Construction(
        """
        Navalny   NNP          3 nsubj:pass  3 nsubjpass
        was       VBD:be       3 aux:pass    3 auxpass
        arrested  VBN:arrest   0 root
        and       CC           5 cc          3 cc
        jailed    VBN:jail     3 conj
        by        IN           7 case        5 agent
        Moscow    NNP          5 obl:agent   6 pobj
        """,
        {"arrested/patient": ["Navalny"], "jailed/patient": ["Navalny"], "jailed/agent": ["Moscow"]},
    ),
    "relative clause, subject gap": Construction(
        """
        Xi       NNP        6 nsubj
        ,        ,          4 punct
        who      WP         4 nsubj
        visited  VBD:visit  1 acl:relcl  1 relcl
        Delhi    NNP        4 obj        4 dobj
        left     VBD:leave  0 root
        """,
        {"visited/agent": ["Xi"], "visited/patient": ["Delhi"], "left/agent": ["Xi"]},
    ),
    "relative clause, two verbs": Construction(
        """
        Xi       NNP        9 nsubj
        ,        ,          4 punct
        who      WP         4 nsubj
        visited  VBD:visit  1 acl:relcl  1 relcl
        Delhi    NNP        4 obj        4 dobj
        and      CC         7 cc         4 cc
        met      VBD:meet   4 conj
        Modi     NNP        7 obj        7 dobj
        left     VBD:leave  0 root
        """,
        {"met/agent": ["Xi"], "met/patient": ["Modi"]},
    ),
    "relative clause, object gap": Construction(
        """
        the      DT         2 det
        envoy    NN         7 nsubj
        whom     WP         5 obj        5 dobj
        Xi       NNP        5 nsubj
        met      VBD:meet   2 acl:relcl  2 relcl
        has      VBZ:have   7 aux
        left     VBN:leave  0 root
        """,
        {"met/agent": ["Xi"], "met/patient": ["envoy"]},
    ),
    "relative clause without pronoun": Construction(
        """
        the      DT         2 det
        deal     NN         0 root
        Iran     NNP        4 nsubj
        signed   VBD:sign   2 acl:relcl  2 relcl
        """,
        {"signed/agent": ["Iran"], "signed/patient": ["deal"]},
    ),
    "relative clause of time has no object gap": Construction(
        """
        the      DT         2 det
        day      NN         0 root
        when     WRB        5 advmod
        Iran     NNP        5 nsubj
        signed   VBD:sign   2 acl:relcl  2 relcl
        the      DT         7 det
        deal     NN         5 obj        5 dobj
        """,
        {"signed/agent": ["Iran"], "signed/patient": ["deal"]},
    ),
    "passive relative clause": Construction(
        """
        Hamas    NNP         6 nsubj
        ,        ,           5 punct
        which    WDT         5 nsubj:pass  5 nsubjpass
        was      VBD:be      5 aux:pass    5 auxpass
        banned   VBN:ban     1 acl:relcl   1 relcl
        grew     VBD:grow    0 root
        """,
        {"banned/patient": ["Hamas"], "banned/agent": []},
    ),
    "active participle after a noun": Construction(
        """
        officials  NNS:official  0 root
        visiting   VBG:visit     1 acl
        Delhi      NNP           2 obj    2 dobj
        """,
        {"visiting/agent": ["officials"], "visiting/patient": ["Delhi"]},
    ),
    "passive participle after a noun": Construction(
        """
        groups  NNS:group   0 root
        banned  VBN:ban     1 acl
        by      IN          4 case       2 agent
        Egypt   NNP         2 obl:agent  3 pobj
        """,
        {"banned/patient": ["groups"], "banned/agent": ["Egypt"]},
    ),
    "participle clause": Construction(
        """
        Xi       NNP         2 nsubj
        left     VBD:leave   0 root
        Delhi    NNP         2 obj    2 dobj
        after    IN          5 mark   2 prep
        meeting  VBG:meet    2 advcl  4 pcomp
        Modi     NNP         5 obj    5 dobj
        """,
        {"meeting/agent": ["Xi"], "meeting/patient": ["Modi"]},
    ),
    "gerund of an accusation": Construction(
        """
        Iran       NNP         2 nsubj
        accused    VBD:accuse  0 root
        Israel     NNP         2 obj    2 dobj
        of         IN          5 mark   2 prep
        attacking  VBG:attack  2 advcl  4 pcomp
        Syria      NNP         5 obj    5 dobj
        """,
        {
            "accused/agent": ["Iran"],
            "accused/patient": ["Israel"],
            "accused/of": ["attacking"],
            "attacking/patient": ["Syria"],
        },
    ),
    "apposition": Construction(
        """
        Hungary  NNP        6 nsubj
        ,        ,          4 punct
        a        DT         4 det
        member   NN         1 appos
        ,        ,          4 punct
        objected VBD:object 0 root
        """,
        {"member/self": ["Hungary"], "objected/agent": ["Hungary"]},
    ),
    "name after its description": Construction(
        """
        its     PRP$      2 nmod:poss  2 poss
        ally    NN        4 nsubj
        Syria   NNP       2 appos
        agreed  VBD:agree 0 root
        """,
        {"ally/self": ["Syria"]},
    ),
    "copula": Construction(
        """
        Iran   NNP     5 nsubj  3 nsubj
        and    CC      3 cc     1 cc
        is     VBZ:be  5 cop    0 root
        an     DT      5 det
        ally   NN      0 root   3 attr
        of     IN      7 case   5 prep
        Syria  NNP     5 nmod   6 pobj
        """,
        {
            "ally/self": ["Iran"],
            "ally/agent": ["Iran"],
            "ally/of": ["Syria"],
            "ally/patient": ["Syria"],
            "ally/owner": ["Syria"],
        },
    ),
    "copula in a relative clause": Construction(
        """
        Iran   NNP        8 nsubj
        ,      ,          6 punct
        which  WDT        6 nsubj      4 nsubj
        is     VBZ:be     6 cop        1 relcl
        an     DT         6 det
        ally   NN         1 acl:relcl  4 attr
        ,      ,          6 punct      4 punct
        left   VBD:leave  0 root
        it     PRP        8 obj        8 dobj
        """,
        {"ally/self": ["Iran"]},
    ),
    "as": Construction(
        """
        Qatar     NNP        2 nsubj
        acted     VBD:act    0 root
        as        IN         5 case  2 prep
        a         DT         5 det
        mediator  NN         2 obl   3 pobj
        """,
        {"mediator/self": ["Qatar"], "acted/as": ["mediator"]},
    ),
    "adjective with a preposition": Construction(
        """
        Seoul    NNP     3 nsubj  2 nsubj
        is       VBZ:be  3 cop    0 root
        wary     JJ      0 root   2 acomp
        of       IN      5 case   3 prep
        Beijing  NNP     3 obl    4 pobj
        """,
        {"wary/agent": ["Seoul"], "wary/of": ["Beijing"]},
    ),
    "possessor of an event noun": Construction(
        """
        Iran        NNP      3 nmod:poss  3 poss
        's          POS      1 case
        attack      NN       0 root
        on          IN       5 case       3 prep
        Israel      NNP      3 nmod       4 pobj
        """,
        {"attack/agent": ["Iran"], "attack/on": ["Israel"], "attack/owner": ["Iran"]},
    ),
    "coordinated possessors": Construction(
        """
        Iran     NNP   5 nmod:poss  5 poss
        and      CC    3 cc         1 cc
        Syria    NNP   1 conj
        's       POS   3 case
        support  NN    0 root
        for      IN    7 case       5 prep
        Hamas    NNP   5 nmod       6 pobj
        """,
        {"support/agent": ["Iran", "Syria"], "support/for": ["Hamas"]},
    ),
    "demonym": Construction(
        """
        Israeli  JJ         2 amod
        strikes  NNS:strike 0 root
        on       IN         4 case  2 prep
        Gaza     NNP        2 nmod  3 pobj
        """,
        {"strikes/agent": ["Israeli"], "strikes/owner": ["Israeli"], "strikes/on": ["Gaza"]},
    ),
    "nominalisation with of and by": Construction(
        """
        the       DT       2 det
        invasion  NN       0 root
        of        IN       4 case  2 prep
        Kuwait    NNP      2 nmod  3 pobj
        by        IN       6 case  2 prep
        Iraq      NNP      2 nmod  5 pobj
        """,
        {"invasion/patient": ["Kuwait"], "invasion/agent": ["Iraq"], "invasion/of": ["Kuwait"]},
    ),
    "owner behind of": Construction(
        """
        expulsion  NN            0 root
        of         IN            3 case  1 prep
        diplomats  NNS:diplomat  1 nmod  2 pobj
        of         IN            5 case  3 prep
        Russia     NNP           3 nmod  4 pobj
        """,
        {"expulsion/patient": ["diplomats"], "expulsion/patient.owner": ["Russia"]},
    ),
    "owner of a patient": Construction(
        """
        London     NNP           2 nsubj
        expelled   VBD:expel     0 root
        Russian    JJ            4 amod
        diplomats  NNS:diplomat  2 obj   2 dobj
        """,
        {
            "expelled/patient": ["diplomats"],
            "expelled/patient.owner": ["Russian"],
            "expelled/patient.modifier": ["Russian"],
        },
    ),
    "between two": Construction(
        """
        talks    NNS:talk  0 root
        between  IN        3 case  1 prep
        Iran     NNP       1 nmod  2 pobj
        and      CC        5 cc    3 cc
        Iraq     NNP       3 conj
        """,
        {"talks/between": ["Iran", "Iraq"], "talks/agent": []},
    ),
    "light verb": Construction(
        """
        Xi      NNP       2 nsubj
        held    VBD:hold  0 root
        talks   NNS:talk  2 obj    2 dobj
        with    IN        5 case   3 prep
        Modi    NNP       3 nmod   4 pobj
        in      IN        7 case   2 prep
        Delhi   NNP       2 obl    6 pobj
        """,
        {
            "talks/agent": ["Xi"],
            "talks/companion": ["Modi"],
            "talks/with": ["Modi"],
            "talks/place": ["Delhi"],
            "talks/patient": [],
        },
    ),
    "light verb, companion on the verb": Construction(
        """
        Xi      NNP       2 nsubj
        held    VBD:hold  0 root
        talks   NNS:talk  2 obj    2 dobj
        with    IN        5 case   2 prep
        Modi    NNP       2 obl    4 pobj
        """,
        {"talks/agent": ["Xi"], "talks/companion": ["Modi"]},
    ),
    "passive light verb": Construction(
        """
        Sanctions  NNS:sanction  3 nsubj:pass  3 nsubjpass
        were       VBD:be        3 aux:pass    3 auxpass
        imposed    VBN:impose    0 root
        on         IN            5 case        3 prep
        Iran       NNP           3 obl         4 pobj
        by         IN            7 case        3 agent
        Canada     NNP           3 obl:agent   6 pobj
        """,
        {"Sanctions/agent": ["Canada"], "Sanctions/on": ["Iran"]},
    ),
    "passive light verb without doer": Construction(
        """
        Talks  NNS:talk  3 nsubj:pass  3 nsubjpass
        were   VBD:be    3 aux:pass    3 auxpass
        held   VBN:hold  0 root
        in     IN        5 case        3 prep
        Doha   NNP       3 obl         4 pobj
        """,
        {"Talks/agent": [], "Talks/place": ["Doha"]},
    ),
    "light verb, coordinated nouns": Construction(
        """
        Xi       NNP          2 nsubj
        held     VBD:hold     0 root
        talks    NNS:talk     2 obj    2 dobj
        and      CC           6 cc     3 cc
        a        DT           6 det
        meeting  NN           3 conj
        with     IN           8 case   6 prep
        Modi     NNP          6 nmod   7 pobj
        """,
        {"meeting/agent": ["Xi"], "meeting/companion": ["Modi"], "talks/agent": ["Xi"]},
    ),
    "light verb under control": Construction(
        """
        Xi      NNP        2 nsubj
        agreed  VBD:agree  0 root
        to      TO         4 mark   4 aux
        hold    VB         2 xcomp
        talks   NNS:talk   4 obj    4 dobj
        with    IN         7 case   5 prep
        Modi    NNP        5 nmod   6 pobj
        """,
        {"talks/agent": ["Xi"], "talks/companion": ["Modi"]},
    ),
    "give to somebody": Construction(
        """
        Iran     NNP         2 nsubj
        gave     VBD:give    0 root
        Syria    NNP         2 iobj  2 dative
        oil      NN          2 obj   2 dobj
        """,
        {"gave/agent": ["Iran"], "gave/recipient": ["Syria"], "gave/patient": ["oil"]},
    ),
    "give with a preposition": Construction(
        """
        Iran     NNP         2 nsubj
        gave     VBD:give    0 root
        oil      NN          2 obj   2 dobj
        to       IN          5 case  2 dative
        Syria    NNP         2 obl   4 pobj
        """,
        {"gave/agent": ["Iran"], "gave/to": ["Syria"], "gave/patient": ["oil"], "gave/recipient": []},
    ),
    "preposition of a coordination": Construction(
        """
        Xi      NNP       2 nsubj
        spoke   VBD:speak 0 root
        with    IN        4 case  2 prep
        Modi    NNP       2 obl   3 pobj
        and     CC        6 cc    4 cc
        Putin   NNP       4 conj
        """,
        {"spoke/companion": ["Modi", "Putin"], "spoke/with": ["Modi", "Putin"]},
    ),
    "modifiers": Construction(
        """
        close    JJ   3 amod
        military NN   3 compound
        ties     NNS:tie  0 root
        with     IN   5 case  3 prep
        Iran     NNP  3 nmod  4 pobj
        """,
        {"ties/modifier": ["close", "military"], "ties/with": ["Iran"]},
    ),
    "reported clause": Construction(
        """
        Xi       NNP          2 nsubj
        said     VBD:say      0 root
        Iran     NNP          4 nsubj
        attacked VBD:attack   2 ccomp
        Israel   NNP          4 obj    4 dobj
        """,
        {"said/complement": ["attacked"], "attacked/agent": ["Iran"], "said/agent": ["Xi"]},
    ),
    "infinitive below a noun": Construction(
        """
        Iran       NNP   3 nmod:poss  3 poss
        's         POS   1 case
        plan       NN    0 root
        to         TO    5 mark       5 aux
        attack     VB    3 acl
        Israel     NNP   5 obj        5 dobj
        """,
        {"attack/agent": ["Iran"], "attack/patient": ["Israel"], "plan/complement": ["attack"]},
    ),
    "infinitive below an object": Construction(
        """
        Iran       NNP            2 nsubj
        announced  VBD:announce   0 root
        a          DT             4 det
        plan       NN             2 obj  2 dobj
        to         TO             6 mark 6 aux
        attack     VB             4 acl
        Israel     NNP            6 obj  6 dobj
        """,
        {"attack/agent": ["Iran"], "attack/patient": ["Israel"]},
    ),
    "expletive is no subject": Construction(
        """
        There    EX        2 expl
        were     VBD:be    0 root
        talks    NNS:talk  2 nsubj   2 attr
        between  IN        5 case    3 prep
        Iran     NNP       3 nmod    4 pobj
        and      CC        7 cc      5 cc
        Iraq     NNP       5 conj
        """,
        {"talks/between": ["Iran", "Iraq"]},
    ),
}


@pytest.mark.parametrize("scheme", [universal, clear])
@pytest.mark.parametrize("name", CASES)
def test_slots(name: str, scheme: type) -> None:
    case = CASES[name]
    tree: Tree = scheme(case.table)
    found = {key: slot(tree, *key.split("/"), LIGHT) for key in case.slots}
    assert found == case.slots


def test_number_of_constructions() -> None:
    assert len(CASES) >= 50
    assert sum(len(c.slots) for c in CASES.values()) >= 120


def test_who_is_called_on_does_the_infinitive() -> None:
    tree = universal(CASES["call on somebody to do"].table)
    assert slot(tree, "stop", "agent") == ["Iran"]


def test_particle_belongs_to_its_verb() -> None:
    for scheme in (universal, clear):
        tree = scheme(
            """
            Iran    NNP       2 nsubj
            backed  VBD:back  0 root
            Down    RP        2 compound:prt  2 prt
            """
        )
        assert verb_lemma(tree, 1) == "back down"
        found = find_predicate(tree, 1, {})
        assert found is not None
        assert (found.lemma, found.kind, found.light, found.anchor) == ("back down", "VERB", None, 1)


def test_particle_verb_can_be_light() -> None:
    tree = universal(
        """
        Iran     NNP         2 nsubj
        called   VBD:call    0 root
        off      RP          2 compound:prt
        talks    NNS:talk    2 obj
        """
    )
    found = find_predicate(tree, 3, {"call off": frozenset({"talk"})})
    assert found is not None
    assert (found.light, found.anchor) == (1, 1)
    other = find_predicate(tree, 3, {"call": frozenset({"talk"})})
    assert other is not None
    assert other.light is None


def test_only_listed_nouns_are_carried() -> None:
    tree = universal("Iran NNP 2 nsubj\nheld VBD:hold 0 root\nhostages NNS:hostage 2 obj")
    found = find_predicate(tree, 2, LIGHT)
    assert found is not None
    assert found.light is None
    assert found.slot("agent") == []


@pytest.mark.parametrize(
    ("table", "kind"),
    [
        ("Xi NNP 2 nsubj\nhopes VBZ:hope 0 root\nto TO 4 mark\nwin VB 2 xcomp", "to"),
        ("Xi NNP 2 nsubj\nstopped VBD:stop 0 root\ntalking VBG:talk 2 xcomp", "ing"),
        ("Xi NNP 2 nsubj\nsaid VBD:say 0 root\nIran NNP 4 nsubj\nwon VBD:win 2 ccomp", "that"),
        ("Xi NNP 2 nsubj\ndemanded VBD:demand 0 root\nIran NNP 4 nsubj\nstop VB 2 ccomp", "that-subjunctive"),
        ("Xi NNP 2 nsubj\nsaid VBD:say 0 root\nIran NNP 5 nsubj\nwill MD 5 aux\nstop VB 2 ccomp", "that"),
        ("Xi NNP 2 nsubj\nsaid VBD:say 0 root\nIran NNP 5 nsubj\nwas VBD:be 5 aux\nwinning VBG:win 2 ccomp", "that"),
    ],
)
def test_kinds_of_clause(table: str, kind: str) -> None:
    tree = universal(table)
    assert clause_kind(tree, len(tree.words) - 1) == kind


def test_kind_of_an_infinitive_in_clear() -> None:
    tree = clear("Xi NNP 2 nsubj\nhopes VBZ:hope 0 root\nto TO 4 aux\nbeat VB 2 xcomp\nIran NNP 4 dobj")
    assert clause_kind(tree, 3) == "to"


@pytest.mark.parametrize(
    ("table", "verb", "passive"),
    [
        ("Iran NNP 2 nsubj\nwon VBD:win 0 root", 1, False),
        ("Iran NNP 3 nsubj\nhas VBZ:have 3 aux\nwon VBN:win 0 root", 2, False),
        ("Iran NNP 3 nsubj:pass\nwas VBD:be 3 aux:pass\nhit VBN:hit 0 root", 2, True),
        ("groups NNS:group 0 root\nhit VBN:hit 1 acl", 1, True),
        ("groups NNS:group 0 root\nhitting VBG:hit 1 acl", 1, False),
        ("banned VBN:ban 2 amod\ngroups NNS:group 0 root", 0, True),
        ("Iran NNP 3 nsubj\nhas VBZ:have 3 aux\nwon VBN:win 0 root\nand CC 5 cc\ngrown VBN:grow 3 conj", 4, False),
        ("Asked VBN:ask 4 advcl\n, , 1 punct\nXi NNP 4 nsubj\nleft VBD:leave 0 root", 0, True),
    ],
)
def test_passives(table: str, verb: int, *, passive: bool) -> None:
    assert is_passive(universal(table), verb) is passive


def test_no_predicate_at_other_words() -> None:
    tree = universal("The DT 2 det\nXi NNP 4 nsubj\nnow RB 4 advmod\nleft VBD:leave 0 root")
    assert [find_predicate(tree, i, {}) is not None for i in range(4)] == [False, False, False, True]


def test_relative_clause_after_a_coordination_belongs_to_the_nearest() -> None:
    tree = universal(
        """
        Iran     NNP        7 nsubj
        and      CC         3 cc
        Syria    NNP        1 conj
        ,        ,          6 punct
        which    WDT        6 nsubj
        objected VBD:object 3 acl:relcl
        left     VBD:leave  0 root
        """
    )
    assert words_of(tree, surface_subjects(tree, 5)) == ["Syria"]
    assert words_of(tree, surface_subjects(tree, 6)) == ["Iran", "Syria"]


def test_conjunct_with_another_preposition_is_another_phrase() -> None:
    tree = universal(
        """
        Xi       NNP         2 nsubj
        spoke    VBD:speak   0 root
        with     IN          4 case
        Modi     NNP         2 obl
        and      CC          7 cc
        about    IN          7 case
        Iran     NNP         4 conj
        """
    )
    assert slot(tree, "spoke", "with") == ["Modi"]


def test_an_embedded_finite_clause_takes_no_subject_from_above() -> None:
    """ "Xi said rained": a finite verb without subject is a parse error, not Xi's deed."""
    tree = universal("Xi NNP 2 nsubj\nsaid VBD:say 0 root\nattacked VBD:attack 2 ccomp\nIran NNP 3 obj")
    assert slot(tree, "attacked", "agent") == []


def test_unknown_slots_of_every_kind_are_empty() -> None:
    tree = universal("Iran NNP 2 nsubj\nmet VBD:meet 0 root\nSyria NNP 2 obj")
    for name in ("under", "with", "patient.of", "complement.agent", "self", "modifier", "place"):
        assert slot(tree, "met", name) == []


def test_slots_are_in_text_order_without_repeats() -> None:
    tree = universal(CASES["coordinated subjects"].table)
    found = find_predicate(tree, 5, {})
    assert found is not None
    assert found.slot("agent") == sorted(set(found.slot("agent")))


def test_degenerate_trees_end() -> None:
    """Subject search stops in long chains of control."""
    rows = [f"try{k} VB:try {k} xcomp" if k else "try0 VB:try 0 root" for k in range(40)]
    tree = universal("\n".join(rows))
    assert surface_subjects(tree, 39) == []
