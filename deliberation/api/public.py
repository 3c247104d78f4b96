"""What every public address of the API has in common: it answers exact bytes, and only to what it knows."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request

from assessments.scoring.record import digest
from deliberation.open_data.files import LICENCE_ADDRESS, Answer
from deliberation.open_data.schemas import Schema, answer_schema, closed
from deliberation.views.files import exact
from lastvote.access import Permission
from lastvote.rest.operations import SEEN, Operation
from lastvote.rest.queries import Parameter, asked, whole
from stakeholders.api.place import PlaceView

LARGEST_PAGE = 100
LAST_PAGE = 100_000
PAGE = whole("page", _("Which page of the list; the first if not said"), most=LAST_PAGE, default=1, example=1)
SIZE = whole(
    "size", _("How many rows a page holds, at most 100; 50 if not said"),
    most=LARGEST_PAGE, capped=True, default=50, example=50,
)  # fmt: skip
_ADDRESS: Schema = {"type": ["string", "null"], "format": "uri"}
PAGING: dict[str, Schema] = {
    "page": closed({name: {"type": "integer", "minimum": 0} for name in ("number", "size", "count")}),
    "previous": {**_ADDRESS, "description": _("The page before; null on the first one")},
    "next": {**_ADDRESS, "description": _("The page after; null on the last one")},
}


THIS = {"ref": "$request.path.ref"}
"""The same case, in a link of the document."""


class PublicView(PlaceView):
    """Serve one address that everybody may read."""

    needs: ClassVar[Mapping[str, Permission]] = {"GET": Permission.READ_PUBLIC}
    operations: ClassVar[Mapping[str, Operation]] = {}
    asked: dict[str, Any]

    def get(self, request: Request, **slots: Any) -> HttpResponse:
        """Answer with the bytes; their hash is the ETag, as in the files beside the pages."""
        self.asked = asked(request.query_params, self.operations["GET"].query or ())
        found = self.found(**slots)
        if isinstance(found, HttpResponse):
            return found
        response = exact(request, found, digest(found))
        response["Link"] = f'<{LICENCE_ADDRESS}>; rel="license"'
        if self.operations["GET"].tells_seen and Permission.MANAGE_INCIDENTS in self.permissions:
            response[SEEN] = self.seen(**slots)
        return response

    def seen(self, *_args: Any, **slots: Any) -> str:
        """Return what whoever changes the row that stands here must send as ``seen``."""
        raise NotImplementedError

    def found(self, *_args: Any, **slots: Any) -> bytes | HttpResponse:
        """Return what stands at this address."""
        raise NotImplementedError

    def listed(self, answer: Answer, rows: "QuerySet[Any] | Sequence[Any]", join: Callable[[Any], Any] = list) -> bytes:
        """Return one page of a list; ``join`` adds what its rows need, in as many queries for many as for one."""
        number, size = self.asked["page"], self.asked["size"]
        count = rows.count() if isinstance(rows, QuerySet) else len(rows)
        chunk = join(rows[(number - 1) * size : number * size])
        (table,) = answer.tables
        return answer.json(self.jurisdiction, {table.name: chunk}, **self._paging(number, size, count))

    def _paging(self, number: int, size: int, count: int) -> dict[str, Any]:
        last = max(1, -(-count // size))
        return {
            "page": {"number": number, "size": size, "count": count},
            "previous": self._page(min(number - 1, last)) if number > 1 else None,
            "next": self._page(number + 1) if number < last else None,
        }

    def _page(self, number: int) -> str:
        query = self.request.query_params.copy()
        query["page"] = str(number)
        return f"{settings.BASE_URL.rstrip('/')}{self.request.path}?{query.urlencode()}"


def read(
    name: str,
    section: Promise,
    summary: Promise,
    meaning: Promise,
    schema: Schema,
    *,
    query: tuple[Parameter, ...] = (),
    codes: Mapping[int, tuple[str, ...]] | None = None,
    leads: Mapping[str, Mapping[str, str]] | None = None,
    tells_seen: bool = False,
) -> dict[str, Operation]:
    """Describe a public address that is read."""
    operation = Operation(
        name, section, summary, meaning, {200: schema}, query=query, codes=codes or {}, leads=leads or {},
        tells_seen=tells_seen,
    )  # fmt: skip
    return {"GET": operation}


def read_list(
    name: str,
    section: Promise,
    summary: Promise,
    meaning: Promise,
    answer: Answer,
    *,
    query: tuple[Parameter, ...] = (),
    leads: Mapping[str, Mapping[str, str]] | None = None,
) -> dict[str, Operation]:
    """Describe a public list in pages."""
    schema = answer_schema(answer, **PAGING)
    return read(name, section, summary, meaning, schema, query=(*query, PAGE, SIZE), leads=leads)


def first(table: str, column: str) -> str:
    """Name a column of the first row of a table in an answer, as links of the document do."""
    return f"$response.body#/{table}/0/{column}"
