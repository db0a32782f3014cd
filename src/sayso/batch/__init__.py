"""Many articles at once: from files into a store, on the cores of a machine or of a cluster."""
