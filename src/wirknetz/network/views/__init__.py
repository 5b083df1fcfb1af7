"""Pages of the network, one folder of them."""
