"""The least that any page can do that writes: know who is there, insert one row, send the visitor on."""

from django.db import connection
from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

TABLE = "CREATE TABLE bench_row (id bigserial PRIMARY KEY, account_id bigint NOT NULL, points jsonb NOT NULL)"
INSERT = "INSERT INTO bench_row (account_id, points) VALUES (%s, %s)"


@require_POST
def insert(request) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [request.user.pk, "[4000, 3000, 2000, 1000]"])
    return HttpResponseRedirect("/")
