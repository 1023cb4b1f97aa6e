"""The document beside the expense's form, as a host may show it: its pages, and boxes where values stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from html import escape

from local.host_expense_rows import HostExpense
from shared.domain.previews import PreviewPage
from shared.domain.readings import Box, ReadValue

_PREVIEW = '<div class="preview">{pages}</div>'
_PAGE = """<figure><div class="sheet"><img src="{url}" width="{width}" height="{height}" alt="{caption}"
 referrerpolicy="no-referrer">
<svg viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">{marks}</svg></div>
<figcaption class="muted">{caption}</figcaption></figure>"""
_MARK = '<path class="mark{style}" d="M{left} {top}H{right}V{bottom}H{left}Z"><title>{title}</title></path>'


def document_preview(expense: HostExpense, sign: Callable[[int], str], text: Mapping[str, str]) -> str:
    """Empty where there are no pictures; `sign` gives the URL of a page's, for minutes."""
    preview = expense.read.preview
    if preview is None:
        return ""
    pages = (_page(expense, page, preview.page_count, sign(page.number), text) for page in preview.pages)
    return _PREVIEW.format(pages="".join(pages))


def is_unsure(expense: HostExpense, name: str) -> bool:
    """Whether a field holds a guess that nobody has looked at."""
    read = expense.read.fields.get(name)
    return read is not None and not read.mark.is_confirmed and name not in expense.edited_fields


def _page(expense: HostExpense, page: PreviewPage, count: int, url: str, text: Mapping[str, str]) -> str:
    return _PAGE.format(
        url=escape(url),
        width=page.width,
        height=page.height,
        caption=escape(text["page"].format(page=page.number + 1, count=count)),
        marks="".join(_marks(expense, page.number, text)),
    )


def _marks(expense: HostExpense, page: int, text: Mapping[str, str]) -> Iterator[str]:
    read: dict[str, ReadValue] = {**expense.read.beside, **expense.read.fields}
    for name, value in read.items():
        place = value.mark.place
        if place is not None and place[0] == page:
            title = text.get(name, "")
            yield _mark(place, " unsure" if is_unsure(expense, name) else "", title)


def _mark(place: Box, style: str, title: str) -> str:
    _, left, top, right, bottom = place
    return _MARK.format(left=left, top=top, right=right, bottom=bottom, style=style, title=escape(title))
