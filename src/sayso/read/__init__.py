"""Reading: files in, articles out."""
