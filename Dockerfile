# One image for web, worker, beat and the one-off jobs; docker-compose.yml says which command each runs.

FROM node:22-slim AS front
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts

FROM python:3.11-slim AS packages
COPY requirements.txt .
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes -r requirements.txt

FROM python:3.11-slim
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    LOANBRIDGE_STATIC_ROOT=/srv/static
# A new volume takes the owner of the folder it covers, so collectstatic may write without being root.
RUN useradd --system --uid 10001 --no-create-home loanbridge \
    && install -d -o loanbridge /srv/static
WORKDIR /app
COPY --from=packages /venv /venv
COPY --from=front /app/node_modules node_modules
COPY . .
RUN python -m marketplace.lib.translations compile
USER 10001
EXPOSE 8000
CMD ["daphne", "-e", "tcp:port=8000:interface=0.0.0.0:backlog=4096", "--proxy-headers", "asgi:application"]
