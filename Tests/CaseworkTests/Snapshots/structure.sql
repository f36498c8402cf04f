SELECT s.id, s.siret, s.kind, s.name, s.trade_name, s.naf, s.postcode, s.commune, s.commune_name, s.departement, s.latitude, s.longitude, s.description, s.list FROM structure s WHERE s.id = $1;

SELECT s.id, s.siret, s.kind, s.name, s.trade_name, s.naf, s.postcode, s.commune, s.commune_name, s.departement, s.latitude, s.longitude, s.description, s.list FROM structure s WHERE s.siret = $1 AND s.id <> $2
ORDER BY s.kind;
