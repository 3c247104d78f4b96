"""Addresses of the learned score inside a jurisdiction: its records for everybody, its desk for those who train."""

from django.urls import path

from deliberation.views import desk_learning, learning

DESK = "desk/learning/"

urlpatterns = [
    path("learning/", learning.learning, name="learning"),
    path("learning/<slug:token>/", learning.learning_record, name="learning_record"),
    path("learning/<slug:token>/record.json", learning.learning_record_file, name="learning_record_file"),
    path(DESK, desk_learning.overview, name="desk_learning"),
    path(f"{DESK}import/", desk_learning.choose_file, name="desk_learning_file"),
    path(f"{DESK}import/<slug:token>/", desk_learning.name_columns, name="desk_learning_columns"),
    path(f"{DESK}histories/<int:number>/train/", desk_learning.train, name="desk_learning_train"),
    path(f"{DESK}trainings/<slug:token>/", desk_learning.follow, name="desk_learning_run"),
    path(f"{DESK}trainings/<slug:token>/cancel/", desk_learning.cancel, name="desk_learning_cancel"),
]
