"""``python -m cqcparse``: the command line."""

from cqcparse.cli import main

if __name__ == "__main__":
    main()
