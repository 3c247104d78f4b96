"""What follows from the close of a round and takes too long for a page: worked out in steps, stored, never stale."""
