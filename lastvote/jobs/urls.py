from django.urls import path

from lastvote.jobs import views

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("health/", views.health, name="health"),
]
