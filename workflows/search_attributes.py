"""How cases are found in Temporal. One that is not registered would hold a workflow for ever."""

from datetime import datetime

from temporalio.common import SearchAttributeKey, SearchAttributePair, SearchAttributeUpdate

from workflows.messages import CaseRef, Plan

TENANT = SearchAttributeKey.for_keyword("Tenant")
NUMBER = SearchAttributeKey.for_keyword("CaseNumber")
STAGE = SearchAttributeKey.for_keyword("Stage")
FILING = SearchAttributeKey.for_keyword("Filing")
BALL = SearchAttributeKey.for_keyword("Ball")
DUE = SearchAttributeKey.for_datetime("Due")
ALL = (TENANT, NUMBER, STAGE, FILING, BALL, DUE)


Update = SearchAttributeUpdate[str] | SearchAttributeUpdate[datetime]


def updates(case: CaseRef, plan: Plan) -> tuple[Update, ...]:
    return (
        TENANT.value_set(str(case.tenant)),
        NUMBER.value_set(plan.number),
        STAGE.value_set(plan.stage),
        FILING.value_set(plan.filing) if plan.filing else FILING.value_unset(),
        BALL.value_set(plan.ball),
        DUE.value_set(plan.due) if plan.due else DUE.value_unset(),
    )


def of_tenant(tenant: object) -> SearchAttributePair[str]:
    return SearchAttributePair(TENANT, str(tenant))
