"""The OAuth handshake: start a link, take Dropbox's redirect, confirm the link."""
