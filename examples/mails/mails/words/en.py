"""English."""

from .model import Words, one_is_one

WORDS = Words(
    code="en",
    plural=one_is_one,
    thousands=",",
    greeting="Hello {name},",
    button="Open Jenji",
    footer="Jenji writes to you because your Dropbox, or your company's, is linked.",
    unsubscribe="Stop these mails",
    batch_subjects={
        "imported": {"one": "Your receipt is ready", "other": "Your {n} receipts are ready"},
        "rejected": {"one": "A file could not be imported", "other": "{n} files could not be imported"},
    },
    batch={
        "imported": {
            "one": "The document that you dropped into Dropbox is read and is an expense now.",
            "other": "The documents that you dropped into Dropbox are read: {n} are expenses now.",
        },
        "to_check": {
            "one": "One of them needs your eye before you submit it.",
            "other": "{n} of them need your eye before you submit them.",
        },
        "rejected": {
            "one": "One file could not be imported. The page says why, and what you can do.",
            "other": "{n} files could not be imported. The page says why, and what you can do.",
        },
        "duplicate": {
            "one": "One file was imported before already.",
            "other": "{n} files were imported before already.",
        },
    },
    link_subject="Jenji and Dropbox are not working together any more",
    link_reasons={
        "token_revoked": "Dropbox does not let Jenji in any more. Link your account again; nothing is lost until then.",
        "scope_missing": "Dropbox does not give Jenji the access it needs. Link your account again and allow all it asks.",
        "quota_full": "Your Dropbox is full. Free some space: delivery goes on by itself within the hour.",
        "transport_limit": "Your Dropbox team has used up this month's uploads. They go on by themselves next month.",
        "plan": "Your company's plan does not include this any more. Nothing is lost; it goes on with the plan.",
        "administrator_gone": (
            "The administrator who linked your company's Dropbox is not one any more. "
            "Take the link over, or link another account: nothing is delivered until then."
        ),
        "dropbox_suspended": "Dropbox has suspended your account. Its support can help.",
        "access_denied": "Your Dropbox team does not let Jenji in. An administrator of the team can allow it.",
        "space_unavailable": "The team space that documents go to is gone. Choose your own folder, or link again.",
    },
    link_other="Something is wrong with the link to Dropbox. The page says what, and what you can do.",
    delivery_subject="Documents could not be delivered to your company's Dropbox",
    delivery="Documents of accepted expenses could not be delivered. The page lists them; some can be tried again.",
)
