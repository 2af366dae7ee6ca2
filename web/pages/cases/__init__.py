"""Cases: how they stand, what is said of them, what people add, and their record in sentences."""
