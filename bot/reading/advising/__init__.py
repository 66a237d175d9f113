"""Questions for advice: their topic, and what completes it."""
