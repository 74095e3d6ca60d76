"""Reading forms as a browser does."""

import pytest

from marketplace.demo.html_forms import NoSuchForm, find_form, read_forms

PAGE = """
<form action="/i18n/setlang/" method="post"><select name="language"><option value="en" selected>English</option>
  <option value="zh-hans">中文</option></select></form>
<form method="post">
  <input type="hidden" name="csrfmiddlewaretoken" value="abc">
  <input name="title" value="Ovens &amp; trays">
  <input type="checkbox" name="agrees"><input type="checkbox" name="mails" checked>
  <input type="radio" name="kind" value="ordinary" checked><input type="radio" name="kind" value="flash">
  <select name="method"><option value="a">A</option><option value="b" selected>B</option></select>
  <select name="purpose"><option value="car">Car</option><option value="home">Home</option></select>
  <textarea name="story">
Two lines
and more</textarea>
  <button type="submit">Save</button>
  <button type="submit" name="then_submit" value="yes" formaction="/borrow/7/send/">Send</button>
</form>
"""


def test_a_form_sends_what_a_browser_would() -> None:
    form = find_form(PAGE, page="/borrow/new/", target="/borrow/new/")
    assert form.filled({}) == {
        "csrfmiddlewaretoken": "abc",
        "title": "Ovens & trays",
        "mails": "on",
        "kind": "ordinary",
        "method": "b",
        "purpose": "car",
        "story": "Two lines\nand more",
    }


def test_what_is_typed_and_pressed_is_sent() -> None:
    form = find_form(PAGE, page="/borrow/new/", target="/borrow/7/send/")
    sent = form.filled({"title": "Van", "agrees": "on", "kind": "flash"}, button="then_submit")
    assert sent["title"] == "Van"
    assert sent["agrees"] == "on"
    assert sent["kind"] == "flash"
    assert sent["then_submit"] == "yes"


def test_a_field_that_is_not_there_cannot_be_filled_in() -> None:
    form = find_form(PAGE, page="/borrow/new/", target="/borrow/new/")
    with pytest.raises(NoSuchForm, match="no field amount"):
        form.filled({"amount": "1"})


def test_a_button_that_is_not_there_cannot_be_pressed() -> None:
    with pytest.raises(NoSuchForm, match="no button delete"):
        find_form(PAGE, page="/borrow/new/", target="/borrow/new/").filled({}, button="delete")


def test_a_form_is_found_by_where_it_leads() -> None:
    assert find_form(PAGE, page="/x/", target="/i18n/setlang/").fields == {"language": "en"}
    with pytest.raises(NoSuchForm, match="leads to /elsewhere/"):
        find_form(PAGE, page="/x/", target="/elsewhere/")


def test_of_two_forms_to_the_same_place_the_one_having_a_field_is_taken() -> None:
    page = '<form><input name="amount" value="1"></form><form><input name="confirmed" value="yes"></form>'
    assert find_form(page, page="/p/", target="/p/", having="confirmed").fields == {"confirmed": "yes"}
    with pytest.raises(NoSuchForm):
        find_form(page, page="/p/", target="/p/", having="seen")


def test_an_unpressed_submit_input_and_fields_outside_of_forms_are_not_sent() -> None:
    page = '<input name="loose" value="1"><form><input type="submit" name="go" value="Go"><input name="a"></form>'
    (form,) = read_forms(page, page="/p/")
    assert form.fields == {"a": ""}
