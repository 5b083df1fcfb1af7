"""What the labels of a number say together: measure, categories, period, what is against it."""
