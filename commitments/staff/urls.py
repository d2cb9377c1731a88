"""The clerk's desk."""

from django.urls import path, re_path

from commitments.staff import (
    acts,
    corrections,
    desk,
    drafting,
    lost,
    sheet,
    suggestion_report,
    tagging,
)

REF = r"(?P<ref>\d{4}-\d{4,}|d-\d+)"

urlpatterns = [
    path("", desk.desk, name="desk"),
    path("commitments/", desk.register, name="register"),
    re_path(rf"^commitments/{REF}/$", acts.commitment, name="staff-commitment"),
    re_path(rf"^commitments/{REF}/(?P<act>[a-z_]+)/$", acts.act, name="act"),
    # /hearings/<slug>/
    path("hearings/<slug:slug>/tag/", tagging.tag, name="hearing-tag"),
    path("hearings/<slug:slug>/undo/", drafting.undo, name="hearing-undo"),
    path("suggestions/", suggestion_report.page, name="suggestions"),
    path("suggestions/<int:pk>/accept/", drafting.accept, name="suggestion-accept"),
    path("suggestions/<int:pk>/dismiss/", drafting.dismiss, name="suggestion-dismiss"),
    path("hearings/<slug:slug>/follow-ups/", sheet.follow_ups, name="staff-follow-ups"),
    path("hearings/<slug:slug>/follow-ups.docx", sheet.as_docx, name="staff-follow-ups-docx"),
    path("hearings/<slug:slug>/follow-ups/<str:act>/", sheet.ask_first, name="sheet-act"),
    path("lost/", lost.moments, name="lost"),
    path("lost/<int:pk>/", lost.moment, name="lost-moment"),
    # who said what, and what is withheld
    path("hearings/<slug:slug>/voice/", corrections.voice, name="hearing-voice"),
    path("decisions/<int:pk>/undo/", corrections.undo_decision, name="decision-undo"),
    path("hearings/<slug:slug>/withholding/", corrections.withhold, name="withholding"),
    path("withholdings/<int:pk>/lift/", corrections.lift, name="withholding-lift"),
    path("notes/", sheet.notes, name="notes"),
]
