"""Measurements: `make bench` lists them. Each compares with a bare server in the same run; see `_report.py`."""
