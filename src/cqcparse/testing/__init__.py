"""For authors of plugins: strategies and checks."""
