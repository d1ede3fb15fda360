"""Leaf functions over one text, by subject; they import nothing else of the project."""
