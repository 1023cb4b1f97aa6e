"""The mails of the example: what is written to whom, in whole sentences, and no more often than helps."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from email import message_from_bytes, policy
from typing import Any

import pytest

from examples.mails.mails.compose import Mail, compose
from examples.mails.mails.mailer import Mailer
from examples.mails.mails.occasions import Kind, Occasion, occasions_of
from examples.mails.mails.recipients import Recipient
from examples.mails.mails.words import Words, languages, words_of
from local.template import ROOT, load_template
from shared.domain.links import LinkProblem
from shared.texts.languages import LANGUAGES
from testing.event_schemas import SCHEMAS, schema_of

ALICE = Recipient("alice@example.com", "Alice Martin", "en", "https://app.example.com/stop?t=1&u=2")
BOB = Recipient("bob@example.com", "Bob Durand", "fr", "https://app.example.com/stop?t=3")
EVENTS = {path.stem: schema_of(path.stem)["examples"][0] for path in sorted(SCHEMAS.iterdir())}
PERSONAL, COMPANY = "https://app.example.com/me", "https://app.example.com/company"
BATCH = EVENTS["ImportBatchRead"]["batch_id"]
CODES = sorted(languages())


def drop(**changed: Any) -> dict[str, Any]:
    """One of a batch, as both events have it, but for what is changed."""
    [settled], [read] = (EVENTS[name]["drops"] for name in ("ImportBatchSettled", "ImportBatchRead"))
    return {**settled, **read, **changed}


class Post:
    """Who there is, what was sent to them, and what was sent before."""

    def __init__(self) -> None:
        self.people = {"alice": ALICE, "bob": BOB}
        self.of_company: list[Recipient] = [BOB]
        self.mails: list[Mail] = []
        self.begun: dict[tuple[Kind, str, str], int] = {}
        self.before: Callable[[Mail], None] = lambda _mail: None

    def find(self, user_id: str) -> Recipient | None:
        return self.people.get(user_id)

    def administrators(self, company_id: str) -> list[Recipient]:
        return self.of_company if company_id == "atelier" else []

    def begin(self, occasion: Occasion, address: str) -> bool:
        key = occasion.kind, occasion.subject_id, address
        if self.begun.get(key, -1) >= occasion.weight:
            return False
        self.begun[key] = occasion.weight
        return True

    def end(self, occasion: Occasion, address: str) -> None:
        assert (occasion.kind, occasion.subject_id, address) in self.begun

    def give_back(self, occasion: Occasion, address: str) -> None:
        del self.begun[occasion.kind, occasion.subject_id, address]

    def receive(self, name: str, **changed: Any) -> list[Mail]:
        """The mails that an event leads to: the example of its schema, but for what is changed."""
        already = len(self.mails)
        mailer = Mailer(
            recipients=self, sent=self, send=self._send, personal_url=PERSONAL, company_url=COMPANY
        )
        mailer(name, EVENTS[name] | changed)
        return self.mails[already:]

    def _send(self, mail: Mail) -> None:
        self.before(mail)
        self.mails.append(mail)


@pytest.fixture
def post() -> Post:
    return Post()


def test_a_batch_that_is_read_says_what_is_ready_what_to_check_and_what_was_not_imported(post: Post) -> None:
    [mail] = post.receive("ImportBatchRead")

    assert mail.recipient == ALICE
    assert mail.subject == "Your 188 receipts are ready"
    assert "188 are expenses now." in mail.text
    assert "38 of them need your eye" in mail.text
    assert "4 files could not be imported." in mail.text
    assert "8 files were imported before already." in mail.text
    assert f"Open Jenji: {PERSONAL}" in mail.text


def test_what_there_is_none_of_is_not_said(post: Post) -> None:
    [mail] = post.receive("ImportBatchRead", drops=[drop(imported=1, to_check=0, rejected=0, duplicate=0)])

    assert mail.subject == "Your receipt is ready"
    assert not re.search(r"\b0\b|files|eye", mail.text)


def test_a_drop_of_which_nothing_was_imported_is_written_of_when_it_ends(post: Post) -> None:
    [mail] = post.receive("ImportBatchSettled", drops=[drop(imported=0)])

    assert mail.subject == "4 files could not be imported"


@pytest.mark.parametrize("changed", [{}, {"imported": 0, "rejected": 0}, {"imported": 0, "waiting": 1}])
def test_no_mail_is_written_of_a_drop_that_will_be_read_has_nothing_wrong_or_has_not_ended(
    post: Post, changed: dict[str, int]
) -> None:
    assert post.receive("ImportBatchSettled", drops=[drop(**changed)]) == []


def test_an_event_that_comes_again_leads_to_no_second_mail(post: Post) -> None:
    first = [len(post.receive(name)) for name in sorted(EVENTS)]

    again = [len(post.receive(name)) for name in sorted(EVENTS)]

    assert sum(first) == 3
    assert sum(again) == 0


def test_two_drops_of_one_batch_are_a_mail_each_however_often_the_batch_is_told_of(post: Post) -> None:
    first = drop(imported=3, to_check=1, rejected=0, duplicate=0)
    later = drop(drop_id=f"{BATCH}.2", imported=5, to_check=0, rejected=2, duplicate=0)
    post.receive("ImportBatchRead", id="a", drops=[first])

    settled = post.receive("ImportBatchSettled", id="b", drops=[first, later])
    [mail] = post.receive("ImportBatchRead", id="b", drops=[first, later])

    assert settled == []
    assert [each.subject for each in post.mails] == ["Your 3 receipts are ready", "Your 5 receipts are ready"]
    assert "5 are expenses now." in mail.text
    assert "2 files could not be imported." in mail.text
    assert "your eye" not in mail.text


def test_a_later_drop_of_which_nothing_was_imported_is_written_of_at_once_and_by_itself(post: Post) -> None:
    first, refused = drop(), drop(drop_id=f"{BATCH}.2", imported=0, to_check=0, rejected=1, duplicate=0)
    post.receive("ImportBatchRead", drops=[first])

    mails = post.receive("ImportBatchSettled", id="b", drops=[first, refused])
    again = post.receive("ImportBatchRead", id="b", drops=[first, refused])

    assert [mail.subject for mail in mails] == ["A file could not be imported"]
    assert again == []


def test_an_event_of_before_drops_were_told_is_written_of_as_one(post: Post) -> None:
    event = {name: value for name, value in EVENTS["ImportBatchRead"].items() if name != "drops"}

    occasions = occasions_of("ImportBatchRead", event)

    assert occasions == occasions_of("ImportBatchRead", EVENTS["ImportBatchRead"])


def test_a_drop_into_which_more_follows_is_written_of_again_only_where_more_is_to_be_looked_at(
    post: Post,
) -> None:
    post.receive("ImportBatchRead")

    all_well = post.receive("ImportBatchRead", id="a", drops=[drop(imported=190)])
    one_more = post.receive("ImportBatchRead", id="b", drops=[drop(imported=191, to_check=39)])

    assert all_well == []
    assert [mail.subject for mail in one_more] == ["Your 191 receipts are ready"]


def test_a_company_is_not_written_to_for_each_document_that_fails(post: Post) -> None:
    documents = [EVENTS["DocumentDeliveryFailed"]["document"] | {"document_id": str(n)} for n in range(50)]

    mails = [
        mail
        for number, document in enumerate(documents)
        for mail in post.receive("DocumentDeliveryFailed", id=str(number), document=document)
    ]

    [mail] = mails
    assert mail.recipient == BOB
    assert mail.language == "fr"
    assert COMPANY in mail.text


def test_who_is_gone_is_not_written_to_but_the_administrators_that_are_left(post: Post) -> None:
    [mail] = post.receive(
        "LinkNeedsAttention", reason="administrator_gone", user_id="eve", purpose="synchronisation"
    )

    assert mail.recipient == BOB


@pytest.mark.parametrize(
    "changed", [{"reason": "user_inactive"}, {"user_id": "unknown"}], ids=["inactive", "unknown"]
)
def test_somebody_whom_the_host_does_not_have_work_is_not_written_to(
    post: Post, changed: dict[str, str]
) -> None:
    assert post.receive("LinkNeedsAttention", **changed) == []


@pytest.mark.parametrize("kind", list(Kind))
def test_nobody_is_sent_what_they_asked_not_to_be_sent(post: Post, kind: Kind) -> None:
    post.people = {name: replace(person, muted=frozenset({kind})) for name, person in post.people.items()}

    kinds = {
        occasion.kind
        for name, detail in EVENTS.items()
        for occasion in occasions_of(name, detail)
        if post.receive(name)
    }

    assert kinds == set(Kind) - {kind}


def test_a_mail_that_could_not_be_sent_is_sent_when_its_event_comes_again(post: Post) -> None:
    def refuse(_mail: Mail) -> None:
        raise ConnectionError

    post.before = refuse
    with pytest.raises(ConnectionError):
        post.receive("ImportBatchRead")
    post.before = lambda _mail: None

    assert len(post.receive("ImportBatchRead")) == 1


def test_a_name_is_shown_and_never_runs_nor_makes_a_header(post: Post) -> None:
    name = '<script>alert("1")</script>\r\nBcc: eve@example.com {0}'
    post.people["alice"] = replace(ALICE, name=name)

    [mail] = post.receive("ImportBatchRead")
    message = message_from_bytes(mail.as_message("jenji@example.com").as_bytes(), policy=policy.default)

    assert "<script" not in mail.html
    assert "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; Bcc: eve@example.com {0}" in mail.html
    assert message["Bcc"] is None
    assert message["To"] == "alice@example.com"


def test_an_address_that_would_make_a_header_is_refused(post: Post) -> None:
    [mail] = post.receive("ImportBatchRead")
    forged = replace(mail, recipient=replace(ALICE, address="a@example.com\r\nBcc: eve@example.com"))

    with pytest.raises(ValueError, match="Header"):
        forged.as_message("jenji@example.com")


def test_a_mail_has_both_forms_and_one_click_ends_such_mails(post: Post) -> None:
    [mail] = post.receive("ImportBatchRead")

    message = message_from_bytes(mail.as_message("jenji@example.com").as_bytes(), policy=policy.default)

    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert message["List-Unsubscribe"] == f"<{ALICE.unsubscribe_url}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert ALICE.unsubscribe_url in message.get_body(("plain",)).get_content()
    assert 'href="https://app.example.com/stop?t=1&amp;u=2"' in mail.html


def test_the_mails_speak_the_languages_that_the_page_speaks() -> None:
    assert set(languages()) == set(LANGUAGES)


@pytest.mark.parametrize("code", CODES)
def test_a_language_has_words_for_all_that_english_has(code: str) -> None:
    words, english = languages()[code], languages()["en"]

    assert words.code == code
    assert _shape(words) == _shape(english)
    assert "{name}" in words.greeting


@pytest.mark.parametrize("code", CODES)
def test_a_link_has_words_for_every_reason_that_somebody_is_written_to_about(code: str) -> None:
    documented = schema_of("LinkNeedsAttention")["properties"]["reason"]["description"]
    reasons = {
        reason.value
        for reason in LinkProblem
        if reason.value in documented
        and occasions_of("LinkNeedsAttention", EVENTS["LinkNeedsAttention"] | {"reason": reason.value})
    }

    assert len(reasons) > 8
    assert reasons == set(languages()[code].link_reasons)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("number", [1, 2, 1234])
def test_every_mail_is_written_whole_in_every_language(code: str, number: int) -> None:
    counts = dict.fromkeys(("imported", "to_check", "rejected", "duplicate"), number)

    for name, detail in EVENTS.items():
        for occasion in occasions_of(name, detail | {"drops": [drop(**counts)]}):
            mail = compose(occasion, replace(ALICE, language=code), PERSONAL)
            assert mail.language == code
            assert not re.search(r"[{}]|None", mail.text + mail.subject)
            assert f'<html lang="{code}">' in mail.html


def test_numbers_are_written_as_the_language_writes_them() -> None:
    forms = {"one": "{n}", "other": "{n}"}

    written = {code: words.count(forms, 1234) for code, words in languages().items()}

    assert (written["en"], written["de"], written["fr"]) == ("1,234", "1.234", "1\u202f234")


@pytest.mark.parametrize(
    ("locale", "code"), [("fr-BE", "fr"), ("de_AT", "de"), ("IT", "it"), ("fi", "en"), ("", "en")]
)
def test_who_speaks_another_language_is_written_to_in_english(locale: str, code: str) -> None:
    assert words_of(locale).code == code


def test_the_rule_of_the_example_asks_for_what_mails_are_written_about() -> None:
    template = load_template(ROOT / "examples" / "mails" / "template.yaml")
    asked_for = template["Resources"]["MailsRule"]["Properties"]["EventPattern"]["detail-type"]

    written_of = {
        name
        for name, detail in EVENTS.items()
        if occasions_of(name, detail | {"drops": [drop(imported=0, rejected=1)]})
    }

    assert set(asked_for) == written_of


def _shape(words: Words) -> dict[str, Any]:
    """What there are words for, without the words and without the names of plural forms."""
    return {field.name: _keys(getattr(words, field.name)) for field in fields(words)}


def _keys(value: Any) -> Any:
    if not isinstance(value, Mapping):
        return isinstance(value, str) and bool(value)
    return {key: "forms" if "other" in value else _keys(each) for key, each in value.items() if key != "one"}
