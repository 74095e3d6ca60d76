"""Django's admin with our site in place of its own."""

from django.contrib.admin.apps import AdminConfig


class RoleAdminConfig(AdminConfig):
    default_site = "marketplace.accounts.admin_site.RoleAdminSite"
