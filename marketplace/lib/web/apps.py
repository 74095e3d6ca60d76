from django.apps import AppConfig


class WebConfig(AppConfig):
    """What every page shares: navigation, template tags, policies for browsers. No tables."""

    name = "marketplace.lib.web"
    label = "web"
