"""The host's web app, as a stand-in: people sign in, fill in and accept expenses, link their Dropbox."""
