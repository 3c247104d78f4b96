"""Addresses of the API about what is judged. Mounted below ``/api/v1/<jurisdiction>/``."""

from django.urls import path

from assessments.api import answers, ratings

urlpatterns = [
    path("cases/<slug:ref>/answer/", answers.OwnAnswerView.as_view(), name="api_answer"),
    path("cases/<slug:ref>/assessments/<int:assessment>/rating/", ratings.OwnRatingView.as_view(), name="api_rating"),
]
