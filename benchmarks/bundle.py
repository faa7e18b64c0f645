"""Measure an evidence bundle: writing a township's, and verifying it and a whole county's offline.

    python benchmarks/bundle.py                  100,000 events in the county, a tenth of them the township's
    python benchmarks/bundle.py --events 1000000 the size that the targets speak of
    python benchmarks/bundle.py --check          and fail when a target is missed

The targets: a township's bundle in 30 seconds; 1,000,000 events verified offline in 60 seconds and 300 MiB.
"""

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.trail import AUDITOR, COUNTY, LOG, found, timed, verifier, write
from registry.audit.bundle import Scope, Standing, record_evidence
from registry.audit.bundle_writing import write_bundle
from registry.audit.queries import last_seq
from registry.audit.services import make_checkpoint
from registry.database import db

TOWNSHIP = "500240213000"
#: Seconds for a township's bundle in a county of any size; seconds for each 1,000,000 events; MiB.
WRITING, VERIFYING, PEAK = 30.0, 60.0, 300


def bundled(folder: Path, region: str) -> tuple[float, float, int, int]:
    """Write and verify a bundle; returns both times, the verifier's peak in MiB and the size in bytes."""
    out, standing = folder / f"{region}.zip", list[Standing]()

    def work() -> None:
        standing.append(record_evidence(Scope(region), by=AUDITOR))
        write_bundle(out, Scope(region), standing[0])

    writing = timed(work)
    db.session.remove()
    verifying, peak = verifier(out)
    return writing, verifying, peak, out.stat().st_size


def main() -> None:
    """Measure and print one line each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    missed = []
    with tempfile.TemporaryDirectory(prefix="fpa-bundle-") as name:
        folder = Path(name)
        found(folder)
        write(options.events)
        make_checkpoint(LOG, "benchmark")
        total = last_seq(LOG)
        for region in (TOWNSHIP, COUNTY):
            writing, verifying, peak, size = bundled(folder, region)
            print(
                f"{region}  write {writing:7.2f} s  verify {verifying:7.2f} s  peak {peak} MiB  {size / 2**20:.1f} MiB"
            )
            if region == TOWNSHIP and writing > WRITING:
                missed.append("write")
            if verifying > VERIFYING * max(total / 1_000_000, 0.02) or peak > PEAK:
                missed.append(f"verify {region}")
    print(f"events {total:,}")
    if options.check and missed:
        raise SystemExit(f"missed: {', '.join(missed)}")


if __name__ == "__main__":
    main()
