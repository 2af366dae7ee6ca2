"""What people are told of that others have done, beside where they are mentioned."""
