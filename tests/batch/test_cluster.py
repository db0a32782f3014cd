"""A Dask cluster of real processes on this machine, and articles at an address."""

from __future__ import annotations

import sys

import fsspec
import pandas as pd
import pytest
from benchmarks.scale import kills
from distributed import Client
from test_run import SOME, write
from typer.testing import CliRunner

import sayso
from conftest import ROOT
from sayso.batch.executors import each_of
from sayso.batch.run import extract_to
from sayso.cli import app
from test_store import tree

TELLING = [*SOME, "mentions"]


@pytest.fixture
def cluster(tmp_path):
    """The address of a scheduler, and its two workers of one thread each."""
    with kills.cluster(tmp_path) as begun:
        yield begun


@pytest.mark.slow
def test_a_cluster_makes_the_same_bytes_and_rows_also_if_it_loses_a_worker(
    cluster, tmp_path, monkeypatch
):
    monkeypatch.setattr("sayso.batch.run.PART_SIZE", 2)
    monkeypatch.setattr("sayso.analyze.statements.align.PAIRS", 5)
    address, workers = cluster
    source = write(tmp_path / "news.jsonl", range(12))
    list(extract_to(source, tmp_path / "here", tables=TELLING))
    with Client(address) as client:
        list(extract_to(source, tmp_path / "client", tables=TELLING, scheduler=client))
        news = sayso.open(tmp_path / "client")
        with each_of(scheduler=client) as each:
            for name in ("shared_paragraphs", "events", "statements"):
                there, here = (getattr(news, name)(**own) for own in ({"each": each}, {}))
                assert len(here) and there.equals(here)
        assert client.status == "running" and len(client.scheduler_info()["workers"]) == 2
    assert tree(tmp_path / "client") == tree(tmp_path / "here")
    made = extract_to(source, tmp_path / "there", tables=TELLING, scheduler=address)
    next(made)
    workers[0].kill()
    assert len(list(made)) == 11
    assert tree(tmp_path / "there") == tree(tmp_path / "here")


def test_no_cluster_is_told_in_a_line(tmp_path, monkeypatch):
    monkeypatch.setattr("sayso.batch.run.PART_SIZE", 2)
    words = ["extract", str(ROOT / "tests" / "corpus"), "--out", str(tmp_path / "s")]
    monkeypatch.setitem(sys.modules, "distributed", None)
    told = CliRunner().invoke(app, [*words, "--scheduler", "tcp://127.0.0.1:1"])
    assert told.exit_code == 2
    assert told.stderr == "sayso: a scheduler needs Dask: pip install 'sayso[cluster]'\n"


def test_articles_at_an_address_read_as_those_of_a_folder(tmp_path):
    system = fsspec.filesystem("memory")
    (tmp_path / "news" / "deep").mkdir(parents=True)
    write(tmp_path / "news" / "b.jsonl", range(2))
    write(tmp_path / "news" / "deep" / "a.jsonl", range(2, 4))
    system.put(str(tmp_path / "news"), "/far/news", recursive=True)
    near = sayso.read(tmp_path / "news", tables=["articles"])
    for far in ("memory://far/news", "memory:///far/news/"):
        found = sayso.read(far, tables=["articles"])
        pd.testing.assert_frame_equal(found.articles, near.articles)
        pd.testing.assert_frame_equal(found.notes, near.notes)
    one = sayso.read("memory://far/news/b.jsonl", tables=["articles"])
    assert one.articles.article_id.tolist() == ["n00", "n01"]
    with pytest.raises(FileNotFoundError, match="there is nothing at 'memory://far/none'"):
        sayso.read("memory://far/none")
    with pytest.raises(ValueError, match="nosuch"):
        sayso.read("nosuch://far")
    list(extract_to("memory://far/news", tmp_path / "far", tables=["articles"]))
    list(extract_to(tmp_path / "news", tmp_path / "near", tables=["articles"]))
    assert tree(tmp_path / "far") == tree(tmp_path / "near")


class Far(fsspec.AbstractFileSystem):
    """Files of strangers, one with a name that leads out of the folder it is in."""

    protocol = "strangers"

    def find(self, path, **options):
        return ["far/news/a.txt", "far/news/../../../evil.txt"]

    def get_file(self, path, target, **options):
        with open(target, "w", encoding="utf-8") as file:
            file.write("text")


def test_a_name_that_leads_out_is_refused(tmp_path, monkeypatch):
    fsspec.register_implementation("strangers", Far, clobber=True)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "in" / "there"))
    (tmp_path / "in" / "there").mkdir(parents=True)
    with pytest.raises(ValueError, match="leads out of it: 'news/"):
        sayso.read("strangers://far/news")
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] in ([], ["a.txt"])
