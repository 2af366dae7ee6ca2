"""The memory and the will: what is kept, who may, what happens next. No HTTP, no word of ISO 9001."""
