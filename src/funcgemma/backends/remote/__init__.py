"""What all servers have in common: requests, one border for errors, strict reading."""
