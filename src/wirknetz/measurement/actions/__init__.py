"""The only writes of the room, part by part."""
