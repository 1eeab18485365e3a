# The appliance as an image: docker build -t ecoc-gateway .
# NODE_IMAGE may name a copy in your own registry.
ARG NODE_IMAGE=node:24-bookworm-slim

# What runs: no compiler, no tests. The Node that npm would bring along is left out (--omit=optional): the image has its own.
FROM ${NODE_IMAGE} AS packages
# g++ compiles the one package that comes as source only (pkcs11js, for signing with a token); it stays in this stage.
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends g++ && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY package.json package-lock.json ./
COPY deploy/build-pkcs11.mjs deploy/
RUN npm ci --ignore-scripts --omit=dev --omit=optional --no-audit --no-fund && node deploy/build-pkcs11.mjs

FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN npm run build

FROM ${NODE_IMAGE}
LABEL org.opencontainers.image.title="eCoC Gateway" \
      org.opencontainers.image.description="Finished-vehicle records in, signed electronic certificates of conformity (IVI 2.0) out" \
      org.opencontainers.image.licenses="Apache-2.0"
# openssl makes the example PKI of the sandbox.
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends openssl && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY certs.example certs.example
COPY docs docs
COPY deploy/gateway.example.yaml deploy/gateway.example.yaml
COPY LICENSE package.json ./
# The folders exist and belong to the user that runs, so that a new volume does too.
RUN ln -s /app/dist/gateway/ecoc.js /usr/local/bin/ecoc && mkdir -p /config /data /drop && chown 1000:1000 /data /drop
ENV NODE_ENV=production ECOC_DATA=/data ECOC_CONFIG=/config ECOC_HOST=0.0.0.0 ECOC_PORT=8480
USER 1000:1000
VOLUME /data
EXPOSE 8480
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.ECOC_PORT + '/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["ecoc"]
CMD ["start"]
