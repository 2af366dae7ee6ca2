"""What people see of an instance: its rows, its state and its record, put together for those who may see them."""
