"""Routines and decisions: the catalogue, a version in words and as a picture, and starting one."""
