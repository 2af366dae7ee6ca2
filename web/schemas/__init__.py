"""What may come in and what goes out through the API; schemas come in pairs by use."""
