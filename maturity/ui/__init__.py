"""The only part of the package that imports Streamlit."""

from maturity.ui.frame import context, page_guard, run

__all__ = ["context", "page_guard", "run"]
