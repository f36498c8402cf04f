#!/usr/bin/env python3
"""Loads a file of award data into a DuckDB table and says how long it took: the peer of `make bench`.

    duckdb-load.py FILE.json BASE.duckdb
"""

import json, sys, time, duckdb
columns = {name: "JSON" for name in ("acheteur", "titulaires", "lieuExecution", "modifications", "techniques",
  "modalitesExecution", "considerationsSociales", "considerationsEnvironnementales", "actesSousTraitance",
  "typesPrix")}
columns |= {name: "VARCHAR" for name in ("id", "objet", "nature", "codeCPV", "procedure", "dureeMois",
  "dateNotification", "datePublicationDonnees", "montant", "formePrix", "offresRecues", "ccag",
  "typeGroupementOperateurs", "source", "idAccordCadre")}
base = duckdb.connect(sys.argv[2])
# DuckDB draws its progress on standard output where it takes the session for a person's.
base.execute("SET enable_progress_bar = false")
start = time.perf_counter()
base.execute("CREATE TABLE award AS SELECT * FROM read_json(?, format='array', columns=" + repr(columns) + ")",
  [sys.argv[1]])
base.execute("CHECKPOINT")
seconds = time.perf_counter() - start
rows = base.execute("SELECT count(*) FROM award").fetchone()[0]
print(json.dumps({"version": duckdb.__version__, "seconds": round(seconds, 3), "rows": rows}))
