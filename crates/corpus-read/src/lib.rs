//! Containers of records: folders, files, JSON Lines, compressed or not.
