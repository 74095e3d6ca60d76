"""
`make bench`: the table of speeds, on real servers of its own.

Ratios within one run, interleaved with the peers, medians of `--runs`. Bounded in count and time, loopback only.
"""

import argparse
import gc
import os
import sys

from marketplace.local_servers import LOCAL, LocalServers


def main() -> int:
    """Measure, write bench/results/latest.json and latest.md, and fail if the ledger does not verify."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="runs per figure (medians are reported)")
    parser.add_argument("--quick", action="store_true", help="small counts: shows that it works, measures nothing")
    parser.add_argument("--only", default="", help="measure only figures whose name contains this")
    options = parser.parse_args()
    with LocalServers(LOCAL / f"bench-{os.getpid()}", throwaway=True) as servers:
        os.environ.update(servers.environment())
        # As in production: with DEBUG Django remembers every query.
        os.environ["LOANBRIDGE_DEBUG"] = "0"
        # Each investor has many sockets here: the limit is counted, but must not be what is measured.
        os.environ["LOANBRIDGE_MESSAGES_PER_SECOND"] = "1000000"
        os.environ["LOANBRIDGE_LOG_LEVEL"] = "WARNING"
        import django

        os.environ["DJANGO_SETTINGS_MODULE"] = "marketplace.settings"
        django.setup()
        # As asgi.py does for the process that commits batches.
        gc.collect()
        gc.freeze()
        gc.set_threshold(50_000, 20, 50)
        from bench.run import measure

        return measure(servers, runs=options.runs, quick=options.quick, only=options.only)


if __name__ == "__main__":
    sys.exit(main())
