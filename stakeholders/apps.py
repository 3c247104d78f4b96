from django.apps import AppConfig


class StakeholdersConfig(AppConfig):
    name = "stakeholders"

    def ready(self) -> None:
        """Have ended sessions swept away."""
        from lastvote.jobs.sweeper import register_sweep  # noqa: PLC0415 -- models exist only now
        from stakeholders.expiry import delete_expired_sessions  # noqa: PLC0415 -- models exist only now

        register_sweep("expired_sessions", delete_expired_sessions)
