"""The Chinese catalogue, by Babel alone: `python -m marketplace.lib.translations extract|compile|check`."""
