"""What a resource was in another library, word for word, also what has no place here."""

from __future__ import annotations

from datetime import datetime

from library.catalogue.provenance.imports import Imported
from library.web.staff.desk import Desk
from library.web.staff.frame import moment
from library.web.staff.resources.viewmodels import Elsewhere


def elsewhere(desk: Desk, record: Imported) -> Elsewhere:
    at = moment(datetime.fromisoformat(record.at), desk.interface)
    return Elsewhere(
        source=f"{record.system} · {record.source} · {at}",
        fields=tuple((name, tuple(map(str, values))) for name, values in record.raw.items()),
        unmatched=record.unmatched,
    )
