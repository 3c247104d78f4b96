"""An address of the API inside a jurisdiction: who asks there, and what each method needs.

Nothing is open by being forgotten: a method whose permission is not named does not exist.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, ClassVar, cast

from django.http import Http404, HttpRequest
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from lastvote import clock
from lastvote.access import Permission, TokenScope, permissions_of_token
from lastvote.errors import Refused
from lastvote.rest.media import nothing_sent
from lastvote.rest.operations import Operation
from stakeholders import sessions
from stakeholders.api import limits
from stakeholders.models import AccessToken, Jurisdiction, Person
from stakeholders.networks import network_of
from stakeholders.reads import jurisdiction_or_404, person_of
from stakeholders.rules import permissions_for

FOR_TOKENS = permissions_of_token(frozenset(TokenScope))
"""What some token may be used for."""
WITH_BODY = frozenset({"POST", "PUT", "PATCH"})


class HoldsPermission(BasePermission):
    """Ask for what the view says that its method needs."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        place = cast("PlaceView", view)
        needed = place.needed(request)
        if place.token is not None and needed in place.held and needed not in FOR_TOKENS:
            raise _session_needed()
        return needed in place.permissions


class PlaceView(APIView):
    """Serve one address below ``/api/v1/<jurisdiction>/``. Handlers get every slot but the jurisdiction's."""

    needs: ClassVar[Mapping[str, Permission]] = {}
    """What each method needs. HEAD needs what GET needs."""
    operations: ClassVar[Mapping[str, Operation]] = {}
    """What the document says of each method."""
    permission_classes = (HoldsPermission,)
    jurisdiction: Jurisdiction
    slug: str

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Any:
        """Return the view. An address without its last slash is another address: no body is lost by being sent on."""
        view = super().as_view(**initkwargs)
        view.should_append_slash = False  # type: ignore[attr-defined]
        return view

    def dispatch(self, request: HttpRequest, *args: Any, slug: str, **kwargs: Any) -> Any:
        self.slug = slug
        return super().dispatch(request, *args, **kwargs)

    def perform_authentication(self, request: Request) -> None:
        """Find out who asks, and count it. A token of another jurisdiction names nothing here."""
        try:
            super().perform_authentication(request)
        except Refused:
            limits.spend(network_of(request), str(request.method), now=clock.now())
            raise
        who = f"person/{self.person.pk}" if self.person else network_of(request)
        limits.spend(who, str(request.method), now=clock.now())
        if self.token is not None and self.token.person.jurisdiction_id != self.jurisdiction.pk:
            raise Http404

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Check in this order: jurisdiction, method, who asks, what they may do, whether there is a body."""
        self.jurisdiction = jurisdiction_or_404(self.slug)
        if self._named(request) not in self.needs:
            raise exceptions.MethodNotAllowed(str(request.method))
        super().initial(request, *args, **kwargs)
        if request.method in WITH_BODY and request.stream is None:
            raise nothing_sent()

    @property
    def allowed_methods(self) -> list[str]:
        """The methods that the header Allow lists."""
        return [*self.needs, *(["HEAD"] if "GET" in self.needs else [])]

    def needed(self, request: Request) -> Permission:
        """Return what this request needs."""
        return self.needs[self._named(request)]

    def _named(self, request: Request) -> str:
        return "GET" if request.method == "HEAD" else str(request.method)

    @property
    def body(self) -> dict[str, Any]:
        """The object that was sent."""
        return cast("dict[str, Any]", self.request.data)

    @property
    def token(self) -> AccessToken | None:
        """The access token that came with the request."""
        return self.request.auth if isinstance(self.request.auth, AccessToken) else None

    @cached_property
    def person(self) -> Person | None:
        """Who asks, as this jurisdiction knows them."""
        return self.token.person if self.token else person_of(self.request.user, self.jurisdiction)

    @cached_property
    def permissions(self) -> frozenset[Permission]:
        """Everything that whoever asks may do at this address today: a token may do no more than its holder."""
        return self.held & permissions_of_token(self._scopes()) if self.token else self.held

    @cached_property
    def held(self) -> frozenset[Permission]:
        """What the person may do, however they ask."""
        return permissions_for(self.person, on=clock.local_date(clock.now(), self.jurisdiction.zone))

    def _scopes(self) -> frozenset[TokenScope]:
        """A token for one case is, everywhere else, a token for nothing."""
        token = self.token
        if token is None or token.case_reference not in {"", self.kwargs.get("ref")}:
            return frozenset()
        return frozenset(TokenScope(scope) for scope in token.scopes)

    @property
    def somebody(self) -> Person:
        """Who asks, where a permission that the public lacks has been checked."""
        if self.person is None:
            raise Refused("not_allowed", _("Your role here does not include this."), status=403)
        return self.person

    def require_recent_proof(self) -> None:
        """Refuse an act that binds others unless whoever asks has just shown again who they are, in a session."""
        if self.token is not None:
            raise _session_needed()
        if not sessions.proved_recently(self.request.session, now=clock.now()):
            raise Refused(
                "sign_in_again",
                _("This binds others. Show again who you are at /sign-in/again/, then do it within five minutes."),
                status=403,
            )

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        """Keep what one person was told out of every cache."""
        finished = super().finalize_response(request, response, *args, **kwargs)
        patch_vary_headers(finished, ["Accept", "Authorization", "Cookie"])
        if "Authorization" in request.headers or request.user.is_authenticated:
            patch_cache_control(finished, no_store=True, private=True)
        return finished


def together(*parts: type[PlaceView]) -> type[PlaceView]:
    """Serve at one address what several views do, each with its own methods."""
    needs = {method: permission for part in parts for method, permission in part.needs.items()}
    operations = {method: operation for part in parts for method, operation in part.operations.items()}
    return type(parts[0].__name__, parts, {"needs": needs, "operations": operations, "__doc__": parts[0].__doc__})


def _session_needed() -> Refused:
    return Refused("session_needed", _("This binds others. Sign in and do it there, not with a token."), status=403)
