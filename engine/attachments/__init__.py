"""Files that people add to a case. Their bytes stand beside the database, under the hash of what they are."""
