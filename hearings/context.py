"""What every template may say: whose site this is, and what day it is."""

from hearings import clock
from hearings.models import Council


def council(request):
    return {"council": Council.current(), "today": clock.today()}
