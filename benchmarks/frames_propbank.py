"""How well do the slots of `kg.nlp.grammar` agree with PropBank's roles?

    python benchmarks/frames_propbank.py --data DIR [--split dev] [--pipeline NAME] [--errors N]

DIR holds `treebank/en_ewt-SPLIT.conllu.gz` and `semantics/ewt_propbank_SPLIT.tsv.xz`. Without --pipeline the gold
trees are used, with it the trees of that spaCy pipeline over the gold tokens. Verbs only, auxiliaries and copulas left
out. An argument is right when its head word is. ARG0 is compared with `agent`; ARG1 with `patient` and `complement`,
and, for verbs whose only argument is ARG1, with `agent`: PropBank calls the subject of "arrive" ARG1, a reader of
events does not. Negation and modality: is there one on the predicate or not.
"""

import argparse
import collections
import gzip
import json
import lzma
import sys
from collections.abc import Iterator
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.nlp.grammar import Predicate, Tree, find_predicate, make_tree

Token = tuple[str, str, str, str, int, str]


def sentences(path: Path) -> Iterator[tuple[str, list[Token]]]:
    """(sent_id, [(form, lemma, upos, xpos, head, rel)]) of a CoNLL-U file, words only."""
    sent_id, tokens = "", list[Token]()
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# sent_id"):
                sent_id = line.split("=", 1)[1].strip()
            elif line[:1].isdigit():
                c = line.rstrip("\n").split("\t")
                if c[0].isdigit():
                    tokens.append((c[1], c[2], c[3], c[4], int(c[6]) - 1, c[7]))
            elif not line.strip() and tokens:
                yield sent_id, tokens
                tokens = []


def gold_doc(vocab: Vocab, tokens: list[Token]) -> Doc:
    """A Doc with the treebank's annotation."""
    words, lemmas, pos, tags, heads, rels = (list(column) for column in zip(*tokens, strict=True))
    heads = [i if h < 0 else h for i, h in enumerate(heads)]
    return Doc(vocab, words=words, lemmas=lemmas, pos=pos, tags=tags, heads=heads, deps=rels)  # type: ignore[arg-type]


def head_of(tree: Tree, first: int, last: int) -> set[int]:
    """Words of a span whose head lies outside it."""
    return {i for i in range(first, last + 1) if not first <= tree.heads[i] <= last or tree.heads[i] == i}


def roles(args: str) -> dict[str, list[tuple[int, int]]]:
    """Spans by role, 0-based inclusive."""
    found: dict[str, list[tuple[int, int]]] = collections.defaultdict(list)
    for item in args.split():
        role, _, span = item.rpartition(":")
        first, _, last = span.partition("-")
        found[role].append((int(first) - 1, int(last) - 1))
    return found


def main() -> None:
    """Print precision, recall and F of each role."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--split", default="dev")
    parser.add_argument("--pipeline", default="")
    parser.add_argument("--errors", type=int, default=0)
    options = parser.parse_args()
    nlp: Language | None = None
    if options.pipeline:
        from kg.nlp.pipeline import load_pipeline

        nlp = load_pipeline("" if options.pipeline == "kg" else options.pipeline)
    propbank: dict[str, list[list[str]]] = collections.defaultdict(list)
    with lzma.open(options.data / f"semantics/ewt_propbank_{options.split}.tsv.xz", "rt", encoding="utf-8") as rows:
        next(rows)
        for row in rows:
            cells = row.rstrip("\n").split("\t")
            propbank[cells[0]].append(cells)
    counts: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    shown = 0
    vocab = nlp.vocab if nlp else Vocab()
    for sent_id, tokens in sentences(options.data / f"treebank/en_ewt-{options.split}.conllu.gz"):
        doc = gold_doc(vocab, tokens) if nlp is None else parsed(nlp, tokens)
        tree = make_tree(doc)
        for cells in propbank.get(sent_id, ()):
            i = int(cells[2]) - 1
            if tokens[i][2] != "VERB" or tokens[i][5] in {"cop", "aux", "aux:pass"} or not cells[5]:
                continue
            predicate = find_predicate(tree, i, {}) or Predicate(i, tree.lemmas[i], "VERB", None, tree)
            wrong = score(tree, predicate, roles(cells[5]), counts)
            if wrong and shown < options.errors:
                shown += 1
                print(wrong, "|", cells[3], "|", " ".join(tree.words)[:300], file=sys.stderr)
    report = {}
    for role, c in counts.items():
        p, r = c["right"] / max(1, c["said"]), c["right"] / max(1, c["gold"])
        report[role] = {
            "precision": round(p, 3),
            "recall": round(r, 3),
            "f": round(2 * p * r / max(1e-9, p + r), 3),
            **c,
        }
    print(json.dumps(report, indent=1))


def parsed(nlp: Language, tokens: list[Token]) -> Doc:
    """The pipeline's own analysis of the treebank's tokens."""
    doc = Doc(nlp.vocab, words=[t[0] for t in tokens], sent_starts=[i == 0 for i in range(len(tokens))])
    for _, component in nlp.pipeline:
        doc = component(doc)
    return doc


def score(tree: Tree, predicate: Predicate, gold: dict[str, list[tuple[int, int]]],
          counts: dict[str, collections.Counter[str]]) -> str:  # fmt: skip
    """Add one predicate to the counts; returns a word on what was wrong."""
    verb = predicate.head
    wrong = ""
    lone = "ARG0" not in gold and "ARG1" in gold
    agents, patients = set(predicate.slot("agent")), set(predicate.slot("patient"))
    clauses = set(predicate.slot("complement"))
    first = {h for span in gold.get("ARG0", ()) for h in head_of(tree, *span)}
    second = {h for span in gold.get("ARG1", ()) for h in head_of(tree, *span)}
    if lone and not patients:
        patients, agents = agents, set[int]()
    said_second = patients if patients & second else patients | clauses
    for role, said, real in (("agent", agents, first), ("patient", said_second, second)):
        said_one, hit = bool(said), bool(said & real)
        counts[role].update(right=hit, said=said_one, gold=bool(real))
        if (said_one or real) and not hit:
            wrong += f"{role} said {[tree.words[k] for k in said]} gold {[tree.words[k] for k in real]}; "
    negated = any(tree.words[c].casefold() in {"not", "n't", "never", "n’t"} for c in tree.kids(verb, "advmod"))
    counts["negation"].update(right=negated and "ARGM-NEG" in gold, said=negated, gold="ARGM-NEG" in gold)
    modal = any(tree.tags[c] == "MD" for c in tree.kids(verb, "aux"))
    counts["modality"].update(right=modal and "ARGM-MOD" in gold, said=modal, gold="ARGM-MOD" in gold)
    return wrong


if __name__ == "__main__":
    main()
