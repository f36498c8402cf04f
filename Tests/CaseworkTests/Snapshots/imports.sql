SELECT id, digest, name, bytes, whole, position, started_at, changed_at, report FROM award_file ORDER BY id DESC LIMIT $1;

SELECT COUNT(*) FROM structure;

SELECT COUNT(*) FROM commune;
