"""Where people answer a round, and where they find their answers again."""

from django.urls import path

import stakeholders.converters  # noqa: F401 -- makes <jurisdiction:slug> known
from assessments.views import (
    paper,
    paper_confirm,
    paper_help,
    paper_sheet,
    position,
    rating,
    rating_sign_off,
    receipt,
    tokens,
    weigh,
    weigh_check,
    weigh_points,
    weigh_rank,
    weigh_sent,
    you,
)

PLACE = "<jurisdiction:slug>/"
CASE = f"{PLACE}cases/<slug:ref>/weigh/"
RATING = f"{PLACE}cases/<slug:ref>/assessments/<int:assessment>/rating/"

urlpatterns = [
    path(CASE, weigh.start, name="weigh"),
    path(f"{CASE}most/", weigh.most, name="weigh_most"),
    path(f"{CASE}least/", weigh.least, name="weigh_least"),
    path(f"{CASE}compare/<int:number>/", weigh.compare, name="weigh_compare"),
    path(f"{CASE}points/", weigh_points.points, name="weigh_points"),
    path(f"{CASE}rank/", weigh_rank.rank, name="weigh_rank"),
    path(f"{CASE}why/", weigh.why, name="weigh_why"),
    path(f"{CASE}check/", weigh_check.check, name="weigh_check"),
    path(f"{CASE}sent/<str:receipt>/", weigh_sent.sent, name="weigh_sent"),
    path(f"{CASE}change/", weigh.change, name="weigh_change"),
    path(f"{CASE}keep/", weigh_sent.keep, name="weigh_keep"),
    path(f"{CASE}withdraw/", weigh_sent.withdraw, name="weigh_withdraw"),
    path(f"{CASE}paper/", paper.paper, name="weigh_paper"),
    path(f"{CASE}paper/help/", paper_help.helping, name="paper_help"),
    path(f"{CASE}paper/print/", paper_help.print_for, name="paper_print"),
    path(f"{CASE}paper/sheets/<slug:token>/", paper_sheet.sheet, name="paper_sheet"),
    path(f"{PLACE}paper/", paper_confirm.confirm, name="paper_confirm"),
    path(f"{PLACE}paper/confirmed/<str:receipt>/", paper_confirm.confirmed, name="paper_confirmed"),
    path(f"{PLACE}cases/<slug:ref>/position/", position.position, name="position"),
    path(f"{PLACE}cases/<slug:ref>/position/adopted/", position.position_adopted, name="position_adopted"),
    path(RATING, rating.start, name="rating"),
    path(f"{RATING}check/", rating.check, name="rating_check"),
    path(f"{RATING}sign-off/", rating_sign_off.sign_off, name="rating_sign_off"),
    path(f"{RATING}<slug:item>/", rating.values, name="rating_values"),
    path(f"{PLACE}you/", you.you, name="you"),
    path(f"{PLACE}you/tokens/", tokens.tokens, name="you_tokens"),
    path(f"{PLACE}you/tokens/<slug:token>/revoke/", tokens.revoke, name="you_token_revoke"),
    path(f"{PLACE}receipt/", receipt.receipt, name="receipt"),
]
