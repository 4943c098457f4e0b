"""The network in torch: one encoder and its heads. Reading runs the exported graphs, never this file."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812
from transformers import BertModel

from kg.nlp.encoder.features import BREAKS, FEATURES, GLUED, SHAPES

from .sentences import NAME_TAGS

HIDDEN, ARC, LABEL, NAME = 384, 256, 96, 256
WEIGHTS = {"arc": 1.0, "deps": 1.0, "upos": 0.5, "xpos": 0.5, "feats": 0.4, "rules": 0.5, "starts": 1.0, "names": 2.5}
_NEVER = -1e4
_ABSURD = 1e3  # an annotation that no tag sequence fits


class Network(nn.Module):
    """Encoder with heads.

    Args:
        weights: folder of the pre-trained encoder.
        sizes: number of classes of `upos`, `xpos`, `feats`, `rules`, `deps`.
        dropout: in the heads.
    """

    def __init__(self, weights: Path, sizes: dict[str, int], *, dropout: float = 0.25, attention: str = "sdpa") -> None:
        super().__init__()
        self.bert = BertModel.from_pretrained(weights, add_pooling_layer=False, attn_implementation=attention)
        self.shape, self.glue, self.cut = (nn.Embedding(n, HIDDEN) for n in (SHAPES, GLUED, BREAKS))
        for table in (self.shape, self.glue, self.cut):
            nn.init.normal_(table.weight, std=0.01)
        self.dropout = nn.Dropout(dropout)
        self.linear = nn.ModuleDict(
            {name: nn.Linear(HIDDEN, sizes[name]) for name in ("upos", "xpos", "feats", "rules")}
        )
        self.linear["starts"] = nn.Linear(HIDDEN, 2)
        self.names = nn.Sequential(
            nn.Linear(HIDDEN, NAME), nn.GELU(), nn.Dropout(dropout), nn.Linear(NAME, len(NAME_TAGS))
        )
        self.arc_dependent, self.arc_head = (nn.Sequential(nn.Linear(HIDDEN, ARC), nn.GELU()) for _ in "dh")
        self.label_dependent, self.label_head = (nn.Sequential(nn.Linear(HIDDEN, LABEL), nn.GELU()) for _ in "dh")
        self.root = nn.Parameter(torch.randn(HIDDEN) * 0.02)
        self.arc = nn.Parameter(torch.eye(ARC) / ARC**0.5)
        self.arc_bias = nn.Parameter(torch.zeros(ARC))
        self.label = nn.Parameter(torch.randn(LABEL + 1, sizes["deps"], LABEL + 1) * 0.02)
        self.transitions = nn.Parameter(torch.zeros(len(NAME_TAGS), len(NAME_TAGS)))
        self.register_buffer("allowed", allowed_transitions())
        self.register_buffer("allowed_first", torch.tensor([not tag.startswith("I-") for tag in NAME_TAGS]))

    def feature_table(self) -> Tensor:
        """One vector per layout feature [FEATURES, 384], the sum of its three parts."""
        index = torch.arange(FEATURES)
        return (
            self.shape.weight[index % SHAPES]
            + self.glue.weight[index // SHAPES % GLUED]
            + self.cut.weight[index // (SHAPES * GLUED)]
        )

    def encode(self, pieces: Tensor, mask: Tensor, features: Tensor) -> Tensor:
        """Piece vectors [B, T, 384]."""
        embedded = self.bert.embeddings.word_embeddings(pieces) + F.embedding(features, self.feature_table())
        return self.bert(inputs_embeds=embedded, attention_mask=mask).last_hidden_state

    def words(self, hidden: Tensor, first: Tensor) -> Tensor:
        """Vector of each word's first piece [B, W, 384]."""
        return hidden.gather(1, first.unsqueeze(-1).expand(-1, -1, HIDDEN))

    def with_root(self, words: Tensor) -> Tensor:
        """The root's vector in front of the words [B, 1 + W, 384]."""
        return torch.cat([self.root.to(words.dtype).expand(words.shape[0], 1, -1), words], dim=1)

    def arc_scores(self, words: Tensor) -> Tensor:
        """Score of each head for each word [B, W, 1 + W]; head 0 is the root."""
        dependents = self.arc_dependent(words) @ self.arc + self.arc_bias
        return dependents @ self.arc_head(self.with_root(words)).transpose(1, 2)

    def label_scores(self, dependents: Tensor, heads: Tensor) -> Tensor:
        """Scores [N, labels] of pairs of vectors [N, 384]."""
        low = F.pad(self.label_dependent(dependents), (0, 1), value=1.0)
        high = F.pad(self.label_head(heads), (0, 1), value=1.0)
        size = self.label.shape
        mixed = (low @ self.label.reshape(size[0], -1).to(low.dtype)).reshape(-1, size[1], size[2])
        return (mixed @ high.unsqueeze(-1)).squeeze(-1)

    def losses(self, batch: dict[str, Tensor]) -> dict[str, Tensor]:
        """Mean loss of each head over the words it can judge."""
        with torch.autocast("cpu", torch.bfloat16):
            hidden = self.encode(batch["pieces"], batch["mask"], batch["features"])
            words = self.dropout(self.words(hidden, batch["first"]))
            scores = {name: head(words) for name, head in self.linear.items()}
            emissions = self.names(words)
            trees = (batch["heads"] >= 0).any(1)
            parts = self._tree_losses(words[trees], {k: v[trees] for k, v in batch.items()}) if trees.any() else {}
        for name, score in scores.items():
            if (batch[name] >= 0).any():
                parts[name] = F.cross_entropy(score.float().flatten(0, 1), batch[name].flatten(), ignore_index=-1)
        known = batch["names"].any(-1)
        if known.any():
            parts["names"] = self.name_loss(emissions.float(), batch["names"], batch["sentence"] >= 0)
        return parts

    def _tree_losses(self, words: Tensor, batch: dict[str, Tensor]) -> dict[str, Tensor]:
        sentence, heads = batch["sentence"], batch["heads"]
        position = torch.arange(words.shape[1])
        gold = torch.where(heads == position, 0, heads + 1).masked_fill(heads < 0, -1)
        scores = self.arc_scores(words).float()
        same = (sentence.unsqueeze(2) == sentence.unsqueeze(1)) & (sentence >= 0).unsqueeze(1)
        same = same & (position.unsqueeze(0) != position.unsqueeze(1))
        scores = scores.masked_fill(~F.pad(same, (1, 0), value=True), _NEVER)
        arc = F.cross_entropy(scores.flatten(0, 1), gold.flatten(), ignore_index=-1)
        row, column = (heads >= 0).nonzero(as_tuple=True)
        head_vectors = self.with_root(words)[row, gold[row, column]]
        labels = self.label_scores(words[row, column], head_vectors).float()
        return {"arc": arc, "deps": F.cross_entropy(labels, batch["deps"][row, column], ignore_index=-1)}

    def name_loss(self, emissions: Tensor, allowed: Tensor, real: Tensor) -> Tensor:
        """Minus log of the share of the allowed tag sequences, per word.

        Args:
            emissions: [B, W, K] scores.
            allowed: [B, W, K] tags that the annotation allows.
            real: [B, W] words that are no padding.
        """
        free = torch.ones_like(allowed)
        allowed = torch.where(allowed.any(-1, keepdim=True), allowed, free)
        both = torch.cat([emissions.masked_fill(~allowed, _NEVER), emissions])
        total = self._log_sum(both, real.repeat(2, 1))
        inside, everything = total.chunk(2)
        loss = everything - inside
        return loss[loss < _ABSURD].sum() / real.sum()

    def _log_sum(self, emissions: Tensor, real: Tensor) -> Tensor:
        transitions = self.transitions.masked_fill(~self.allowed, _NEVER)
        state = emissions[:, 0].masked_fill(~self.allowed_first, _NEVER)
        weights, lengths = transitions.exp(), real.sum(1)
        for step in range(1, emissions.shape[1]):
            peak = state.max(1, keepdim=True).values
            following = ((state - peak).exp() @ weights).clamp_min(1e-30).log() + peak + emissions[:, step]
            state = torch.where((step < lengths).unsqueeze(1), following, state)
        return state.logsumexp(1)


def allowed_transitions() -> Tensor:
    """Which tag may follow which [K, K]: I-X only after B-X or I-X."""
    allowed = torch.ones(len(NAME_TAGS), len(NAME_TAGS), dtype=torch.bool)
    for row, before in enumerate(NAME_TAGS):
        for column, after in enumerate(NAME_TAGS):
            if after.startswith("I-"):
                allowed[row, column] = before[2:] == after[2:]
    return allowed
