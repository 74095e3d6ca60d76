#!/bin/sh
# Run by the image before nginx starts: serve TLS when a certificate is mounted, plain HTTP otherwise.
set -eu
certificates=${1:-/etc/nginx/tls}
sites=${2:-/etc/nginx/loanbridge}
active=${3:-/etc/nginx/conf.d/default.conf}

if [ -s "$certificates/fullchain.pem" ] && [ -s "$certificates/privkey.pem" ]; then
    cp "$sites/https.conf" "$active"
else
    cp "$sites/http.conf" "$active"
fi
