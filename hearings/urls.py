"""The staff's pages about the record, below /staff/."""

from django.urls import path

from hearings import bodies, people, revisions, views

urlpatterns = [
    path("hearings/", views.hearings, name="staff-hearings"),
    path("hearings/new/", views.new, name="hearing-new"),
    path("calendar/", views.read_calendar, name="calendar-read"),
    path("hearings/<slug:slug>/transcript/", views.add_transcript, name="hearing-add"),
    path("hearings/<slug:slug>/", views.hearing, name="staff-hearing"),
    path("hearings/<slug:slug>/offset/", views.offset, name="hearing-offset"),
    path("hearings/<slug:slug>/revisions/<int:number>/", revisions.revision, name="revision"),
    path("uploads/<int:pk>/", views.upload, name="upload"),
    path("speakers/", views.speakers, name="speakers"),
    # /agencies/ and /officials/
    path("agencies/", bodies.agencies, name="staff-agencies"),
    path("agencies/new/", bodies.agency, name="staff-agency-new"),
    path("agencies/<slug:slug>/edit/", bodies.agency, name="staff-agency-edit"),
    path("agencies/<slug:slug>/merge/", bodies.merge_agency, name="staff-agency-merge"),
    path("officials/", bodies.officials, name="staff-officials"),
    path("officials/new/", bodies.official, name="staff-official-new"),
    path("officials/<slug:slug>/edit/", bodies.official, name="staff-official-edit"),
    path("officials/<slug:slug>/merge/", bodies.merge_official, name="staff-official-merge"),
    path("mergers/<int:pk>/undo/", bodies.undo_merger, name="merger-undo"),
    path("people/", people.people, name="people"),
]
