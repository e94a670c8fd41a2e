"""What is held: asked for, written, corrected, and shown to readers or not."""
