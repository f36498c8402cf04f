SELECT s.award, s.departement, s.buyer, s.cpv, s.amount, s.ends, s.social, s.outcomes, s.hours_low, s.hours_usual, s.hours_high, s.one_off, s.duty, s.above, s.rank, a.kind, a.number, a.object, COALESCE(a.buyer_name, b.name), a.nature, a.techniques FROM (
  SELECT * FROM spotting s WHERE s.concession = $1 AND s.departement = $2 AND s.buyer IN (SELECT siret FROM buyer WHERE words LIKE $3) AND s.cpv >= $4 AND s.cpv < $5 AND s.amount >= $6 AND s.amount >= 0 AND s.amount <= $7 AND s.ends >= $8 AND s.ends <= $9 AND s.social >= 2 AND (s.meets & $10) = $11 AND s.award IN (SELECT rowid FROM award_search WHERE award_search MATCH $12) AND (s.ends, s.award) > ($13, $14)
  ORDER BY s.ends ASC, s.award ASC LIMIT $15
) s JOIN award a ON a.id = s.award LEFT JOIN buyer b ON b.siret = s.buyer
ORDER BY s.ends ASC, s.award ASC;

SELECT COUNT(*) FROM (SELECT 1 FROM spotting s WHERE s.concession = $1 AND s.departement = $2 AND s.buyer IN (SELECT siret FROM buyer WHERE words LIKE $3) AND s.cpv >= $4 AND s.cpv < $5 AND s.amount >= $6 AND s.amount >= 0 AND s.amount <= $7 AND s.ends >= $8 AND s.ends <= $9 AND s.social >= 2 AND (s.meets & $10) = $11 AND s.award IN (SELECT rowid FROM award_search WHERE award_search MATCH $12) LIMIT $13) s;

SELECT code, name FROM departement ORDER BY code;

SELECT MAX(id) FROM award;
