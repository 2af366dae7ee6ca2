"""What people say to one another about a case. Comments are added, never changed or removed."""
