"""The site with pages that tell too much, to show that the guards notice."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from assessments.models import CurrentAnswer, Submission, SubmissionDetail
from lastvote.urls import urlpatterns as real


def reasons(request: HttpRequest) -> HttpResponse:
    return HttpResponse(" ".join(words for row in SubmissionDetail.objects.all() for words in row.reasons.values()))


def points(request: HttpRequest) -> HttpResponse:
    return HttpResponse(", ".join(f"{row.points[0] / 100:.2f}%" for row in Submission.objects.all()))


def mean(request: HttpRequest) -> HttpResponse:
    """A mean with one decimal: no canary stands in it, and still it moves with the answers."""
    current = CurrentAnswer.objects.filter(submission__roll_entry__round__state="open").select_related("submission")
    given = [row.submission.points[0] for row in current if row.submission]
    return HttpResponse(f"{sum(given) / len(given) / 100:.1f}")


def count(request: HttpRequest) -> HttpResponse:
    """How many have answered, to the minute."""
    return HttpResponse(f"{Submission.objects.count()} answers so far")


urlpatterns = [
    *real,
    path("leak/reasons/", reasons, name="leak_reasons"),
    path("leak/points/", points, name="leak_points"),
    path("leak/mean/", mean, name="leak_mean"),
    path("leak/count/", count, name="leak_count"),
]
