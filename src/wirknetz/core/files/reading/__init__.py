"""From bytes to a book; hostile until checked."""
