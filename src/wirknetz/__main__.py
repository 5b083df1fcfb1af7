"""`python -m wirknetz`: the same as the command `wirknetz`."""

import sys

from wirknetz.cli import main

if __name__ == "__main__":
    sys.exit(main())
