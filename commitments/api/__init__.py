"""The public record for programs: read only, open to anybody, public things only."""

from django.urls import path
from rest_framework.routers import DefaultRouter

from commitments.api import docs, views

router = DefaultRouter()
router.include_format_suffixes = False
router.APIRootView = views.Root
router.register("committees", views.Committees)
router.register("agencies", views.Agencies)
router.register("officials", views.Officials)
router.register("hearings", views.Hearings)
router.register("utterances", views.Utterances)
router.register("commitments", views.Commitments)
router.register("events", views.Events)
router.register("digests", views.Digests)

urlpatterns = [
    path("schema/", views.Schema.as_view(), name="schema"),
    path("docs/", docs.page, name="api-docs"),
    *router.urls,
    path("<path:anything>/", views.nothing_here, name="api-nothing"),
]
