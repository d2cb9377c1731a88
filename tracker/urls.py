"""The site's table of contents."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("commitments.public.urls")),
    path("", include("commitments.mail.urls")),
    path("staff/", include("commitments.staff.urls")),
    path("staff/", include("hearings.urls")),
    path("accounts/", include("tracker.accounts")),
    path("api/v1/", include("commitments.api")),
    path("admin/", admin.site.urls),
    path("", include("tracker.health")),
]

handler500 = "tracker.health.server_error"
