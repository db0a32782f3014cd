"""The files of the model: what is not as it was shipped is not loaded."""

from __future__ import annotations

import hashlib

import pytest

from sayso import paths
from sayso.paths import MODEL_FOLDER, read_model

FILES = sorted(
    path.name for path in MODEL_FOLDER.iterdir() if path.suffix in (".json", ".npz", ".onnx")
)


def test_all_files_have_their_digest():
    lines = (MODEL_FOLDER / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    digests = {name: digest for digest, name in (line.split("  ") for line in lines)}
    found = {n: hashlib.sha256((MODEL_FOLDER / n).read_bytes()).hexdigest() for n in FILES}
    assert digests == found, "write SHA256SUMS anew: training/README.md tells how"


@pytest.mark.parametrize("name", FILES)
def test_a_file_with_a_flipped_bit_is_refused(tmp_path, monkeypatch, name):
    data = bytearray((MODEL_FOLDER / name).read_bytes())
    assert read_model(name) == data
    data[len(data) // 2] ^= 1
    (tmp_path / name).write_bytes(data)
    (tmp_path / "SHA256SUMS").write_bytes((MODEL_FOLDER / "SHA256SUMS").read_bytes())
    monkeypatch.setattr(paths, "MODEL_FOLDER", tmp_path)
    with pytest.raises(ValueError, match=rf"{name} is not the file.*install sayso again"):
        read_model(name)
    (tmp_path / name).unlink()
    with pytest.raises(FileNotFoundError):
        read_model(name)


@pytest.mark.parametrize("name", ["encoder.onnx", "tagger.onnx", "blame.onnx"])
def test_no_network_has_an_operation_that_processors_compute_differently(name):
    data = read_model(name)
    operations = (b"Exp", b"ReduceSum", b"Softmax", b"LogSoftmax")
    found = [b'"' + bytes([len(one)]) + one in data for one in operations]
    assert found == [True, True, False, False]  # a softmax stands in steps
