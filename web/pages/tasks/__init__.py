"""What there is to do: the inbox, a task, and everything that can be done with one or many."""
