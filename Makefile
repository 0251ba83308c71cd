# verbinder: `make chat` starts a conversation, `make test` proves that everything works. Both install what they need.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.setup-stamp

# A homeserver for the tests, in an environment of its own: its pins are not ours.
SYNAPSE_VENV := .venv-synapse
SYNAPSE      := $(SYNAPSE_VENV)/.stamp-1.163

.PHONY: audit fuzz chat test bench torture soak check setup synapse matrix help clean
.DEFAULT_GOAL := help

help: ## toon deze uitleg
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(STAMP): pyproject.toml
	@test -x $(BIN)/python || { echo "Even geduld: ik zet alles klaar (eenmalig, ongeveer een minuut) ..." >&2; $(PYTHON) -m venv $(VENV); }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,bench]' 2>$(VENV)/setup.log \
		|| { cat $(VENV)/setup.log >&2; echo "Installeren lukte niet. Controleer de verbinding met PyPI en probeer opnieuw." >&2; exit 1; }
	@$(BIN)/python -c "from bot.compiled import understanding; understanding()"
	@touch $(STAMP)

setup: $(STAMP) ## zet .venv klaar, alleen als er iets veranderd is

$(SYNAPSE):
	@echo "Even geduld: ik zet een homeserver klaar voor de tests (eenmalig, ongeveer een minuut) ..." >&2
	@test -x $(SYNAPSE_VENV)/bin/python || $(PYTHON) -m venv $(SYNAPSE_VENV)
	@$(SYNAPSE_VENV)/bin/python -m pip install --quiet --disable-pip-version-check 'matrix-synapse>=1.163,<1.164' 2>$(SYNAPSE_VENV)/setup.log \
		|| { cat $(SYNAPSE_VENV)/setup.log >&2; echo "Synapse installeren lukte niet; zonder kan ik Matrix niet testen." >&2; exit 1; }
	@touch $(SYNAPSE)

matrix: $(STAMP) $(SYNAPSE) ## een homeserver op deze machine, met het voorbeeldnetwerk en Verbinder erin
	@$(BIN)/python -m tests.synapse.demo

synapse: $(SYNAPSE) ## zet een homeserver klaar voor de tests van Matrix

chat: $(STAMP) ## begin een gesprek met het voorbeeldnetwerk
	@$(BIN)/verbinder chat

test: $(STAMP) $(SYNAPSE) ## alle controles en alle tests
	@$(MAKE) --no-print-directory check
	@$(BIN)/python -m pytest -n 2

check: $(STAMP) ## opmaak en typen
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/verbinder check

bench: $(STAMP) $(SYNAPSE) ## meet snelheid en geheugen, naast andere manieren van zoeken
	@$(BIN)/python -m tests.bench

torture: $(STAMP) $(SYNAPSE) ## dood Verbinder op elk moment, en tel wat er kwijt of dubbel is
	@$(BIN)/python -m tests.torture

MINUTES ?= 60
soak: $(STAMP) ## laat Verbinder een uur draaien, en toon hoe geheugen en bestanden groeien (MINUTES=10 is korter)
	@$(BIN)/python -m tests.soak --minutes $(MINUTES)

fuzz: $(STAMP) ## honderdduizend willekeurige berichten; duurt lang
	@VERBINDER_FUZZ=100000 $(BIN)/python -m pytest tests/test_fuzz.py -n 2

audit: $(STAMP) ## bekende lekken in wat we gebruiken; is de lijst niet bereikbaar, dan slaat hij het over
	@.ci/audit $(PYTHON) $(BIN)/python $(VENV)-audit

clean: ## gooi de omgeving weg
	@rm -rf $(VENV) $(VENV)-audit $(SYNAPSE_VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
