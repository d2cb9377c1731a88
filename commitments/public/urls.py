"""What a resident sees."""

from django.urls import path, re_path

from commitments.public import bodies, hearing, pages, record, register

REFERENCE = r"(?P<reference>\d{4}-\d{4,})"

urlpatterns = [
    path("", pages.home, name="home"),
    path("about/", pages.about, name="about"),
    path("search/", pages.search, name="search"),
    path("robots.txt", pages.robots, name="robots"),
    # /commitments/
    path("commitments/", register.commitments, name="commitments"),
    re_path(rf"^commitments/{REFERENCE}/$", record.commitment, name="commitment"),
    re_path(rf"^commitments/{REFERENCE}\.json$", record.as_json, name="commitment-json"),
    re_path(rf"^commitments/{REFERENCE}\.ics$", record.as_ics, name="commitment-ics"),
    # /hearings/
    path("hearings/", hearing.hearings, name="hearings"),
    path("hearings/<slug:slug>/", hearing.hearing, name="hearing"),
    path("hearings/<slug:slug>/follow-ups/", hearing.follow_ups, name="hearing-follow-ups"),
    re_path(
        r"^hearings/(?P<slug>[-\w]+)\.(?P<kind>vtt|json|csv|txt)$",
        hearing.download,
        name="hearing-download",
    ),
    # bodies and people
    path("agencies/", bodies.agencies, name="agencies"),
    path("agencies/<slug:slug>/", bodies.agency, name="agency"),
    path("agencies/<slug:slug>/open/", bodies.agency_open, name="agency-open"),
    path("officials/<slug:slug>/", bodies.official, name="official"),
    path("committees/<slug:slug>/", bodies.committee, name="committee"),
]
