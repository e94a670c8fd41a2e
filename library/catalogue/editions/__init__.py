"""Editions of one work: grouped, told apart, replaced, and found alike."""
