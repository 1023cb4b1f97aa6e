"""The list of expenses: what is on each document is filled in, then an administrator accepts or refuses."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape

from local.host import Person
from local.host_app.document_preview import document_preview, is_unsure
from local.host_app.expense_actions import Action, actions_for
from local.host_app.layout import lay_out
from local.host_app.words import words
from local.host_expense_rows import HostExpense
from shared.domain.expenses import ExpenseStatus
from shared.domain.host_expenses import FILLED_IN

EXPENSES_A_PAGE = 50
Sign = Callable[[int], str]
"""Of a page, counted from 0, where its picture is to be had for minutes."""

_MAIN = """<div class="heading"><h1>{title}</h1><a class="button" href="/expenses">{refresh}</a></div>
<p class="muted">{hint}</p>{notice}{expenses}{more}"""
_EMPTY = '<section class="card"><p>{text}</p></section>'
_EXPENSE = """<article class="card expense" id="{id}" aria-label="{short}">
<div class="heading"><div>{documents}<p class="muted">{origin}</p></div>
<span class="badge {style}">{status}</span></div>
<form method="post" action="/expenses/{id}">
<label>{text[merchant]}{unsure[merchant]}<input name="merchant" maxlength="200" autocomplete="off"
 value="{merchant}"{lock}></label>
<label>{text[date]}{unsure[date]}<input name="date" type="date" value="{date}"{lock}></label>
<label>{text[amount]}{unsure[amount]}<input name="amount" inputmode="decimal"
 pattern="[0-9]+([.,][0-9]{{1,3}})?" autocomplete="off" value="{amount}"{lock}></label>
<label>{text[currency]}{unsure[currency]}<input name="currency" maxlength="3" pattern="[A-Za-z]{{3}}"
 autocomplete="off"
 value="{currency}"{lock}></label>
<div class="actions">{actions}</div></form>{preview}</article>"""
_STATUS_STYLES = {ExpenseStatus.ACCEPTED: "good", ExpenseStatus.REFUSED: "bad"}
_STYLES = {Action.ACCEPT: "primary", Action.DELETE: "danger"}


def expenses_page(
    person: Person,
    expenses: Sequence[HostExpense],
    number: int = 1,
    said: str = "",
    sign: Sign | None = None,
) -> str:
    """The page with this number, from 1; `said` is the word's key for what became of the last action.

    With `sign`, which gives the URL of a page's picture, documents are shown beside the forms.
    """
    text = words(person.locale)
    first = (number - 1) * EXPENSES_A_PAGE
    shown = expenses[first : first + EXPENSES_A_PAGE]
    main = _MAIN.format(
        title=escape(text["expenses"]),
        refresh=escape(text["refresh"]),
        hint=escape(text[f"hint.{person.role}"]),
        notice=_notice(said, text),
        expenses="".join(_expense(person, expense, text, sign) for expense in shown)
        or _EMPTY.format(text=escape(text["empty"])),
        more=_more(number + 1, len(expenses) - first - len(shown), text),
    )
    return lay_out(text["expenses"], main, person, "/expenses")


def _notice(said: str, text: Mapping[str, str]) -> str:
    kind = 'class="notice bad" role="alert"' if said.startswith("wrong.") else 'class="notice" role="status"'
    return f"<p {kind}>{escape(text[said])}</p>" if said in text else ""


def _more(number: int, left: int, text: Mapping[str, str]) -> str:
    label = text["more"].format(left=left)
    return f'<p><a class="button" href="/expenses?page={number}">{label}</a></p>' if left > 0 else ""


def _expense(person: Person, expense: HostExpense, text: Mapping[str, str], sign: Sign | None) -> str:
    actions = actions_for(person, expense)
    return _EXPENSE.format(
        id=escape(expense.expense_id),
        short=escape(expense.expense_id[:8]),
        documents=_documents(expense),
        preview=document_preview(expense, sign, text) if sign else "",
        unsure={name: _unsure(expense, name, text) for name in FILLED_IN},
        origin=_origin(expense),
        status=escape(text[f"status.{expense.status.value}"]),
        style=_STATUS_STYLES.get(expense.status, ""),
        merchant=escape(expense.merchant),
        date=escape(expense.date),
        amount=escape(expense.amount),
        currency=escape(expense.currency or "EUR"),
        actions="".join(_button(action, text) for action in actions),
        lock="" if Action.SAVE in actions else " readonly",
        text={key: escape(value) for key, value in text.items()},
    )


def _unsure(expense: HostExpense, name: str, text: Mapping[str, str]) -> str:
    return f' <em class="unsure">{escape(text["unsure"])}</em>' if is_unsure(expense, name) else ""


def _documents(expense: HostExpense) -> str:
    links = (
        f'<a href="/documents/{escape(expense.expense_id)}/{number}" target="_blank" rel="noopener">'
        f"<bdi>{escape(document.name)}</bdi></a>"
        for number, document in enumerate(expense.documents)
    )
    return f"<h2>{', '.join(links)}</h2>"


def _origin(expense: HostExpense) -> str:
    """`Alice Martin (alice-2) · Berlin trip · 24 Nov 2026, 13:30 UTC`; the id tells namesakes apart."""
    who = f"<bdi>{escape(expense.employee_name)}</bdi> ({escape(expense.user_id)})"
    label = f"<bdi>{escape(expense.label)}</bdi>" if expense.label else ""
    when = escape(expense.created_at[:16].replace("T", " ") + " UTC") if expense.created_at else ""
    return " · ".join(filter(None, [who, label, when]))


def _button(action: Action, text: Mapping[str, str]) -> str:
    style = f' class="{_STYLES[action]}"' if action in _STYLES else ""
    return f'<button name="action" value="{action.value}"{style}>{escape(text[action.value])}</button>'
