SELECT s.award, s.departement, s.buyer, s.cpv, s.amount, s.ends, s.social, s.outcomes, s.hours_low, s.hours_usual, s.hours_high, s.one_off, s.duty, s.above, s.rank, a.kind, a.number, a.object, COALESCE(a.buyer_name, b.name), a.nature, a.techniques FROM (
  SELECT s.award FROM spotting s 
  ORDER BY s.rank DESC, s.award DESC LIMIT $1
) k JOIN spotting s ON s.award = k.award JOIN award a ON a.id = s.award LEFT JOIN buyer b ON b.siret = s.buyer
ORDER BY s.rank DESC, s.award DESC;

SELECT code, name FROM departement ORDER BY code;
