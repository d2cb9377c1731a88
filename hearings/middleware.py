"""Pages show the council's wall-clock time, whoever reads them and wherever the server stands."""

from django.utils import timezone

from hearings import clock


class CouncilTimeMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with timezone.override(clock.zone()):
            return self.get_response(request)
