"""Has the supporting documents of every expense that is accepted delivered to its company's Dropbox."""
