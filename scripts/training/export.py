"""Stage three: from a checkpoint to the directory of the shipped spaCy pipeline."""

from __future__ import annotations

import datetime as dt
import json
import re
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from kg.nlp.encoder import Encoder
from kg.nlp.encoder import inventory as shipped

from .network import HIDDEN, LABEL, Network
from .prepare import load_prepared
from .sentences import NAME_TAGS, Document
from .tokenization import english
from .train import sizes
from .windows import Inventory

NAME, VERSION = "kg_news", "1.1.0"
_OPSET = 17
_ATTENTION_OUTPUT = re.compile(r"/output/dense(?:_\d*[02468])?/MatMul$")  # 3 MB more, 0.1 LAS better


class _Encoder(nn.Module):
    """The encoder; with `quantize`, the vector of each word piece as integers of 8 bits with a scale of its own."""

    def __init__(self, network: Network, *, quantize: bool) -> None:
        super().__init__()
        self.bert = network.bert
        self.table = nn.Parameter(network.feature_table().detach().clone())
        weights = network.bert.embeddings.word_embeddings.weight.detach()
        scales = weights.abs().amax(1, keepdim=True).clamp_min(1e-8) / 127 if quantize else torch.ones(len(weights), 1)
        self.register_buffer("rows", (weights / scales).round().to(torch.int8) if quantize else weights)
        self.register_buffer("scales", scales)

    def forward(self, pieces: Tensor, mask: Tensor, features: Tensor) -> Tensor:
        words = F.embedding(pieces, self.rows).to(self.table.dtype) * F.embedding(pieces, self.scales)
        embedded = words + F.embedding(features, self.table)
        bias = (1.0 - mask.to(embedded.dtype))[:, None, None, :] * -1e4
        hidden = self.bert.embeddings(inputs_embeds=embedded)
        for layer in self.bert.encoder.layer:
            hidden = _layer(layer, hidden, bias)
        return hidden


def _layer(layer: nn.Module, hidden: Tensor, bias: Tensor) -> Tensor:
    """One layer of BERT written out: attention as plain products, so that the graph is free of library internals."""
    attention, heads = layer.attention.self, layer.attention.self.num_attention_heads
    batch, size, _ = hidden.shape
    query, key, value = (
        part(hidden).reshape(batch, size, heads, -1).transpose(1, 2)
        for part in (attention.query, attention.key, attention.value)
    )
    weights = (query @ key.transpose(2, 3) * (HIDDEN // heads) ** -0.5 + bias).softmax(-1)
    mixed = (weights @ value).transpose(1, 2).reshape(batch, size, HIDDEN)
    hidden = layer.attention.output(mixed, hidden)
    return layer.output(layer.intermediate(hidden), hidden)


class _Tags(nn.Module):
    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, words: Tensor) -> tuple[Tensor, ...]:
        scores = {name: head(words) for name, head in self.network.linear.items()}
        best = tuple(scores[name].argmax(-1) for name in ("upos", "xpos", "feats", "rules"))
        return *best, scores["starts"][:, 1] - scores["starts"][:, 0], self.network.names(words)


class _Arcs(nn.Module):
    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, words: Tensor) -> Tensor:
        root = self.network.root.reshape(1, 1, HIDDEN) + words[:, :1] * 0.0
        dependents = self.network.arc_dependent(words) @ self.network.arc + self.network.arc_bias
        return dependents @ self.network.arc_head(torch.cat([root, words], dim=1)).transpose(1, 2)


class _Labels(nn.Module):
    def __init__(self, network: Network, root: int) -> None:
        super().__init__()
        self.network = network
        self.register_buffer("bias", F.one_hot(torch.tensor(root), network.label.shape[1]).float() * -1e4)

    def forward(self, dependents: Tensor, heads: Tensor) -> Tensor:
        ones = dependents[:, :1] * 0.0 + 1.0
        low = torch.cat([self.network.label_dependent(dependents), ones], dim=1)
        high = torch.cat([self.network.label_head(heads), ones], dim=1)
        mixed = (low @ self.network.label.reshape(LABEL + 1, -1)).reshape(-1, self.bias.shape[0], LABEL + 1)
        return ((mixed @ high.unsqueeze(-1)).squeeze(-1) + self.bias).argmax(-1)


def load_network(checkpoint: Path, encoder: Path) -> tuple[Network, Inventory]:
    """The network of a checkpoint, ready to read."""
    state = torch.load(checkpoint, weights_only=False)
    network = Network(encoder, sizes(state["inventory"]), attention="eager")
    network.load_state_dict(state["network"])
    return network.eval(), state["inventory"]


def _write(module: nn.Module, inputs: dict[str, Tensor], outputs: list[str], path: Path) -> None:
    batch = (
        {"words": {0: "batch", 1: "length"}} if inputs.get("words") is not None and inputs["words"].dim() == 3 else {}
    )
    axes = {
        name: {0: "batch", 1: "length"} if tensor.dim() == 2 and tensor.dtype == torch.long else {0: "batch"}
        for name, tensor in inputs.items()
    } | batch
    torch.onnx.export(
        module.eval(), tuple(inputs.values()), str(path), input_names=list(inputs), output_names=outputs,
        dynamic_axes=axes, opset_version=_OPSET, dynamo=False,
    )  # fmt: skip


def write_graphs(network: Network, root: int, folder: Path, *, quantize: bool = True) -> None:
    """The four graphs.

    With `quantize`, the encoder's weights are integers of 8 bits, scaled by row or column, but for the matrices behind
    the attention; the heads are floats.
    """
    size = (2, 9)
    pieces = torch.randint(5, 900, size)
    encoder = {
        "pieces": pieces,
        "mask": torch.ones(size, dtype=torch.long),
        "features": torch.zeros(size, dtype=torch.long),
    }
    _write(_Encoder(network, quantize=quantize), encoder, ["hidden"], folder / "encoder.onnx")
    _write(
        _Tags(network),
        {"words": torch.randn(7, HIDDEN)},
        ["upos", "xpos", "feats", "rules", "starts", "names"],
        folder / "tags.onnx",
    )
    _write(_Arcs(network), {"words": torch.randn(2, 7, HIDDEN)}, ["scores"], folder / "arcs.onnx")
    _write(
        _Labels(network, root),
        {"dependents": torch.randn(7, HIDDEN), "heads": torch.randn(7, HIDDEN)},
        ["best"],
        folder / "labels.onnx",
    )
    if quantize:
        nodes = [node.name for node in onnx.load(folder / "encoder.onnx").graph.node]
        quantize_dynamic(
            folder / "encoder.onnx",
            folder / "encoder.int8.onnx",
            weight_type=QuantType.QInt8,
            per_channel=True,
            op_types_to_quantize=["MatMul"],
            nodes_to_exclude=[name for name in nodes if _ATTENTION_OUTPUT.match(name)],
        )
    else:
        (folder / "encoder.int8.onnx").write_bytes((folder / "encoder.onnx").read_bytes())
    onnx.checker.check_model(str(folder / "encoder.int8.onnx"))


_OPEN_TAGS = {"VERB", "AUX", "NOUN", "ADJ", "ADV"}


def lemma_exceptions(documents: list[Document]) -> dict[str, str]:
    """Lemmas by `form|UPOS` where the treebanks agree, at least twice, on one that is not the form itself."""
    lemmas: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for sentence in (s for d in documents for s in d.sentences):
        if sentence.tree is None:
            continue
        for form, lemma, tag in zip(sentence.words, sentence.tree.lemmas, sentence.tree.upos, strict=True):
            if tag in _OPEN_TAGS and form.isalpha():
                lemmas[f"{form.lower()}|{tag}"][lemma] += 1
    found = {}
    for key, counts in lemmas.items():
        ((lemma, _),) = counts.most_common(1)
        if len(counts) == 1 and lemma != key.split("|")[0]:
            found[key] = lemma
    return found


def export(checkpoint: Path, encoder: Path, out: Path, *, quantize: bool = True) -> None:
    """Write the pipeline directory `out`.

    Args:
        checkpoint: a file that training wrote; the prepared corpora lie beside it.
        encoder: folder of the pre-trained encoder, for its vocabulary.
        out: the directory to write.
        quantize: 8-bit weights; without, floats, to measure what they cost.
    """
    network, classes = load_network(checkpoint, encoder)
    train, *_ = load_prepared(checkpoint.parent)
    verbs: dict[str, str] = json.loads((checkpoint.parent / "verbs.json").read_text(encoding="utf-8"))
    made = shipped.Inventory(
        upos=tuple(classes.upos), xpos=tuple(classes.xpos), feats=tuple(classes.feats), rules=tuple(classes.rules),
        relations=tuple(classes.deps), names=NAME_TAGS, width=HIDDEN,
        transitions=tuple(tuple(round(float(v), 4) for v in row) for row in network.transitions.detach()),
        exceptions=verbs | lemma_exceptions(train["ewt"] + train["gum"]),
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as temporary:
        write_graphs(network, made.root, Path(temporary), quantize=quantize)
        files = {path.name: path.read_bytes() for path in Path(temporary).iterdir() if path.name != "encoder.onnx"}
    files["tokenizer.json"] = (encoder / "tokenizer.json").read_bytes()
    files["inventory.json"] = made.to_json()
    nlp = english()
    component = nlp.add_pipe("kg_encoder")
    assert isinstance(component, Encoder)
    component.load(files)
    nlp.meta.update(_meta())
    nlp.to_disk(out)


def _meta() -> dict[str, object]:
    corpora = (
        ("UD English EWT", "CC BY-SA 4.0"), ("Universal NER EWT", "CC BY-SA 4.0"),
        ("GUM (clean genres)", "CC BY 4.0"), ("WikiGold", "CC BY 4.0"),
        ("CrossNER politics", "MIT"), ("Groningen Meaning Bank, VOA news", "public domain"), ("re3d", "PD, OGL, CC BY"),
        ("all-MiniLM-L6-v2 (pre-trained encoder)", "Apache-2.0"),
    )  # fmt: skip
    return {
        "name": NAME, "version": VERSION, "license": "CC BY-SA 4.0", "spacy_version": ">=3.8.7,<3.9.0",
        "description": "English for foreign-policy news: tags, morphology, lemmas, UD trees, names, sentence bounds.",
        "sources": [{"name": name, "license": license_} for name, license_ in corpora],
        "trained": dt.datetime.now(tz=dt.UTC).date().isoformat(),
    }  # fmt: skip
