from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "lastvote.audit"
    label = "audit"
