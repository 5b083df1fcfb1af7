"""`python -m benchmarks`, called by `./wirknetz bench`."""

from benchmarks.run import main

if __name__ == "__main__":
    raise SystemExit(main())
