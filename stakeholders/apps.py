from django.apps import AppConfig


class StakeholdersConfig(AppConfig):
    name = "stakeholders"

    def ready(self) -> None:
        """Have ended sessions swept away, and notices mailed."""
        from lastvote.jobs.outbox import register  # noqa: PLC0415 -- models exist only now
        from lastvote.jobs.sweeper import register_sweep  # noqa: PLC0415 -- models exist only now
        from stakeholders.expiry import delete_expired_sessions  # noqa: PLC0415 -- models exist only now
        from stakeholders.notices import digests  # noqa: PLC0415 -- models exist only now
        from stakeholders.notices.mails import send_notice  # noqa: PLC0415 -- models exist only now
        from stakeholders.notices.telling import MAIL  # noqa: PLC0415 -- models exist only now

        register(MAIL, send_notice)
        register(digests.MAIL, digests.send_digest)
        register_sweep("digests", digests.owe_digests)
        register_sweep("expired_sessions", delete_expired_sessions)
