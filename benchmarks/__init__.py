"""Speed and accuracy beside the peers, in environments of their own."""
