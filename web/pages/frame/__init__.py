"""What stands around every page: who is signed in, the menu, the areas of the management system, the search."""
