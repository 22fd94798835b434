"""``python -m llmdeal``."""

from __future__ import annotations

from llmdeal.cli import main

if __name__ == "__main__":
    main()
