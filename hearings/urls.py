"""The staff's pages about the record, below /staff/."""

from django.urls import path

from hearings import people, views

urlpatterns = [
    path("hearings/", views.hearings, name="staff-hearings"),
    path("hearings/new/", views.new, name="hearing-new"),
    path("hearings/<slug:slug>/transcript/", views.add_transcript, name="hearing-add"),
    path("hearings/<slug:slug>/", views.hearing, name="staff-hearing"),
    path("uploads/<int:pk>/", views.upload, name="upload"),
    path("speakers/", views.speakers, name="speakers"),
    path("people/", people.people, name="people"),
]
