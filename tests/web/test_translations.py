"""The tool that keeps the Chinese catalogue."""

from pathlib import Path

import pytest
from babel.messages.mofile import read_mo

from marketplace.lib.translations import catalogue
from marketplace.lib.translations.__main__ import main
from marketplace.lib.translations.check import problems

PYTHON = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext

STATE = _("Open")
VERB = pgettext("a button", "Open")
MANY = ngettext("%(n)s bid of %(name)s", "%(n)s bids of %(name)s", 2)
"""
TEMPLATE = """
        <p>{% translate "50% funded" %}</p>
    {% blocktranslate trimmed with a=b %}
        {{ a }} is
        late
    {% endblocktranslate %}
  {% blocktranslate count n=n %}One loan{% plural %}{{ n }} loans{% endblocktranslate %}
{% include "x.html" with title=_("As an argument") %}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "loans/templates/loans").mkdir(parents=True)
    (tmp_path / "tests").mkdir()
    (tmp_path / "loans/models.py").write_text(PYTHON)
    (tmp_path / "loans/templates/loans/page.html").write_text(TEMPLATE)
    (tmp_path / "tests/test_it.py").write_text('_("Not for people")')
    catalogue.extract(tmp_path)
    return tmp_path


def translate(project: Path, msgid: str, msgstr: str) -> None:
    path = project / catalogue.PATH
    text = path.read_text()
    assert f'msgid "{msgid}"\nmsgstr ""' in text
    path.write_text(text.replace(f'msgid "{msgid}"\nmsgstr ""', f'msgid "{msgid}"\nmsgstr "{msgstr}"'))


def test_finds_every_way_to_mark_a_string(project: Path) -> None:
    found = {(message.id, message.context) for message in catalogue.read(project) if message.id}
    assert found == {
        ("Open", None),
        ("Open", "a button"),
        (("%(n)s bid of %(name)s", "%(n)s bids of %(name)s"), None),
        ("50%% funded", None),
        ("%(a)s is late", None),
        (("One loan", "%(n)s loans"), None),
        ("As an argument", None),
    }


def test_extracting_again_changes_nothing_and_keeps_translations(project: Path) -> None:
    translate(project, "As an argument", "作为参数")
    before = (project / catalogue.PATH).read_bytes()
    assert catalogue.extract(project) == 6
    assert (project / catalogue.PATH).read_bytes() == before


def test_the_file_holds_no_dates_and_no_line_numbers(project: Path) -> None:
    text = (project / catalogue.PATH).read_text()
    assert "POT-Creation-Date" not in text
    assert "#: loans/models.py\n" in text


def test_what_is_no_longer_used_goes(project: Path) -> None:
    (project / "loans/models.py").unlink()
    catalogue.extract(project)
    assert "bids of" not in (project / catalogue.PATH).read_text()


def test_check_names_what_is_missing_untranslated_or_has_other_placeholders(project: Path) -> None:
    translate(project, "%(a)s is late", "%(b)s 已逾期")
    (project / "loans/more.py").write_text('_("Brand new")')
    found = problems(project)
    assert "missing: 'Brand new' (loans/more.py)" in found
    assert "other placeholders: '%(a)s is late' (loans/templates/loans/page.html)" in found
    assert "untranslated: 'As an argument' (loans/templates/loans/page.html)" in found


def test_a_doubtful_translation_does_not_count(project: Path) -> None:
    translate(project, "As an argument", "作为参数")
    path = project / catalogue.PATH
    path.write_text(path.read_text().replace('msgid "As an', '#, fuzzy\nmsgid "As an'))
    assert "fuzzy: 'As an argument' (loans/templates/loans/page.html)" in problems(project)


def test_compile_writes_what_django_reads(project: Path) -> None:
    translate(project, "As an argument", "作为参数")
    with catalogue.compile_catalogue(project).open("rb") as file:
        assert read_mo(file).get("As an argument").string == "作为参数"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("arguments", "code"), [(["check"], 1), (["extract"], 0), (["compile"], 0), (["other"], 2), ([], 2)]
)
def test_the_exit_code_tells(project: Path, arguments: list[str], code: int) -> None:
    assert main(arguments, root=project) == code
