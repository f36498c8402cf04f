SELECT code, name, region, outline FROM departement ORDER BY code;

SELECT COUNT(*), COUNT(CASE WHEN (s.meets & 1) = 1 THEN 1 END), COUNT(CASE WHEN (s.meets & 2) = 2 THEN 1 END),
  COUNT(CASE WHEN (s.meets & 4) = 4 THEN 1 END), COUNT(CASE WHEN (s.meets & 8) = 8 THEN 1 END),
  COUNT(CASE WHEN s.meets = 15 THEN 1 END), COUNT(CASE WHEN s.social >= 2 THEN 1 END),
  COUNT(CASE WHEN s.above THEN 1 END), COUNT(CASE WHEN s.one_off THEN 1 END),
  COUNT(CASE WHEN s.meets = 15 AND NOT s.one_off THEN 1 END),
  COUNT(CASE WHEN s.above AND NOT s.one_off THEN 1 END)
FROM spotting s WHERE s.departement = $1 AND s.ends >= $2 AND s.ends <= $3;

SELECT s.ends, COUNT(*), COUNT(CASE WHEN s.meets = 15 THEN 1 END)
FROM spotting s WHERE s.departement = $1 AND s.ends >= $2 AND s.ends <= $3 GROUP BY s.ends ORDER BY s.ends;

SELECT COALESCE(substr(s.cpv, 1, 2), ''), COUNT(*), COUNT(CASE WHEN s.social >= 2 THEN 1 END),
  COUNT(CASE WHEN s.meets = 15 THEN 1 END)
FROM spotting s WHERE s.departement = $1 AND s.ends >= $2 AND s.ends <= $3 GROUP BY 1 ORDER BY 2 DESC, 1;

SELECT COUNT(CASE WHEN s.social >= 2 THEN 1 END), COUNT(CASE WHEN s.social = 1 THEN 1 END),
  COUNT(CASE WHEN s.social = 0 THEN 1 END) FROM spotting s WHERE s.departement = $1;

SELECT t.buyer, b.name, t.contracts, t.promising, t.duty, t.soonest FROM (
  SELECT s.buyer, COUNT(*) AS contracts, COUNT(CASE WHEN s.meets = 15 AND NOT s.one_off THEN 1 END) AS promising,
    COUNT(CASE WHEN s.duty = 2 AND NOT s.one_off THEN 1 END) AS duty,
    COALESCE(MIN(CASE WHEN s.ends >= $1 THEN s.ends END), MAX(s.ends)) AS soonest,
    CASE WHEN MAX(s.ends) < $2 THEN 1 ELSE 0 END AS past
  FROM spotting s WHERE s.departement = $3 AND s.ends >= $4 AND s.ends <= $5 GROUP BY s.buyer
  ORDER BY 3 DESC, 4 DESC, 6, 5, 1 LIMIT $6
) t LEFT JOIN buyer b ON b.siret = t.buyer ORDER BY t.promising DESC, t.duty DESC, t.past, t.soonest, t.buyer;

SELECT s.id, s.siret, s.kind, s.name, s.trade_name, s.naf, s.postcode, s.commune, s.commune_name, s.departement, s.latitude, s.longitude, s.description, s.list FROM structure s WHERE s.departement = $1 ORDER BY s.words, s.id;

SELECT complete FROM structure_list;
