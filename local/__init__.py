"""The whole system on one machine: emulators of Dropbox and AWS, and a stand-in for the host."""
