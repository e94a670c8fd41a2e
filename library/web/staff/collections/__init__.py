"""Collections and series: made, filled, and put in order."""
