from django.apps import AppConfig
from django.db.backends.signals import connection_created

from lastvote import folding


class WebConfig(AppConfig):
    name = "lastvote.web"
    label = "web"

    def ready(self) -> None:
        """Let every database compare words alike."""
        connection_created.connect(folding.teach)
