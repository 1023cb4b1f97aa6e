"""Translates how proofs stand to rows beside the deliveries, and back; what is nested is JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any, TypeVar, get_type_hints

from shared.aws.stores.delivery_tables import ProofRow
from shared.domain.proofs import (
    EndedProof,
    FolderProof,
    PendingProof,
    ProofCounts,
    ProofFile,
    ProofProblem,
    PutBack,
)
from shared.domain.timestamps import from_iso, to_iso

PROOF = "proof#"
"""No account is called so: theirs begin with `dbid:`."""

Record = TypeVar("Record", PendingProof, EndedProof, PutBack, ProofFile, ProofCounts)


def proof_key(account_id: str) -> str:
    """The sort key of an account's proofs."""
    return f"{PROOF}{account_id}"


def to_proof_row(proof: FolderProof) -> ProofRow:
    """Write one."""
    return ProofRow(
        proof.company_id,
        proof_key(proof.account_id),
        account_id=proof.account_id,
        version=proof.version,
        pending=_written(proof.pending),
        ended=_written(proof.ended),
        proved=_written(proof.proved),
        put_back=_written(proof.put_back),
        file=_written(proof.file),
    )


def to_folder_proof(row: ProofRow) -> FolderProof:
    """Read one."""
    return FolderProof(
        company_id=row.company_id,
        account_id=row.account_id,
        version=int(row.version),
        pending=_read(PendingProof, row.pending),
        ended=_read(EndedProof, row.ended),
        proved=_read(EndedProof, row.proved),
        put_back=_read(PutBack, row.put_back),
        file=_read(ProofFile, row.file),
    )


def _written(record: PendingProof | EndedProof | PutBack | ProofFile | None) -> str | None:
    if record is None:
        return None
    return json.dumps(asdict(record), default=_plain, ensure_ascii=False, separators=(",", ":"))


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return to_iso(value)
    raise TypeError(type(value).__name__)


def _read(kind: type[Record], text: str | None) -> Record | None:
    return None if text is None else _record(kind, json.loads(text))


def _record(kind: type[Record], values: dict[str, Any]) -> Record:
    """A field that this release does not know is left out, one that is not there keeps its default."""
    hints = get_type_hints(kind)
    known = {field.name for field in fields(kind)} & values.keys()
    return kind(**{name: _value(hints[name], values[name]) for name in known})


def _value(hint: Any, value: Any) -> Any:  # noqa: ANN401 - of a field, as JSON holds it
    options = getattr(hint, "__args__", (hint,))
    if value is None:
        return None
    if datetime in options:
        return from_iso(value)
    if ProofCounts in options:
        return _record(ProofCounts, value)
    return ProofProblem(value) if ProofProblem in options else value
