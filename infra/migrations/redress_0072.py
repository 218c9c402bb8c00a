from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from infra.piccolo_conf import sql_migration

ID = "0072"
VERSION = "1.38.0"
DESCRIPTION = "evidence: which files a case has, and the key that each case seals them with"


async def forwards() -> MigrationManager:
    return sql_migration(ID, DESCRIPTION)
