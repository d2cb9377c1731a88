"""The staff's pages about the record, below /staff/."""

from django.urls import path

from hearings.desk import accounts, bodies, calendar, hearings, revisions, speakers, uploads

urlpatterns = [
    path("hearings/", hearings.hearings, name="staff-hearings"),
    path("hearings/new/", uploads.new, name="hearing-new"),
    path("calendar/", calendar.read_calendar, name="calendar-read"),
    path("hearings/<slug:slug>/transcript/", uploads.add_transcript, name="hearing-add"),
    path("hearings/<slug:slug>/", hearings.hearing, name="staff-hearing"),
    path("hearings/<slug:slug>/edit/", hearings.edit, name="hearing-edit"),
    path("hearings/<slug:slug>/offset/", hearings.offset, name="hearing-offset"),
    path("hearings/<slug:slug>/revisions/<int:number>/", revisions.revision, name="revision"),
    path(
        "hearings/<slug:slug>/revisions/<int:number>/restore/",
        revisions.restore,
        name="revision-restore",
    ),
    path("parts/<int:pk>/", hearings.part, name="part"),
    path("uploads/<int:pk>/", uploads.upload, name="upload"),
    path("speakers/", speakers.speakers, name="speakers"),
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
    path("people/", accounts.people, name="people"),
]
