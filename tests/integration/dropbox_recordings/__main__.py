"""`python -m tests.integration.dropbox_recordings` writes the table of docs/dropbox.md."""

from tests.integration.dropbox_recordings.recording import own_recordings
from tests.integration.dropbox_recordings.table import PAGE, table, with_table

if __name__ == "__main__":
    PAGE.write_text(with_table(PAGE.read_text(), table(own_recordings())))
