"""One read-only resource for each thing of the record. Nobody is asked who they are."""

from django.db.models import Prefetch
from django.shortcuts import redirect
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view
from drf_spectacular.views import SpectacularAPIView
from rest_framework.decorators import api_view, authentication_classes, permission_classes
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny
from rest_framework.response import Response
from rest_framework.routers import APIRootView
from rest_framework.viewsets import ReadOnlyModelViewSet

from commitments.api import serializers
from commitments.api.filters import EventFilter, HearingFilter, UtteranceFilter
from commitments.api.paging import CommitmentCursor, Cursor, UtteranceCursor
from commitments.filters import CommitmentFilter
from commitments.lifecycle import TABLE
from commitments.models import Commitment, Digest, Event
from commitments.public import shown
from hearings import clock
from hearings.models import Agency, Chapter, Committee, Hearing, Official, Utterance

TOLD = [act.name for act in TABLE if act.told]


class Resource(ReadOnlyModelViewSet):
    """A list in pages and each thing alone. No session is read, so every answer may be cached."""

    authentication_classes = []
    pagination_class = Cursor


class Committees(Resource):
    """The committees that hold hearings."""

    permission_classes = [AllowAny]
    queryset = Committee.objects.all()
    serializer_class = serializers.CommitteeSerializer
    ordering = ("slug",)
    lookup_field = "slug"


class Agencies(Resource):
    """The organizations that owe answers."""

    permission_classes = [AllowAny]
    queryset = Agency.objects.select_related("parent", "successor").prefetch_related("predecessors")
    serializer_class = serializers.AgencySerializer
    ordering = ("slug",)
    lookup_field = "slug"


class Officials(Resource):
    """Those who hold or held an office, and which. No figures: these belong to organizations."""

    permission_classes = [AllowAny]
    queryset = Official.objects.in_office().with_appointments()
    serializer_class = serializers.OfficialSerializer
    ordering = ("slug",)
    lookup_field = "slug"


class Hearings(Resource):
    """Hearings, newest first; one alone comes with its chapters."""

    permission_classes = [AllowAny]
    queryset = (
        Hearing.objects.public()
        .with_committees()
        .prefetch_related(Prefetch("chapters", Chapter.objects.as_public()))
    )
    filterset_class = HearingFilter
    ordering = ("-held_on", "-id")
    lookup_field = "slug"

    def get_serializer_class(self):
        if self.action == "retrieve":
            return serializers.HearingDetailSerializer
        return serializers.HearingSerializer


class Utterances(Resource):
    """The lines of current transcripts, as printed; those of one hearing in the order spoken."""

    permission_classes = [AllowAny]
    queryset = (
        Utterance.objects.current()
        .filter(part__hearing__is_unlisted=False)
        .as_public()
        .with_speakers()
        .select_related("part__hearing")
        .defer("search")
    )
    serializer_class = serializers.UtteranceSerializer
    filterset_class = UtteranceFilter
    pagination_class = UtteranceCursor
    ordering = ("id",)


@extend_schema_view(
    retrieve=extend_schema(
        responses={
            200: serializers.CommitmentSerializer,
            301: OpenApiResponse(description="It was merged; the address of what it went into."),
            410: serializers.TombstoneSerializer,
        }
    )
)
class Commitments(Resource):
    """What was promised and what came of it, newest first, with the facets of the register's page."""

    permission_classes = [AllowAny]
    queryset = shown.whole(Commitment.objects.public())
    serializer_class = serializers.CommitmentSerializer
    filterset_class = CommitmentFilter
    pagination_class = CommitmentCursor
    ordering = CommitmentCursor.ORDERS["-confirmed"]
    lookup_field = "reference"
    lookup_value_regex = r"\d{4}-\d{4,}"

    def get_serializer_context(self) -> dict:
        return {**super().get_serializer_context(), "today": clock.today()}

    def retrieve(self, request, reference: str):
        """Merged: on to the target, for good. Removed: 410 with the tombstone."""
        found = shown.once_public().filter(reference=reference).first()
        if found and (target := found.merged_into):
            return redirect("commitment-detail", target.reference, permanent=True)
        if found and (tombstone := shown.tombstone_of(found)):
            return Response(tombstone, status=410)
        return super().retrieve(request, reference=reference)


class Events(Resource):
    """The public history: date, act, role and public reason, newest first; never who of the staff."""

    permission_classes = [AllowAny]
    queryset = (
        Event.objects.filter(act__in=TOLD, commitment__in=Commitment.objects.public())
        .as_public()
        .select_related("commitment", "text")
    )
    serializer_class = serializers.EventSerializer
    filterset_class = EventFilter
    ordering = ("-id",)


class Digests(Resource):
    """The weekly issues, newest first; one alone names the commitments in it."""

    permission_classes = [AllowAny]
    queryset = Digest.objects.all()
    ordering = ("-period",)
    lookup_field = "period"
    lookup_value_regex = r"\d{4}-W\d{2}"

    def get_serializer_class(self):
        if self.action == "retrieve":
            return serializers.DigestDetailSerializer
        return serializers.DigestSerializer


class Root(APIRootView):
    """Where everything is."""

    permission_classes = [AllowAny]
    authentication_classes = []
    schema = None


class Schema(SpectacularAPIView):
    """This description, OpenAPI 3."""

    permission_classes = [AllowAny]
    authentication_classes = []


@extend_schema(exclude=True)
@api_view(["GET", "HEAD", "POST"])
@authentication_classes([])
@permission_classes([AllowAny])
def nothing_here(request, anything: str):
    raise NotFound
