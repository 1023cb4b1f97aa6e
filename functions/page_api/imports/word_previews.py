"""Words what was read off a document as an answer of the API, in the user's language."""

from __future__ import annotations

from collections.abc import Iterator

from functions.page_api.imports.show_preview import ShownPreview
from functions.page_api.schemas import previews as schemas
from functions.page_api.schemas.expenses import ExpenseNow, values_of
from functions.page_api.texts import sentence
from shared.domain.expenses import document_id_for
from shared.domain.host_expenses import FILLED_IN, HostExpense
from shared.domain.readings import Box, Category, Contradiction, ReadValue, WhatWasRead


def preview(shown: ShownPreview, locale: str) -> schemas.Preview:
    """What stands where on the document's pages, and what is known of it."""
    expense, reading = shown.expense, shown.expense.reading
    what = reading.what if reading else WhatWasRead()
    why = shown.why_none
    return schemas.Preview(
        expense_id=expense.expense_id,
        name=_name(expense),
        state=reading.state if reading else None,
        expense=ExpenseNow(**values_of(expense)),
        pages=[
            schemas.PreviewPage(
                page=each.page.number + 1, width=each.page.width, height=each.page.height, url=each.url
            )
            for each in shown.pages
        ],
        page_count=what.preview.page_count if what.preview else None,
        expires_at=shown.expires_at if shown.pages else None,
        why_none=schemas.NoPreviewBecause(code=why, message=sentence(why, locale)) if why else None,
        values=list(_values(expense, what)),
        vat=[
            schemas.VatOfRate(rate=each.rate, amount=each.amount, base=each.base, place=_place(each.place))
            for each in what.vat
        ],
        category=_category(what, locale),
        contradictions=list(_contradictions(what, locale)),
        is_credit_note=what.is_credit_note,
    )


def _name(expense: HostExpense) -> str | None:
    imported = document_id_for(expense.expense_id)
    names = {each.document_id: each.name for each in expense.documents}
    return names.get(imported) or next(iter(names.values()), None)


def _values(expense: HostExpense, what: WhatWasRead) -> Iterator[schemas.ReadValue]:
    for name, read in what.fields.items():
        yield _value(name, read, expense)
    for name, read in what.beside.items():
        if name not in what.fields:
            yield _value(name, read, expense)


def _value(name: str, read: ReadValue, expense: HostExpense) -> schemas.ReadValue:
    """Of what its user has changed, or said before it was read, both are shown."""
    present = expense.values.get(name) if name in FILLED_IN else None
    said = read.value or ("" if name in expense.edited_fields else present or "")
    is_changed = name in FILLED_IN and (present or "") != said
    return schemas.ReadValue(
        name=name,
        value=said or None,
        is_confirmed=read.mark.is_confirmed,
        is_checked=name in expense.edited_fields,
        changed_to=present if is_changed else None,
        source=read.mark.source,
        place=_place(read.mark.place),
    )


def _place(box: Box | None) -> schemas.Place | None:
    if box is None:
        return None
    page, left, top, right, bottom = box
    return schemas.Place(page=page + 1, left=left, top=top, right=right, bottom=bottom)


def _category(what: WhatWasRead, locale: str) -> schemas.SuggestedCategory | None:
    """None for one of another release."""
    if what.category not in set(Category):
        return None
    category = Category(what.category)
    return schemas.SuggestedCategory(code=category, message=sentence(category, locale))


def _contradictions(what: WhatWasRead, locale: str) -> Iterator[schemas.Contradicted]:
    for code in what.contradictions:
        if code in set(Contradiction):
            found = Contradiction(code)
            yield schemas.Contradicted(code=found, message=sentence(found, locale))
