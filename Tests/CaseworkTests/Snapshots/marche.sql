SELECT a.id, a.kind, a.buyer, a.number, a.buyer_name, a.object, a.nature, a.cpv, a.techniques, a.modalities, a.place_kind, a.place_code, a.duration_months, a.notified, a.published, a.amount, a.social, a.details, a.file, a.byte_from, a.byte_length, a.repairs, a.digest, a.departement FROM award a WHERE a.id = $1;

SELECT departement, COUNT(*) FROM structure WHERE departement IS NOT NULL GROUP BY departement;

SELECT complete FROM structure_list;

SELECT number, type, stated_at FROM stated_buyer ORDER BY number;

SELECT id, digest, name, bytes, whole, position, started_at, changed_at, report FROM award_file WHERE id = $1;

SELECT c.at, c.changes, f.name FROM award_change c JOIN award_file f ON f.id = c.new_file
WHERE c.award = $1 ORDER BY c.id DESC LIMIT 100;

SELECT label FROM cpv_label WHERE code = $1;
