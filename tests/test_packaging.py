"""The files around the code: they agree with each other and name no machine."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import nbformat
import pytest
import yaml
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]

# What conda-forge calls otherwise. An extra of a package is a package of its own there.
CONDA_NAMES = {
    "dask[distributed]": {"dask"},
    "matplotlib": {"matplotlib-base"},
    "playwright": {"playwright-python"},
}


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def direct() -> list[Requirement]:
    """What pyproject.toml asks for, extras included."""
    listed = [*PROJECT["dependencies"], *(line for extra in EXTRAS.values() for line in extra)]
    return [Requirement(line) for line in listed]


def files() -> list[Path]:
    """The files that are, or are to be, under version control."""
    if (ROOT / ".git").exists() and shutil.which("git"):
        command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
        names = [Path(name) for name in listed.decode().split("\0") if name]
    else:
        names = [path.relative_to(ROOT) for path in ROOT.rglob("*")]
    return [name for name in sorted(names) if ".venv" not in name.parts and (ROOT / name).is_file()]


# Left to pip, which installs sayso there anyway: conda need not have them.
PIP_ALONE = {"py3langid"}


def test_conda_gets_the_same_packages_with_the_same_bounds():
    *conda, pip = yaml.safe_load(read("environment.yml"))["dependencies"]
    wanted = set()
    for asked in (one for one in direct() if one.name not in PIP_ALONE):
        name = asked.name + (f"[{','.join(sorted(asked.extras))}]" if asked.extras else "")
        wanted |= {f"{own}{asked.specifier}" for own in CONDA_NAMES.get(name, {name})}
    python, *rest = conda
    assert set(rest) - {"pip"} == wanted
    assert len(rest) == len(set(rest)) and "pip" in rest
    assert pip == {"pip": ["-e ."]}
    assert PROJECT["requires-python"] == f">={python.removeprefix('python=')}"


# Import name -> package, where they differ; and what is asked for without being imported.
IMPORT_NAMES = {
    "sklearn": "scikit-learn",
    "dateutil": "python-dateutil",
    "IPython": "ipykernel",
    "distributed": "dask",
    "traitlets": "ipykernel",
    "yaml": "pyyaml",
}
INDIRECT = {
    "lxml-html-clean",  # trafilatura needs it and does not ask for it in every version
    "jupyterlab",  # people open the notebooks in it
    "ipykernel",  # the notebooks run in it
    # tables of Excel are read by it
}


def test_what_is_imported_is_declared_and_what_is_declared_is_imported():
    trees = [ast.parse(path.read_text("utf-8")) for path in (ROOT / "src").rglob("*.py")]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in nodes if isinstance(node, ast.ImportFrom) if not node.level}
    used = {name.split(".")[0] for name in names} - sys.stdlib_module_names - {"sayso"}
    used = {IMPORT_NAMES.get(name, name.replace("_", "-")) for name in used}
    runtime = {Requirement(line).name for line in PROJECT["dependencies"]}
    runtime |= {Requirement(line).name for line in EXTRAS["formats"] + EXTRAS["cluster"]}
    notebooks = {Requirement(line).name for line in EXTRAS["notebooks"]}
    assert used - runtime - notebooks - {"nbformat", "jupyter-core"} == set()
    assert (runtime | notebooks) - used - INDIRECT == set()


def test_conda_uses_conda_forge_alone():
    environment = yaml.safe_load(read("environment.yml"))
    assert environment["channels"] == ["conda-forge", "nodefaults"]
    assert environment["name"] == PROJECT["name"]


LOCKED = re.compile(r"(?P<name>[a-z0-9-]+)==(?P<version>[\w.!+]+)( ; [^\\]+)? \\")
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")


def test_the_lock_holds_names_versions_and_hashes_only():
    for line in read("requirements.lock").splitlines():
        assert line.startswith("#") or LOCKED.fullmatch(line) or HASH.fullmatch(line), line
        assert "://" not in line


def test_the_lock_holds_what_the_project_asks_for():
    lines = LOCKED.finditer(read("requirements.lock"))
    locked = {line["name"]: line["version"] for line in lines}
    for asked in direct():
        assert asked.specifier.contains(locked.get(asked.name, "")), f"{asked}: run 'make lock'"


def test_licence_and_citation_agree_with_the_project():
    licence, citation = read("LICENSE"), yaml.safe_load(read("CITATION.cff"))
    assert licence.startswith("MIT License") and "sayso developers" in licence
    assert PROJECT["license"] == citation["license"] == "MIT"
    assert citation["version"] == PROJECT["version"]
    assert citation["authors"] == PROJECT["authors"] == [{"name": "sayso developers"}]
    assert citation["cff-version"] == "1.2.0" and citation["message"] and citation["title"]


def test_hooks_are_local():
    for repo in yaml.safe_load(read(".pre-commit-config.yaml"))["repos"]:
        assert repo["repo"] == "local"
        assert {hook["language"] for hook in repo["hooks"]} == {"system"}


def test_make_help_names_every_target():
    targets = set(re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE))
    # Under "make test" an inner make would tell which folder it enters.
    command = ["make", "--no-print-directory", "help"]
    shown = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert {line.split()[1] for line in shown.stdout.splitlines()} == targets


def test_ci_is_an_executable_script():
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    subprocess.run(["bash", "-n", script], check=True)


# Put together here, so that this file does not name them.
MACHINE = ["/" + "work/", "/" + "root/", "/" + "tmp/bash", ".." + "/shared", "/" + "opt/pypi"]


@pytest.mark.parametrize("path", MACHINE)
def test_no_file_names_a_place_on_some_machine(path):
    naming = [name for name in files() if path.encode() in (ROOT / name).read_bytes()]
    assert naming == []


LINK = re.compile(r"""!?\[[^\]]*\]\(([^)\s]+)[^)]*\)|(?:src|href)="([^"]+)\"""")


@pytest.mark.parametrize("page", [name for name in files() if name.suffix == ".md"], ids=str)
def test_links_in_pages_lead_somewhere(page):
    for link in LINK.finditer(read(page)):
        target = (link[1] or link[2]).split("#")[0]
        if target and not re.match(r"(https?|mailto):", target):
            assert (ROOT / page.parent / target).exists(), target


def test_the_readme_lists_the_notebooks_by_their_titles():
    rows = [line for line in read("README.md").splitlines() if line.startswith("|")]
    listed = [row for row in rows if "](notebooks/" in row]
    notebooks = sorted((ROOT / "notebooks").glob("*.ipynb"))
    assert len(listed) == len(notebooks)
    for row, path in zip(listed, notebooks, strict=True):
        first = nbformat.read(path, as_version=4).cells[0].source.splitlines()[0]
        assert f"(notebooks/{path.name})" in row
        assert first.removeprefix("# ") in row


def test_sayso_read_is_called_though_a_package_has_its_name():
    code = "import sayso.reading.files, sayso; assert callable(sayso.read) and callable(sayso.read)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_importing_sayso_is_instant():
    code = "import sys, sayso; print({'pandas', 'onnxruntime', 'matplotlib'} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"


def test_generated_pages_are_up_to_date():
    run = subprocess.run(
        [sys.executable, "tools/pages.py", "--check"], cwd=ROOT, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr
