"""The search of an archive with SQLite's own FTS5, as the peer that most would pick: the
same texts, the same questions. Prints how long it took to build, its size, and the 50th and
99th percentile of questions as typed (last word by its beginning, seven headlines) and in
full (the number of results, ten passages).

    python3 tools/fts5.py ARCHIVE.db SECONDS
"""

import html
import os
import re
import sqlite3
import sys
import time

ASKED = [
    '"committee"', '"treaty" "vote"', '"harbour" "rail" "school"', '"sonan"', '"tedakan" "budget"',
    '"committe" "votte"', '"river union"', '"budget" NOT "court"', '"kedon"',
]
TAGS = re.compile(r"<[^>]*>")


def build(archive):
    begun = time.monotonic()
    peer = sqlite3.connect("fts5.db")
    peer.execute("PRAGMA journal_mode = OFF")
    peer.execute("CREATE VIRTUAL TABLE a USING fts5(title, standfirst, body, tokenize = 'porter unicode61')")
    rows = sqlite3.connect(archive).execute(
        "SELECT id, title, standfirst, body FROM articles WHERE status = 'published'"
    )
    texts = ((n, title, short, html.unescape(TAGS.sub(" ", body))) for n, title, short, body in rows)
    peer.executemany("INSERT INTO a(rowid, title, standfirst, body) VALUES (?, ?, ?, ?)", texts)
    peer.execute("INSERT INTO a(a) VALUES ('optimize')")
    peer.commit()
    return peer, time.monotonic() - begun


def typed(peer, question):
    words = question.replace(" NOT", "")
    return peer.execute(
        "SELECT rowid, title FROM a WHERE a MATCH ? ORDER BY bm25(a, 3, 2, 1) LIMIT 7", (words + "*",)
    ).fetchall()


def full(peer, question):
    peer.execute("SELECT COUNT(*) FROM a WHERE a MATCH ?", (question,)).fetchone()
    return peer.execute(
        "SELECT rowid, title, snippet(a, 2, '<mark>', '</mark>', '…', 34) FROM a WHERE a MATCH ? "
        "ORDER BY bm25(a, 3, 2, 1) LIMIT 10",
        (question,),
    ).fetchall()


def measure(ask, peer, seconds):
    took, end, n = [], time.monotonic() + seconds, 0
    while time.monotonic() < end or n < len(ASKED):
        begun = time.perf_counter()
        ask(peer, ASKED[n % len(ASKED)])
        took.append(time.perf_counter() - begun)
        n += 1
    took.sort()
    return took[len(took) // 2], took[len(took) * 99 // 100]


def main(archive, seconds):
    peer, took = build(archive)
    print(f"FTS5: index built in|{took:.0f} s||")
    print(f"FTS5: the index with its texts|{os.path.getsize('fts5.db') // 1_000_000} MB||")
    for name, ask in (("typed", typed), ("full", full)):
        half, most = measure(ask, peer, seconds)
        print(f"FTS5: search, {name}||{half * 1000:.2f}ms|{most * 1000:.2f}ms")
    os.remove("fts5.db")


main(sys.argv[1], float(sys.argv[2]))
