"""What only the shipped article needs: its four topics by name, their charts, the Christchurch what-if."""
