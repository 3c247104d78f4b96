from django.apps import AppConfig


class DeliberationConfig(AppConfig):
    name = "deliberation"

    def ready(self) -> None:
        """Say who does this app's background work; the floor below knows no names of apps."""
        from deliberation.wiring import connect  # noqa: PLC0415 -- models exist only now

        connect()
