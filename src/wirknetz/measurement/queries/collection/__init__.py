"""What is asked, said, missing and waiting in a collection round."""
