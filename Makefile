# Marchepied : les commandes de la maison. « make » seul les présente.
# Aucun réglage n’est nécessaire ; PORT=8081 change le port de « make run ».

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help setup run test prove security bench lint docs screenshot

help: ## présente ces commandes
	@printf 'Marchepied — suivre une clause sociale d’insertion, du repérage au bilan.\n\n'
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

setup: ## installe ce qui manque et assemble les ressources des pages
	@setup/install

run: ## installe, construit, prépare var/ et démarre sur http://127.0.0.1:8080 (PORT=… pour un autre port)
	@scripts/run

test: ## tous les essais : règles, bases de données, pages, contrôles du code
	@scripts/test

prove: ## les preuves longues (volumes, pannes, fils d’exécution) ; résultats dans proofs/
	@scripts/prove

security: ## l’interface éprouvée contre sa description, les injections cherchées ; résultats dans proofs/
	@scripts/security

bench: ## les mesures ; résultats dans bench/results/
	@scripts/bench

lint: ## la forme du code et les frontières entre les pièces de la maison
	@scripts/lint

docs: ## la documentation des bibliothèques, dans docs/
	@scripts/docs

screenshot: ## refait l’image du README à partir du vrai programme
	@scripts/screenshot
