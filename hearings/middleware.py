"""What holds for every page: the council's wall-clock time, and whether anything is public at all."""

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest, PermissionDenied
from django.utils import timezone

from hearings import clock
from hearings.models import Council

DOORS = ("/accounts/", "/admin/login/", "/static/")  # open to everybody, or nobody could come in


class ReadableAddressMiddleware:
    """No word of ours holds a NUL, and PostgreSQL takes none: an address with one is refused before anything
    is looked up by it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("The address holds a NUL.")
        return self.get_response(request)


class CouncilTimeMiddleware:
    """Pages show the council's time, whoever reads them and wherever the server stands."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with timezone.override(clock.zone()):
            return self.get_response(request)


class InternalOnlyMiddleware:
    """In an install that is internal only, the public pages are for those who are logged in."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.path.startswith(DOORS) or not Council.current().internal_only:
            return None
        if request.user.is_authenticated:
            return None
        if request.path.startswith("/api/"):
            raise PermissionDenied
        return redirect_to_login(request.get_full_path())
