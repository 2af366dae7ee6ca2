"""What people write about the accessibility of the service, with an account or without."""
