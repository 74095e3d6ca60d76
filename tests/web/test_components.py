"""The parts that pages are made of."""

from dataclasses import dataclass

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory

from marketplace.lib.money import Money
from marketplace.lib.web.pagination import paginate


@dataclass
class Thing:
    state: str

    def get_state_display(self) -> str:
        return "<In words>"


class Deposit(forms.Form):
    amount = forms.DecimalField(help_text="In yuan.")
    way = forms.ChoiceField(choices=[("bank", "Bank"), ("card", "Card")], widget=forms.RadioSelect)
    agree = forms.BooleanField()
    token = forms.CharField(widget=forms.HiddenInput)


def render(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


@pytest.mark.parametrize(("state", "family"), [("open", "live"), ("rejected", "lost"), ("whatever", "neutral")])
def test_a_badge_has_the_colours_of_its_family(state: str, family: str) -> None:
    badge = render("{% state_badge thing %}", thing=Thing(state))
    assert badge == f'<span class="lb-state lb-state-{family}">&lt;In words&gt;</span>'


def test_an_icon_is_silent() -> None:
    icon = render('{% icon "wallet" %}')
    assert 'aria-hidden="true"' in icon
    assert "icons.svg#wallet" in icon


def test_a_field_with_an_error_says_so_to_everybody() -> None:
    form = Deposit({"amount": "abc", "way": "bank", "agree": "on", "token": "x"})
    html = render_to_string("components/fields.html", {"form": form})
    assert '<div class="invalid-feedback" id="id_amount_error">' in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_amount_helptext id_amount_error"' in html
    assert html.count("is-invalid") == 1


def test_a_form_labels_every_control_and_keeps_hidden_ones() -> None:
    html = render_to_string("components/fields.html", {"form": Deposit()})
    for control in ("id_amount", "id_way_0", "id_way_1", "id_agree"):
        assert f'for="{control}"' in html
    assert '<input type="hidden" name="token" id="id_token">' in html


def test_confirm_writes_out_the_figures() -> None:
    context = {"title": "Pay", "facts": [("You pay", Money(1_000_050))], "action": "/pay/", "submit": "Pay"}
    html = render_to_string("components/confirm.html", context)
    assert "CN¥10,000.50" in html


def test_pages_keep_the_filters() -> None:
    request = RequestFactory().get("/?grade=A&page=2")
    page = Paginator(range(1, 101), 10).get_page(2)
    html = render("{% pagination page %}", page=page, request=request)
    assert 'href="?grade=A&amp;page=3"' in html
    assert "11 to 20 of 100" in html


def test_a_single_page_needs_no_links() -> None:
    page = Paginator(range(3), 10).get_page(1)
    assert render("{% pagination page %}", page=page, request=RequestFactory().get("/")).strip() == ""


@pytest.mark.django_db
@pytest.mark.parametrize(("asked", "number"), [("2", 2), ("99", 3), ("-1", 3), ("x", 1), ("", 1)])
def test_paginate_never_fails(asked: str, number: int) -> None:
    from django.contrib.auth.models import Group

    Group.objects.all().delete()
    Group.objects.bulk_create(Group(name=str(n)) for n in range(7))
    request = RequestFactory().get("/", {"page": asked})
    assert paginate(request, Group.objects.order_by("pk"), per_page=3).number == number
