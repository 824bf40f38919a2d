"""MLOps maturity: practices answered once, read through any maturity model."""

__version__ = "0.1.0"
