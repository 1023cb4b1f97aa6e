"""An account's contents: files and folders, paths, ids, and what an app sees of them."""
