"""Entry point: `streamlit run app.py`. Draws the frame, then the chosen page."""

from maturity.ui import run

run()
