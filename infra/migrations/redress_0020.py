from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from infra.piccolo_conf import sql_migration

ID = "0020"
VERSION = "1.38.0"
DESCRIPTION = "the look at the ledger reads the counter"


async def forwards() -> MigrationManager:
    return sql_migration(ID, DESCRIPTION)
