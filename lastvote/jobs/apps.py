from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "lastvote.jobs"
    label = "jobs"

    def ready(self) -> None:
        from lastvote.jobs import heartbeats, once, sweeper, worker  # noqa: F401, PLC0415 -- models first

        sweeper.register_sweep("outbox", sweeper.sweep_outbox)
        sweeper.register_sweep("idempotency_keys", once.purge)
        sweeper.register_sweep("heartbeats", heartbeats.purge)
