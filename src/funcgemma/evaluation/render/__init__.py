"""Reports as one HTML page: no network, no script, plots as inline SVG."""
