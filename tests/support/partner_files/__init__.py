"""Files that partners might send, composed from independent choices, with a known truth."""
