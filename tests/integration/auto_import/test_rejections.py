"""What cannot become an expense says why where its user sees it; what viewers open is imported; the rest goes on."""

from __future__ import annotations

import zlib

from shared.domain.rejections import RejectionReason
from shared.texts.rejections import sentence
from tests.integration.auto_import.conftest import APP_FOLDER, Importing
from tests.integration.auto_import.documents import jpeg, pdf
from tests.unit.inspection import documents, emails
from tests.unit.inspection.test_inspect_file import encrypted

PAST_GRACE = {"seconds": 121.0}


def without_xref(whole: bytes) -> bytes:
    return whole.replace(b"startxref", b"startxxxx")


REJECTED = {
    "empty.pdf": (b"", RejectionReason.EMPTY),
    "page.pdf": (b"<!DOCTYPE html><html><body>Invoice</body></html>", RejectionReason.UNSUPPORTED_TYPE),
    "drawing.pdf": (b"<svg xmlns='http:'><script>alert(1)</script></svg>", RejectionReason.UNSUPPORTED_TYPE),
    "program.jpg": (b"MZ\x90\x00" + bytes(200), RejectionReason.UNSUPPORTED_TYPE),
    "virus.pdf": (
        b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*",
        RejectionReason.UNSUPPORTED_TYPE,
    ),
    "secret.pdf": (encrypted(user_password="secret"), RejectionReason.PASSWORD_PROTECTED),
    "broken.pdf": (b"%PDF-1.7\n" + bytes(range(256)), RejectionReason.DAMAGED),
    "loop.pdf": (documents.pdf({2: documents.pages(2)}), RejectionReason.DAMAGED),
    "bomb.png": (documents.png(60_000, 60_000, zlib.compress(bytes(9))), RejectionReason.TOO_COMPLEX),
    "note.eml": (bytes(emails.email()), RejectionReason.NONE_ATTACHED),
    "two.eml": (
        emails.with_invoice(("application/pdf", "terms.pdf", emails.PDF)),
        RejectionReason.SEVERAL_ATTACHED,
    ),
    "locked.eml": (
        bytes(emails.email(("application/pdf", "locked.pdf", encrypted(user_password="secret")))),
        RejectionReason.PASSWORD_PROTECTED,
    ),
    "film.jpg": (bytes(60_000), RejectionReason.TOO_LARGE),
}
IMPORTED = {
    "photo.jpg": jpeg("photo"),
    "ticket.pdf": pdf("ticket"),
    "owner password.pdf": encrypted(user_password=""),
    "motion photo.jpg": jpeg("motion") + b"\x00\x00\x00\x18ftypmp42" + bytes(500),
    "invoice.eml": emails.with_invoice(),
    "repairable.pdf": without_xref(documents.pdf()),
    "named as something else.txt": jpeg("text"),
}


def test_every_reason_is_a_folder_beside_and_the_others_are_imported(importing: Importing) -> None:
    importing.limit(max_document_bytes=50_000)
    for name, (data, _) in REJECTED.items():
        importing.drop(name, data)
    for name, data in IMPORTED.items():
        importing.drop(name, data)
    importing.account.write_cloud_document(f"{APP_FOLDER}/Auto-Import/notes.paper")
    importing.clock.advance(**PAST_GRACE)

    answer = importing.ring()

    reasons = {name: reason for name, (_, reason) in REJECTED.items()}
    reasons["notes.paper"] = RejectionReason.NOT_DOWNLOADABLE
    assert answer.reason == "drained"
    assert importing.outcomes() == {
        **{name: f"rejected:{reason}" for name, reason in reasons.items()},
        **dict.fromkeys(IMPORTED, "imported"),
    }
    rejected = {path for path in importing.tree() if path.startswith("Rejected/")}
    assert {path.rpartition("/")[2] for path in rejected} == set(reasons)
    assert len({path.split("/")[1] for path in rejected}) == len(set(reasons.values()))
    assert all(sentence(reason, "en") for reason in reasons.values())
    assert {document.name for expense in importing.expenses() for document in expense.documents} == set(
        IMPORTED
    )


def test_a_file_of_three_hundred_megabytes_is_rejected_unseen(importing: Importing) -> None:
    block = bytes(1024 * 1024)
    importing.account.write(f"{APP_FOLDER}/Auto-Import/film.pdf", (block for _ in range(300)))
    importing.drop("lunch.jpg", jpeg("lunch"))

    importing.ring()

    assert importing.outcomes() == {"film.pdf": "rejected:too_large", "lunch.jpg": "imported"}
    assert importing.calls()["files/download"] == 1
