"""Turns laid-out documents and their marks into strips of the terminal."""
