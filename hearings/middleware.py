"""What holds for every page: the council's wall-clock time, and whether anything is public at all."""

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from hearings import clock
from hearings.models import Council

DOORS = ("/accounts/", "/admin/login/", "/static/")  # open to everybody, or nobody could come in


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
