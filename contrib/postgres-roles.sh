#!/bin/sh
# The two roles of an installation: one owns the tables and migrates, the other serves and can drop nothing.
set -eu
psql -v ON_ERROR_STOP=1 -v owner="$FPA_OWNER_PASSWORD" -v app="$FPA_APP_PASSWORD" -U postgres <<'SQL'
CREATE ROLE fpa_owner LOGIN PASSWORD :'owner';
CREATE ROLE fpa_app LOGIN PASSWORD :'app';
CREATE DATABASE fpa OWNER fpa_owner ENCODING 'UTF8' TEMPLATE template0;
SQL
