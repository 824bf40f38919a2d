"""Benchmarks: what the product costs over plain Streamlit."""
