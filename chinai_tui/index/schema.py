"""The tables of the index.

An issue has one row in `issue`. Each of its documents has a slot, `n * 4` plus the number of its
role; under it stand the document's tokens by block, packed, in `body`. `words` (an FTS5 table that
keeps no copy of them) has the tokens of the main document under its slot, with those of the full
translation and the original in columns of their own, since words hold for an issue; a digest
beside a text has a row for itself. The bodies tell FTS5 what to take out again, and a search
which blocks the words meet in without opening the document.
"""

# ruff: noqa: S608 - SQL is put together from constants of this package; values are bound.

from __future__ import annotations

from chinai_tui.domain.document import DocumentRole

VERSION = 11
"""Written to `PRAGMA user_version`; a file of any other version is made anew."""

ROLES = tuple(DocumentRole)
ATTACHED = (DocumentRole.TRANSLATION, DocumentRole.ORIGINAL)
"""The documents that are searched with the main one."""
COLUMNS = ("title", "heading", "text", "links", "rest", *ATTACHED)
"""Those of the table of words."""
SLOTS = 4
"""Slots an issue has; at least as many as there are roles."""

NEAR = 10
"""Tokens between words that stand near each other, at most."""

WORDS_A_MINUTE = 230

_ROLE_NAMES = " ".join(f"WHEN {number} THEN '{role}'" for number, role in enumerate(ROLES))

SCHEMA = f"""
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO meta VALUES ('birth', hex(randomblob(8)));

CREATE TABLE issue (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  publication TEXT NOT NULL,
  outlet TEXT NOT NULL,
  masthead TEXT NOT NULL,             -- the outlet, folded
  number INTEGER,
  title TEXT NOT NULL,
  date TEXT NOT NULL,
  day TEXT,                           -- the first day that date can mean; NULL if undated
  near TEXT NOT NULL DEFAULT '',      -- the day of the nearest dated neighbour by number
  place TEXT GENERATED ALWAYS AS (coalesce(day, near)) STORED,
  words INTEGER NOT NULL,
  added TEXT NOT NULL,                -- when it came into the library, ISO 8601 in UTC
  role INTEGER NOT NULL,              -- of the main document, an index into ROLES
  roles INTEGER NOT NULL,             -- a bit for each role there is
  slot INTEGER GENERATED ALWAYS AS (n * {SLOTS} + role) STORED,
  read INTEGER NOT NULL DEFAULT 0,
  started INTEGER NOT NULL DEFAULT 0,
  bookmarks INTEGER NOT NULL DEFAULT 0,
  notes INTEGER NOT NULL DEFAULT 0,
  touched INTEGER NOT NULL,           -- the generation in which anything of this row changed
  indexed INTEGER NOT NULL,           -- 0 while the texts wait: the row alone is there
  marked INTEGER NOT NULL DEFAULT 0,  -- which catalogue its names were marked with, see marking
  row TEXT GENERATED ALWAYS AS (      -- an IssueRow as JSON, which is decoded fastest
    json_object(
      'id', id, 'publication', publication, 'outlet', outlet, 'number', number, 'title', title,
      'date', date, 'near', near, 'minutes', (words + {WORDS_A_MINUTE - 1}) / {WORDS_A_MINUTE},
      'role', CASE role {_ROLE_NAMES} END, 'read', json(iif(read, 'true', 'false')),
      'started', json(iif(started, 'true', 'false')), 'bookmarks', bookmarks, 'notes', notes
    )
  ) STORED
);
CREATE TABLE record (                 -- the records of the issues as JSON
  n INTEGER PRIMARY KEY, data BLOB NOT NULL
);
CREATE TABLE issue_key (              -- what tells that two texts are one issue
  key TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (key, n)
) WITHOUT ROWID;
CREATE INDEX issue_key_issue ON issue_key (n);
CREATE TABLE citation (               -- which other issues an issue refers to, by their keys
  key TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (key, n)
) WITHOUT ROWID;
CREATE INDEX citation_issue ON citation (n);
CREATE INDEX issue_place ON issue (place DESC, number DESC, id);
CREATE INDEX issue_dated ON issue (publication, number, day) WHERE day IS NOT NULL;
CREATE INDEX issue_undated ON issue (publication, number) WHERE day IS NULL;
CREATE INDEX issue_touched ON issue (touched);
CREATE INDEX issue_waiting ON issue (indexed) WHERE NOT indexed;
CREATE INDEX issue_marked ON issue (marked);
CREATE INDEX issue_slot ON issue (slot);

CREATE VIRTUAL TABLE words USING fts5 (
  {", ".join(COLUMNS)}, content='', tokenize='ascii'
);
CREATE TABLE body (slot INTEGER PRIMARY KEY, form BLOB NOT NULL);

CREATE TABLE vocabulary (             -- words of the texts as they are written, folded
  word TEXT NOT NULL, stem TEXT NOT NULL, PRIMARY KEY (word, stem)
) WITHOUT ROWID;

CREATE TABLE wording (
  n INTEGER PRIMARY KEY, entity TEXT NOT NULL, words TEXT NOT NULL, UNIQUE (entity, words)
);
CREATE TABLE mention (
  slot INTEGER NOT NULL,
  start INTEGER NOT NULL,
  wording INTEGER NOT NULL,
  end INTEGER NOT NULL,
  block INTEGER,                      -- NULL where the block does not count
  PRIMARY KEY (slot, start, wording)
) WITHOUT ROWID;
CREATE TABLE tally (                  -- counted mentions in main documents
  entity TEXT NOT NULL, issue INTEGER NOT NULL, count INTEGER NOT NULL,
  PRIMARY KEY (entity, issue)
) WITHOUT ROWID;
CREATE INDEX tally_issue ON tally (issue, entity, count);
CREATE TABLE presence (               -- the issues of `tally` as bits, as of a generation in `meta`
  entity TEXT PRIMARY KEY, issues BLOB NOT NULL
) WITHOUT ROWID;

CREATE TABLE reading (
  issue TEXT PRIMARY KEY, read INTEGER NOT NULL, started INTEGER NOT NULL, record BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE annotation (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  issue TEXT NOT NULL,
  entity TEXT NOT NULL,
  kind TEXT NOT NULL,
  created TEXT NOT NULL,              -- ISO 8601 in UTC
  day TEXT GENERATED ALWAYS AS (substr(created, 1, 10)) VIRTUAL,
  color TEXT NOT NULL,
  creator TEXT NOT NULL,              -- folded
  state TEXT NOT NULL,                -- of its anchor, an AnchorState; empty without a passage
  role INTEGER,                       -- of the passage's document; NULL where it has no place
  block INTEGER,                      -- where the passage begins
  start INTEGER,
  end INTEGER,
  fingerprint TEXT NOT NULL,          -- what tells whether it may have changed
  words TEXT NOT NULL                 -- its text, or else the words of its passage
);
CREATE INDEX annotation_issue ON annotation (issue, kind);
CREATE TABLE noted_entity (           -- whom annotations are on
  entity TEXT NOT NULL, annotation INTEGER NOT NULL,
  told INTEGER NOT NULL,              -- 0 where the passage names it, 1 where the annotation does
  PRIMARY KEY (entity, annotation)
) WITHOUT ROWID;
CREATE INDEX noted_entity_annotation ON noted_entity (annotation);
CREATE TABLE tag (
  tag TEXT NOT NULL, annotation INTEGER NOT NULL, PRIMARY KEY (tag, annotation)
) WITHOUT ROWID;
CREATE INDEX tag_annotation ON tag (annotation);
CREATE VIRTUAL TABLE note_words USING fts5 (
  note, quote, tags, tokenize='ascii', prefix='1 2'
);

CREATE TABLE entity (id TEXT PRIMARY KEY, kind TEXT NOT NULL, data BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX entity_kind ON entity (kind);
CREATE TABLE claim (
  n INTEGER PRIMARY KEY, subject TEXT NOT NULL, object TEXT NOT NULL, data BLOB NOT NULL
);
CREATE INDEX claim_subject ON claim (subject);
CREATE INDEX claim_object ON claim (object);
CREATE TABLE exclusion (n INTEGER PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE marking (                -- the keys of the catalogues that there have been
  n INTEGER PRIMARY KEY, catalogue TEXT NOT NULL UNIQUE
);

PRAGMA user_version = {VERSION};
"""
