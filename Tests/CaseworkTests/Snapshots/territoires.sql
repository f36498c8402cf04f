SELECT departement, COUNT(*) FROM spotting WHERE departement IS NOT NULL GROUP BY departement;

SELECT departement, COUNT(*) FROM structure WHERE departement IS NOT NULL GROUP BY departement;

SELECT code, name, region, outline FROM departement ORDER BY code;

SELECT code, name FROM region ORDER BY name;
