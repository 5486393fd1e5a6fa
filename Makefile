.PHONY: help setup run test test-long laws pictures bench doubles rhythm tune kept web scale lint types docs messages requirements
.SILENT:
SIZE ?= S
PORT ?= 8000

help: ## show this
	grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 16

setup: ## bring everything Ampersand needs into this folder
	bin/setup

run: setup ## start on http://127.0.0.1:8000 (or PORT=), and print a link to sign in with
	bin/run --port $(PORT)

test: ## everything that must hold before a change lands
	bin/setup --for-tests
	bin/test

test-long: ## the long forms too
	bin/setup --for-tests
	bin/test --long

laws: setup ## break each law on purpose, and demand that its test turns red
	bin/laws

pictures: ## take pictures of every page
	bin/setup --for-tests
	bin/pictures

bench: setup ## measure the budgets: make bench SIZE=S|M|L
	bin/bench --size $(SIZE)

doubles: setup ## measure likely doubles: the Febrl sets beside plain Splink, then a million people
	.venv/bin/python -m benchmarks.doubles bars
	.venv/bin/python -m benchmarks.doubles size 1000000

tune: setup ## measure in tune or parting: false alarms, what is found, a million relationships
	.venv/bin/python -m benchmarks.tune bars
	.venv/bin/python -m benchmarks.tune size 1000000

kept: setup ## measure kept shares: nearness to the truth, open promises, a million parties
	.venv/bin/python -m benchmarks.keeping bars
	.venv/bin/python -m benchmarks.keeping size 1000000

scale: setup ## measure what reading a book of one and of ten million moments costs
	.venv/bin/python -m benchmarks.scale

rhythm: setup ## measure forecasts of contact: the sets beside lifetimes, then a million relationships
	.venv/bin/python -m benchmarks.rhythm speed
	.venv/bin/python -m benchmarks.rhythm bars
	.venv/bin/python -m benchmarks.quiet

web: setup ## measure the web: who meets again by strength of tie, walks over a million nodes beside igraph and networkit
	.venv/bin/python -m benchmarks.web bars
	.venv/bin/python -m benchmarks.web speed

lint: setup ## put the form of the code in order, and say what is left
	.venv/bin/ruff format .
	.venv/bin/djade --target-version 5.2 $$(find ampersand -name '*.html') || true
	.venv/bin/ruff check --fix .

types: setup
	.venv/bin/mypy

docs: setup ## write the pages of docs/ that are made from the code
	bin/docs

messages: setup ## gather the words for people, and say which are missing in German
	bin/messages

requirements: setup ## pin every package with its hashes again
	bin/requirements
