"""What waits to be done: arrivals, and the outbox of tasks."""
