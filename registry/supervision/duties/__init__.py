"""四级责任清单: who answers for what in each unit, named person by person."""
