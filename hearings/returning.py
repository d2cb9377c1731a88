"""Back to the page on which somebody acted."""

from django.utils.http import url_has_allowed_host_and_scheme


def back(request, otherwise: str) -> str:
    """The address of ours that the form came with as `next`."""
    given = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(given, allowed_hosts={request.get_host()})
    return given if is_ours else otherwise
