"""After confirmation: corrections, value changes, history from before go-live, remarks."""
