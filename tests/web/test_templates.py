"""Every template of ours compiles and keeps to the strict browser policy."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Engine

NOT_HOUSES = {"node_modules", "static_root", "tests", "docs", "bench"}
FORBIDDEN = {
    "an inline style": re.compile(r"\sstyle\s*="),
    "an event attribute": re.compile(r"\son[a-z]+\s*="),
    "code that htmx would evaluate": re.compile(r"\s(?:data-)?hx-(?:on|vals='js:|vars)"),
    "an inline script": re.compile(r"<script(?![^>]*(?:\ssrc=|type=\"application/json\"))[^>]*>"),
    "a style element": re.compile(r"<style\b"),
    "a script address": re.compile(r"javascript:"),
}
FORM = re.compile(r"<form\b(?P<tag>(?:[^>]|(?<=%)>)*)>(?P<body>.*?)</form>", re.DOTALL)


def templates() -> list[Path]:
    """Every HTML template in the houses."""
    houses = [path for path in settings.ROOT.iterdir() if path.is_dir() and path.name not in NOT_HOUSES]
    found = (path for house in houses if not house.name.startswith(".") for path in house.rglob("*.html"))
    return sorted(path for path in found if "templates" in path.parts)


def name_of(path: Path) -> str:
    """The name under which Django loads the template."""
    folder = max(index for index, part in enumerate(path.parts) if part == "templates")
    return "/".join(path.parts[folder + 1 :])


@pytest.fixture(params=templates(), ids=lambda path: str(path.relative_to(settings.ROOT)))
def template(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


def test_there_are_templates_to_look_at() -> None:
    assert "base.html" in {name_of(path) for path in templates()}


def test_compiles(template: Path) -> None:
    found = Engine.get_default().get_template(name_of(template)).origin
    assert Path(found.name) == template


def test_has_nothing_that_the_policy_forbids(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    assert [what for what, pattern in FORBIDDEN.items() if pattern.search(text)] == []


def test_posted_forms_carry_the_token(template: Path) -> None:
    forms = FORM.finditer(template.read_text(encoding="utf-8"))
    posted = [form["body"] for form in forms if 'method="post"' in form["tag"]]
    assert all("{% csrf_token %}" in body for body in posted)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('<p style="color: red">', "an inline style"),
        ('<a onclick="go()">', "an event attribute"),
        ("<script>alert(1)</script>", "an inline script"),
        ("<style>p {}</style>", "a style element"),
        ('<div hx-on:click="go()">', "code that htmx would evaluate"),
    ],
)
def test_the_patterns_see(text: str, what: str) -> None:
    assert FORBIDDEN[what].search(text)
