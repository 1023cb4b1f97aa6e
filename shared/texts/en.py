"""What people read in English, by key: plain data."""

# The apostrophe of typography is meant:
# ruff: noqa: RUF001

from __future__ import annotations

TEXTS: dict[str, str] = {
    "rejection.not_downloadable.folder": "Not downloadable",
    "rejection.not_downloadable": (
        "Dropbox does not hand out this file, as with Paper documents and Google Docs. Export it as a "
        "PDF and drop the PDF instead."
    ),
    "rejection.restricted.folder": "Restricted by Dropbox",
    "rejection.restricted": (
        "For a week Dropbox has not handed out this file, which it restricts. Drop another copy of the "
        "document, or ask Dropbox’s support and drop it again."
    ),
    "rejection.empty.folder": "Empty file",
    "rejection.empty": "This file is empty. Check that it opens on your computer, then drop it again.",
    "rejection.too_large.folder": "Too large",
    "rejection.too_large": "This file is too large. Reduce its size, or split it, then drop it again.",
    "rejection.unsupported_type.folder": "Unsupported type",
    "rejection.unsupported_type": (
        "This type of file cannot be imported, whatever its name says. Drop a PDF, JPEG, PNG, HEIC, "
        "HEIF, WebP, TIFF or GIF file instead, the XML of an e-invoice, or an email saved as .eml with "
        "one of them attached."
    ),
    "rejection.password_protected.folder": "Password-protected",
    "rejection.password_protected": (
        "A password is needed to open this file. Save a copy without the password and drop the copy."
    ),
    "rejection.damaged.folder": "Damaged",
    "rejection.damaged": (
        "This file is damaged or incomplete and cannot be shown. Download, scan or photograph the "
        "document again, then drop the new file."
    ),
    "rejection.too_complex.folder": "Too complex",
    "rejection.too_complex": (
        "This file has too many pages, or images too large, to be read. Split it or reduce its "
        "resolution, then drop it again."
    ),
    "rejection.unreadable.folder": "Unreadable",
    "rejection.unreadable": (
        "This file could not be read. Print it as a PDF or take a photo of it, then drop the new file."
    ),
    "rejection.none_attached.folder": "No document attached",
    "rejection.none_attached": (
        "This email has no document attached that can be imported. Save the document itself, then drop "
        "that file."
    ),
    "rejection.several_attached.folder": "Several documents attached",
    "rejection.several_attached": (
        "This email has several files attached. Save each document from it, then drop them one by one."
    ),
    "refusal.access_denied": "You did not give Jenji access to Dropbox. Nothing has changed.",
    "refusal.account_already_linked": (
        "This Dropbox account is already linked by another user or company of Jenji. Choose another "
        "Dropbox account, or have it unlinked there first."
    ),
    "refusal.already_used": "This link was used already. Check your Dropbox settings, or start again.",
    "refusal.dropbox_error": "Dropbox refused the link. Start again, or ask our support.",
    "refusal.expired": "Linking took too long. Start again.",
    "refusal.invalid_cursor": "This page of the list is not there any more. Go back to the first.",
    "refusal.invalid_request": "This request cannot be understood. Start again from your Dropbox settings.",
    "refusal.invalid_start_date": "The start date must be a date, and not in the future. Choose another.",
    "refusal.missing_scope": (
        "Dropbox did not give all the permissions that Jenji needs. Start again and allow all of them."
    ),
    "refusal.no_team_space": "This Dropbox account has no team space beside its own folder.",
    "refusal.not_administrator": "Only an administrator can look after the company’s Dropbox.",
    "refusal.not_found": "There is nothing of that kind. Reload the page.",
    "refusal.not_linked": "No Dropbox account is linked, or its link is interrupted. Link it first.",
    "refusal.not_retryable": "This cannot be tried again: it has not failed, or is being tried already.",
    "refusal.not_signed_in": "Sign in to Jenji, then start again.",
    "refusal.not_splittable": (
        "This cannot be split: it was edited or decided on in the meantime, or is one document."
    ),
    "refusal.other_user": (
        "This link was started by another user. Sign in as that user, or start again as yourself."
    ),
    "refusal.paused": "Jenji has paused its work with Dropbox. It will go on by itself; try again later.",
    "refusal.plan_required": "Synchronising with the company’s Dropbox needs the Team or Enterprise plan.",
    "refusal.purpose_unavailable": "This way of using Dropbox is not available yet.",
    "refusal.too_many_requests": "That was asked too often in a short time. Try again in a minute.",
    "refusal.try_again": "Dropbox or Jenji is not answering at the moment. Try again in a minute.",
    "problem.token_revoked": "Jenji has no access to this Dropbox account any more. Link it again.",
    "problem.scope_missing": (
        "Dropbox has withdrawn some of the permissions that Jenji needs. Link the account again."
    ),
    "problem.quota_full": "This Dropbox account is full. Free some space in it.",
    "problem.user_inactive": "Your Jenji account is not active. Ask your administrator.",
    "problem.administrator_gone": (
        "The person who linked this Dropbox account is no administrator of your company any more. "
        "Take the link over, or link another account."
    ),
    "problem.dropbox_suspended": "Dropbox has suspended this account. Ask Dropbox’s support.",
    "problem.plan": "Synchronisation needs the Team or Enterprise plan. Upgrade, and it will go on.",
    "problem.paused": "Jenji has paused its work with Dropbox. It will go on by itself.",
    "problem.rate_limited": "Dropbox asks for a pause. Jenji will go on by itself in a few minutes.",
    "problem.transport_limit": (
        "Your Dropbox team has used up this month’s uploads by apps. Nothing is lost: Jenji will go on "
        "by itself on the first of next month."
    ),
    "problem.space_unavailable": (
        "The team space where the documents are filed was moved, or is closed to the linked account. "
        "Choose your own folder below, or link the account again. Nothing is lost."
    ),
    "problem.access_denied": (
        "Dropbox does not let Jenji use this account. Ask the administrator of your Dropbox team; "
        "Jenji will go on by itself once it may."
    ),
    "problem.dropbox_unavailable": "Dropbox cannot be reached at present. Jenji will go on by itself.",
    "problem.dropbox_refused": "Dropbox refuses what Jenji asks of it. Contact our support.",
    "waiting.incomplete": "This file may still be on its way to Dropbox.",
    "waiting.being_read": "This file is being read with special care.",
    "waiting.cannot_be_moved": "This file is recorded, but Dropbox does not let it be moved yet.",
    "waiting.try_again": "This file could not be fetched from Dropbox. Jenji tries again by itself.",
    "delivery.acceptance_withdrawn": "The expense is not accepted any more.",
    "delivery.account_changed": "Another Dropbox account was linked in the meantime.",
    "delivery.document_missing": "The document is not in Jenji’s store. Contact our support.",
    "delivery.document_removed": "The document was removed from its expense.",
    "delivery.dropbox_refused": "Dropbox refused the document. Try again, or contact our support.",
    "delivery.path_taken": "Other files have all the names it could have in Dropbox. Rename them first.",
    "delivery.try_again": "The document could not be delivered yet. Jenji tries again by itself.",
    "delivery.unreadable": "The document could not be read. Contact our support.",
    "no_preview.being_read": "The document is being read: it can be seen here in a moment.",
    "no_preview.data_only": (
        "This document is data without pages: what was read comes from the attached data."
    ),
    "no_preview.not_made": "There is no picture of this document. Open the document itself.",
    "category.meal": "Meal",
    "category.hotel": "Hotel",
    "category.train": "Train",
    "category.flight": "Flight",
    "category.taxi": "Taxi",
    "category.public-transport": "Public transport",
    "category.car-rental": "Car rental",
    "category.fuel": "Fuel",
    "category.parking": "Parking",
    "category.toll": "Toll",
    "category.telecom": "Telecom",
    "category.software": "Software",
    "category.office-supplies": "Office supplies",
    "category.groceries": "Groceries",
    "category.postage": "Postage",
    "manifest.column.expense_id": "Expense id",
    "manifest.column.employee": "Employee",
    "manifest.column.date": "Date",
    "manifest.column.merchant": "Merchant",
    "manifest.column.amount": "Amount",
    "manifest.column.currency": "Currency",
    "manifest.column.category": "Category",
    "manifest.column.file_path": "File path",
    "manifest.column.sha256": "SHA-256",
    "manifest.column.delivered_at": "Delivered at (UTC)",
    "manifest.column.space": "Space",
    "manifest.column.position": "Document",
    "manifest.column.document_number": "Invoice number",
    "manifest.column.net": "Net",
    "manifest.column.vat": "VAT",
    "manifest.column.vat_source": "VAT from",
    "manifest.column.last_proof": "Last check",
    "manifest.column.dropbox": "In Dropbox",
    "manifest.column.rate": "VAT rate",
    "manifest.column.documents": "Documents",
    "manifest.column.expenses": "Expenses",
    "manifest.column.by_employee": "By employee",
    "manifest.column.by_category": "By category",
    "manifest.column.check": "Check",
    "manifest.column.net_of_rate": "Net at {rate}%",
    "manifest.column.vat_of_rate": "VAT at {rate}%",
    "manifest.column.net_of_other": "Net, other rates",
    "manifest.column.vat_of_other": "VAT, other rates",
    "manifest.column.net_of_none": "Net, rate not stated",
    "manifest.column.vat_of_none": "VAT, rate not stated",
    "manifest.sheet.expenses": "Expenses",
    "manifest.sheet.totals": "Totals",
    "manifest.totals.all": "All expenses",
    "manifest.totals.employee": "By employee",
    "manifest.totals.category": "By category",
    "manifest.totals.rate": "By VAT rate",
    "manifest.totals.none": "(none)",
    "manifest.check.right": "adds up",
    "manifest.check.wrong": "differs",
    "manifest.open": "Open",
    "manifest.page": "Page",
    "manifest.space.member_folder": "member folder",
    "manifest.space.team_space": "team space",
    "manifest.vat_source.host": "expense",
    "manifest.vat_source.read": "document, as read",
    "contradiction.total-differs-from-page": "The total in the attached data is not the one on the page.",
    "contradiction.date-differs-from-page": "The date in the attached data is not the one on the page.",
    "contradiction.currency-differs-from-page": (
        "The currency in the attached data is not the one on the page."
    ),
    "contradiction.number-differs-from-page": "The number in the attached data is not the one on the page.",
    "contradiction.sum-does-not-add-up": "The amounts in the attached data do not add up.",
    "contradiction.several-invoices": "The document has several invoices attached.",
    "contradiction.several-documents": (
        "The file holds several documents: check which of them this expense is."
    ),
    "active_content.found": "This document contains active content: open it with care.",
    "active_content.not_known": (
        "This document could not be looked through for active content: open it with care."
    ),
    "apps_folder": "(the folder of your apps)",
    "refusal.invalid_address": "This is not an e-mail address that an invitation can be sent to.",
    "refusal.link_not_working": (
        "The link to Dropbox is interrupted. Mend it first, as the message above says."
    ),
    "refusal.other_account": (
        "That was another Dropbox account than the company’s. Nothing has changed. Start again and sign"
        " in to the company’s."
    ),
    "refusal.sharing_not_allowed": "Jenji may not share the folder yet. Allow it at Dropbox first.",
    "refusal.sharing_under_way": (
        "Another change of this folder is on its way. Wait until it has been made, then try again."
    ),
    "found.present": "It was looked for in Dropbox, was there, and was left alone.",
    "found.missing": "It was not in its place in Dropbox any more, so it is sent again.",
    "found.changed": "Something else lay in its place in Dropbox, so it is sent again beside it.",
    "found.failed": "It had not been delivered, so it is sent again.",
    "sharing.consent_missing": "Dropbox no longer lets Jenji share the folder. Allow it again.",
    "sharing.outside_team": (
        "Your team’s settings in Dropbox do not allow sharing with people outside the team. Ask your "
        "Dropbox administrator to allow it for this folder."
    ),
    "sharing.email_unverified": (
        "An e-mail address is not verified at Dropbox yet: yours, or this person’s. Confirm it in "
        "Dropbox’s settings, then try again."
    ),
    "sharing.address_refused": "Dropbox does not accept this address. Check that it is spelled correctly.",
    "sharing.plan": (
        "Your Dropbox plan does not allow this. Choose another access, or another plan at Dropbox."
    ),
    "sharing.invitation_limit": (
        "Dropbox takes no more invitations or members of this folder at present. End those that are not"
        " needed, or try again tomorrow."
    ),
    "sharing.inside_shared_folder": (
        "This folder lies inside one that is shared already. Share that one, or end its sharing first."
    ),
    "sharing.contains_shared_folder": (
        "A folder inside this one is shared already, such as a year. End that sharing first, then share"
        " the whole folder."
    ),
    "sharing.folder_unshareable": "Dropbox does not let this folder be shared where it lies.",
    "sharing.folder_missing": (
        "There is no folder of this year yet. It can be shared once documents have arrived in it."
    ),
    "sharing.too_many_files": (
        "The folder holds too many files for Dropbox to change this at once. Make the change on "
        "Dropbox’s own site."
    ),
    "sharing.no_permission": (
        "The linked Dropbox account may not share this folder. Ask the administrator of your team’s Dropbox."
    ),
    "sharing.is_owner": "This is the address of the folder’s owner, who always has access.",
    "sharing.access_inherited": (
        "This access comes from a folder above or from a group. Change it in Dropbox."
    ),
    "sharing.not_in_time": "Dropbox could not be reached for a day, so this was given up. Try again.",
    "sharing.link_changed": "Dropbox was linked again before this was done. Try again.",
    "sharing.dropbox_refused": (
        "Dropbox refused this without a reason we know. Try it on Dropbox’s own site, or ask our support."
    ),
    "refusal.proof_under_way": "A check of the folder is under way. Wait until it has ended, then try again.",
    "proof.not_in_time": "Dropbox could not be reached for a day, so this was given up. Try again.",
    "proof.link_changed": "Dropbox was linked again before this was done. Try again.",
    "proof.no_permission": (
        "The linked Dropbox account may not list this folder. Ask the administrator of your team’s Dropbox."
    ),
    "proof.too_many_files": "The folder holds more files than can be compared. Ask our support.",
    "proof.dropbox_refused": "Dropbox refused this without a reason we know. Try again, or ask our support.",
    "proof_file.run": "Check",
    "proof_file.as_of": "As of",
    "proof_file.documents": "Documents delivered",
    "proof_file.present": "In their place, unaltered",
    "proof_file.missing": "Missing",
    "proof_file.changed": "Changed",
    "proof_file.moved": "Moved within the folder",
    "proof_file.doubled": "Further copies",
    "proof_file.other_account": "Not looked for: in a Dropbox linked before",
    "proof_file.other_space": "Not looked for: in the team’s other space",
    "proof_file.finding": "Finding",
    "proof_file.path": "Delivered to",
    "proof_file.found_at": "Found at",
    "proof_file.expense_id": "Expense id",
    "proof_file.more": "There are more than this list takes.",
    "proof_file.finding.missing": "missing",
    "proof_file.finding.changed": "changed",
    "proof_file.finding.moved": "moved",
    "proof_file.finding.doubled": "further copy",
    "refusal.filing_changed": (
        "Somebody has changed the company’s link or its filing in the meantime. Look at how it is "
        "now, then choose again."
    ),
    "refusal.filing_employee_missing": (
        "Without a folder for each employee, the documents of several people would lie mixed. Add the"
        " employee’s folder."
    ),
    "refusal.filing_month_before_year": (
        "A month’s folder that holds years would mix the same month of different years. Put the year "
        "before the month, or leave it out: the month then says its year."
    ),
    "refusal.filing_month_missing": (
        "Without folders of months, one folder would hold all documents of years. Add the month."
    ),
    "refusal.filing_parts_unfit": (
        "A file’s name is made of at least one of the parts on offer, and each part stands once. "
        "Choose them again."
    ),
    "refusal.filing_private_folder": (
        "Only year, month and employee may name a folder: everybody who is invited to a folder reads "
        "its name, and merchants and amounts are not for all of them."
    ),
    "refusal.filing_year_shared": (
        "A year’s folder is shared, and new documents would no longer arrive in it. End that sharing "
        "first, or keep the year as the outermost folder."
    ),
    "refusal.no_year_folder": (
        "The documents of a year do not lie in one folder as you file them. Share the whole folder, "
        "or choose the year as the outermost folder."
    ),
    "sharing.no_year_folder": (
        "Documents are no longer filed by year first, so that a year cannot be shared by itself. "
        "Share the whole folder."
    ),
}
