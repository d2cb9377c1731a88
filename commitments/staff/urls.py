"""The clerk's desk."""

from django.urls import path, re_path

from commitments.staff import acts, desk, sheet, suggestions, tagging

REF = r"(?P<ref>\d{4}-\d{4,}|d-\d+)"

urlpatterns = [
    path("", desk.desk, name="desk"),
    path("commitments/", desk.register, name="register"),
    re_path(rf"^commitments/{REF}/$", acts.commitment, name="staff-commitment"),
    re_path(rf"^commitments/{REF}/(?P<act>[a-z_]+)/$", acts.act, name="act"),
    # /hearings/<slug>/
    path("hearings/<slug:slug>/tag/", tagging.tag, name="hearing-tag"),
    path("hearings/<slug:slug>/undo/", tagging.undo, name="hearing-undo"),
    path("suggestions/", suggestions.suggestions, name="suggestions"),
    path("suggestions/<int:pk>/accept/", tagging.accept, name="suggestion-accept"),
    path("suggestions/<int:pk>/dismiss/", tagging.dismiss, name="suggestion-dismiss"),
    path("hearings/<slug:slug>/follow-ups/", sheet.follow_ups, name="staff-follow-ups"),
    path("hearings/<slug:slug>/follow-ups.docx", sheet.as_docx, name="staff-follow-ups-docx"),
    path("hearings/<slug:slug>/follow-ups/<str:act>/", sheet.ask_first, name="sheet-act"),
    path("notes/", sheet.notes, name="notes"),
]
