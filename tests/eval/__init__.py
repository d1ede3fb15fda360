"""Evaluations: pages with ground truth, figures of merit, and the floors that the figures may not fall below."""
