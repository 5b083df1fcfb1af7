"""What runs by itself, part by part."""
