"""What happened, in a form that an outsider can verify (`docs/reference/audit-format.md`)."""
