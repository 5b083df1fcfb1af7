"""Reading what people type, part by part."""
