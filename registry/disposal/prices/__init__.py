"""What a disposal fetched: opened results against the appraised value, renewed approval, suspension."""
