from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from infra.piccolo_conf import sql_migration

ID = "0001"
VERSION = "1.38.0"
DESCRIPTION = "the spine: people, cases, clockwork, and the walls between tenants"


async def forwards() -> MigrationManager:
    return sql_migration(ID, DESCRIPTION)
