-- Run once by psql, as the superuser, on a new server: by the postgres image of docker-compose.yml and by
-- marketplace/local_servers, so that both have the same rights. Passwords come from the environment; a missing one
-- leaves :'name' as it stands, which is a syntax error.
\getenv owner_password LOANBRIDGE_OWNER_PASSWORD
\getenv app_password LOANBRIDGE_APP_PASSWORD

-- Owns the tables and runs the migrations; creates databases for tests.
CREATE ROLE loanbridge_owner LOGIN CREATEDB PASSWORD :'owner_password';

-- What web, worker and beat sign in as: no rights but those the migrations grant.
CREATE ROLE loanbridge_app LOGIN PASSWORD :'app_password';

CREATE DATABASE loanbridge OWNER loanbridge_owner;
REVOKE ALL ON DATABASE loanbridge FROM PUBLIC;
GRANT CONNECT ON DATABASE loanbridge TO loanbridge_app;
