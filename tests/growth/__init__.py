"""What meets a stranger's text takes time in step with its length: patterns, and what uses them."""
