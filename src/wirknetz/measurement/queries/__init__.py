"""All reads of the room, part by part."""
