"""What stands in Temporal to say which epoch of the ledger it was told of."""

from temporalio import workflow


@workflow.defn(name="epoch")
class EpochWorkflow:
    """Only stands there; what it says is in its memo, which needs no worker to be read."""

    @workflow.run
    async def run(self) -> None:
        await workflow.wait_condition(lambda: False)
