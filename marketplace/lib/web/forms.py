"""How a form field becomes a control with the right classes."""

from django import forms
from django.forms.boundfield import BoundField, BoundWidget
from django.utils.safestring import SafeString

LISTS = (forms.CheckboxSelectMultiple, forms.RadioSelect)


def is_check(field: BoundField) -> bool:
    """Say whether the field is a single box to tick, whose label follows it."""
    return isinstance(field.field.widget, forms.CheckboxInput)


def css_class(field: BoundField) -> str:
    """The classes of the field's control, added to those its widget has."""
    widget = field.field.widget
    if isinstance(widget, forms.CheckboxInput):
        own = "form-check-input"
    elif isinstance(widget, forms.Select):
        own = "form-select"
    else:
        own = "form-control"
    return " ".join(filter(None, (widget.attrs.get("class"), own, "is-invalid" if field.errors else "")))


def control(field: BoundField) -> SafeString:
    """The field's input; Django adds aria-invalid and aria-describedby for help and errors."""
    return field.as_widget(attrs={"class": css_class(field)})


def choices(field: BoundField) -> list[BoundWidget]:
    """The single boxes or buttons of a list to choose from; nothing for any other field."""
    if not isinstance(field.field.widget, LISTS):
        return []
    boxes = list(field.subwidgets)
    for box in boxes:
        box.data["attrs"]["class"] = "form-check-input"
    return boxes
