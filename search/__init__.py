"""Answers questions: understanding, ranking, answers, and the ways to ask."""
