from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "lastvote.web"
    label = "web"
