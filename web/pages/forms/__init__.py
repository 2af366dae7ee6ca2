"""Forms as they stand on a page: asked, filled in, wrong, and as they were answered."""
