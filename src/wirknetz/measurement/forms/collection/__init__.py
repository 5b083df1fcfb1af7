"""Reading what people type into the form of a collection round."""
