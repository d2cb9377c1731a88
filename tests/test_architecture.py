"""The record knows no one above it; what is said about it knows the record; nobody knows the wiring."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent
MAY_IMPORT = {
    "hearings": {"hearings"},
    "commitments": {"commitments", "hearings"},
    "tracker": {"tracker", "commitments", "hearings"},
}
PURE = ("hearings/formats", "commitments/dates", "commitments/suggestions")
OURS = set(MAY_IMPORT)


def imports(source: str, package: str) -> Iterator[str]:
    """The full names of the modules that a file of this package imports, lazy imports too."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: -(node.level - 1) or None] if node.level else []
            yield ".".join([*above, *filter(None, [node.module])])


def imported_by(folder: str) -> Iterator[tuple[Path, str]]:
    for file in sorted((HOUSE / folder).rglob("*.py")):
        package = ".".join(file.parent.relative_to(HOUSE).parts)
        for name in imports(file.read_text("utf-8"), package):
            yield file.relative_to(HOUSE), name


@pytest.mark.parametrize("app", MAY_IMPORT)
def test_data_flows_one_way(app):
    wrong = [
        f"{file} imports {name}"
        for file, name in imported_by(app)
        if (top := name.partition(".")[0]) in OURS and top not in MAY_IMPORT[app]
    ]
    assert wrong == []


@pytest.mark.parametrize("folder", PURE)
def test_pure_modules_know_neither_django_nor_the_apps(folder):
    allowed = folder.replace("/", ".")
    wrong = [
        f"{file} imports {name}"
        for file, name in imported_by(folder)
        if name.partition(".")[0] in {"django", "rest_framework", "celery", "psycopg", *OURS}
        and not f"{name}.".startswith(f"{allowed}.")
    ]
    assert wrong == []


STANDS_ON = re.compile(r'{% (?:load ([^%]+)|(?:include|extends) "([^"]+)")')


def stood_on_by(folder: str) -> Iterator[tuple[Path, str]]:
    """Each template with the libraries it loads, and the templates it includes or extends."""
    for file in sorted((HOUSE / "templates" / folder).rglob("*.*")):
        for libraries, template in STANDS_ON.findall(file.read_text("utf-8")):
            for name in libraries.split() or [template]:
                yield file.relative_to(HOUSE), name


def test_pages_of_the_record_know_no_one_above_it():
    above = {file.stem for file in (HOUSE / "commitments/templatetags").glob("[!_]*.py")}
    seen = list(stood_on_by("hearings"))
    wrong = [
        f"{file} stands on {name}"
        for file, name in seen
        if name in above or name.startswith("commitments/")
    ]
    assert wrong == []
    assert {"recording", "base.html", "hearings/_find.html"} <= {name for _file, name in seen}


def test_nothing_of_the_product_imports_its_tests():
    wrong = [file for app in OURS for file, name in imported_by(app) if name.startswith("tests")]
    assert wrong == []


def test_the_walk_sees_what_it_has_to_see():
    source = "import tracker\nfrom commitments import models\nfrom ..dates import due\ndef f():\n    from hearings.models import Agency\n"
    assert list(imports(source, "commitments.suggestions")) == [
        "tracker",
        "commitments",
        "commitments.dates",
        "hearings.models",
    ]
    assert ("commitments/models/commitment.py", "hearings.models") in {
        (str(file), name) for file, name in imported_by("commitments")
    }
