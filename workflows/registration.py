"""Our search attributes, registered before any workflow sets one: a missing one would hold it."""

from datetime import timedelta
from typing import Final

import structlog
from temporalio.api.enums.v1 import IndexedValueType
from temporalio.api.operatorservice.v1 import (
    AddSearchAttributesRequest,
    ListSearchAttributesRequest,
)
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from workflows import search_attributes

log = structlog.get_logger()
PATIENCE: Final = timedelta(seconds=10)
FORBIDDEN: Final = (RPCStatusCode.PERMISSION_DENIED, RPCStatusCode.UNIMPLEMENTED)


async def register(client: Client) -> None:
    """Safe to run twice and at once. Temporal Cloud lets only its own console do this."""
    try:
        await add_missing(client)
    except RPCError as error:
        if error.status in FORBIDDEN:
            names = [key.name for key in search_attributes.ALL]
            log.warning("register_these_by_hand", search_attributes=names)
        elif error.status is not RPCStatusCode.ALREADY_EXISTS:
            raise


async def add_missing(client: Client) -> None:
    known = await client.operator_service.list_search_attributes(
        ListSearchAttributesRequest(namespace=client.namespace), timeout=PATIENCE
    )
    missing = {
        key.name: IndexedValueType.ValueType(key.indexed_value_type)
        for key in search_attributes.ALL
        if key.name not in known.custom_attributes
    }
    if missing:
        await client.operator_service.add_search_attributes(
            AddSearchAttributesRequest(namespace=client.namespace, search_attributes=missing),
            timeout=PATIENCE,
        )
