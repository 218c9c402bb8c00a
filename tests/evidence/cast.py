"""Dara's case, a form she posts, and the file that she hands in with it."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from infra.database import tenant_tx
from services.cases.handing_in import Told, hand_in
from services.cases.receipts import Receipt
from services.tenants.seats import Seat
from tests.cases.cast import Org, file, make_org
from tests.evidence.files import pieces, png


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    org: Org
    case: Receipt
    dara: Seat

    async def post(self, seat: Seat | None = None) -> UUID:
        """A form posted by somebody; what it holds comes with `hand`."""
        upload, by = uuid4(), seat or self.dara
        async with tenant_tx(by) as tx:
            await tx.execute(
                "insert into evidence_upload (tenant_id, id, case_id) values ($1, $2, $3)",
                *(by.tenant, upload, self.case.case_id),
            )
        return upload

    async def hand(
        self, body: bytes | None = None, told: Told | None = None, *, seat: Seat | None = None
    ) -> Receipt:
        by = seat or self.dara
        return await hand_in(
            by,
            self.case.case_id,
            told or Told(name="聊天.png"),
            upload=await self.post(by),
            chunks=pieces(png() if body is None else body),
        )


async def scene() -> Scene:
    org = await make_org()
    case = await file(org)
    return Scene(org=org, case=case, dara=org.dara(case))
