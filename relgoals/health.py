"""Whether what the application stands on is there."""

from celery import current_app
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from web.bell import BRIEF


def missing() -> list[str]:
    """One line for each thing that is not ready; empty when all are. No addresses, no passwords, no traces."""
    return [line for line in (_database(), _broker()) if line]


def _database() -> str:
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return "database: does not answer"
    return f"migrations: {len(waiting)} not applied" if waiting else ""


def _broker() -> str:
    try:
        with current_app.connection_for_write(transport_options=BRIEF) as broker:
            broker.ensure_connection(max_retries=1, timeout=2)
    except Exception:  # each transport has errors of its own, and any of them means: not there
        return "broker: does not answer"
    return ""
