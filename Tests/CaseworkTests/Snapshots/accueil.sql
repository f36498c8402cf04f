SELECT COUNT(*) FROM award;

SELECT COUNT(*) FROM structure;

SELECT COUNT(*) FROM commune;

SELECT COUNT(*) FROM (SELECT 1 FROM spotting s WHERE s.ends >= $1 AND s.ends <= $2 LIMIT $3) s;

SELECT s.award, s.departement, s.buyer, s.cpv, s.amount, s.ends, s.social, s.outcomes, s.hours_low, s.hours_usual, s.hours_high, s.one_off, s.duty, s.above, s.rank, a.kind, a.number, a.object, COALESCE(a.buyer_name, b.name), a.nature, a.techniques FROM (
  SELECT s.award FROM (
    SELECT s.award, s.rank, s.ends, s.amount, s.cpv, s.meets, s.social, s.concession FROM spotting s 
    ORDER BY s.rank DESC, s.award DESC LIMIT $1
  ) s WHERE s.ends >= $2 AND s.ends <= $3
  ORDER BY s.rank DESC, s.award DESC LIMIT $4
) k JOIN spotting s ON s.award = k.award JOIN award a ON a.id = s.award LEFT JOIN buyer b ON b.siret = s.buyer
ORDER BY s.rank DESC, s.award DESC;
