"""Every address, house by house."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

from marketplace.api import api
from marketplace.health import healthz

# The admin has no sign-in page of its own: everybody comes in through the one with the second factor.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("", include("marketplace.reporting.web.urls")),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("i18n/", include("django.conf.urls.i18n")),
    path("api/", api.urls),
    path("healthz", healthz, name="healthz"),
    path("borrow/", include("borrowers.web.urls")),
    path("invest/", include("investors.web.urls")),
    path("listings/", include("listings.web.urls")),
    path("staff/", include("listings.web.staff_urls")),
    path("rounds/", include("listings.rounds.web.urls")),
    path("loans/", include("loans.web.urls")),
    path("escrow/", include("escrow.web.urls")),
    path("events/", include("marketplace.lib.outbox.web.urls")),
]
