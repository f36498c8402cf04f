#!/usr/bin/env python3
"""Reads the first sheet of a workbook with calamine and says how long it took: the peer of `make bench`.

    workbook-peer.py FILE.xlsx
"""

import importlib.metadata
import json
import resource
import sys
import time

from python_calamine import CalamineWorkbook

start = time.perf_counter()
cells = 0
for row in CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).iter_rows():
    cells += sum(1 for cell in row if cell != "")
seconds = time.perf_counter() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000 * 1.024
print(json.dumps({
    "name": "calamine", "version": importlib.metadata.version("python-calamine"), "seconds": round(seconds, 3),
    "cells": cells, "peakMegabytes": round(peak, 1),
}))
