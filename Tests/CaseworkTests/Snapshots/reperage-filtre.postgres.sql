SELECT award FROM award_search WHERE words @@ to_tsquery('simple', $1);

SELECT award FROM award_search WHERE words @@ to_tsquery('simple', $1);

SELECT COUNT(*) FROM (SELECT 1 FROM spotting s WHERE s.concession = $1 AND s.departement = $2 AND s.buyer IN (SELECT siret FROM buyer WHERE words LIKE $3) AND s.cpv >= $4 AND s.cpv < $5 AND s.amount >= $6 AND s.amount >= 0 AND s.amount <= $7 AND s.ends >= $8 AND s.ends <= $9 AND s.social >= 2 AND s.meets IN ($10, $11, $12, $13) AND s.award IN (SELECT award FROM award_search WHERE words @@ to_tsquery('simple', $14)) LIMIT $15) s;

SELECT code, name FROM departement ORDER BY code;

SELECT MAX(id) FROM award;
