SELECT COUNT(*) FROM structure;

SELECT code, name FROM departement ORDER BY code;

SELECT s.id, s.siret, s.kind, s.name, s.trade_name, s.naf, s.postcode, s.commune, s.commune_name, s.departement, s.latitude, s.longitude, s.description, s.list FROM structure s 
ORDER BY s.words, s.id LIMIT $1 OFFSET $2;

SELECT COUNT(*) FROM structure s ;
