# syntax=docker/dockerfile:1

FROM node:22-alpine3.22 AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --include=dev
COPY . .
RUN npm run build
# What the server needs at run time, without what only editors and debuggers read.
RUN npm prune --omit=dev && find node_modules -type f \
    \( -name '*.map' -o -name '*.d.ts' -o -name '*.d.cts' -o -name '*.d.mts' -o -name '*.md' \) -delete

# Node alone, without npm and headers; of the same release of Alpine as the stage above.
FROM alpine:3.22
RUN apk add --no-cache libstdc++ \
    && addgroup -S -g 10001 yayin \
    && adduser -S -D -H -u 10001 -G yayin yayin \
    && install -d -o yayin -g yayin -m 0700 /data
COPY --from=build /usr/local/bin/node /usr/local/bin/node
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist

ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
USER yayin
VOLUME /data
EXPOSE 3000
# SIGTERM drains: clients are told to go elsewhere, and what was accepted is made durable.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
    CMD wget -q -O /dev/null "http://127.0.0.1:${PORT}/healthz" || exit 1
CMD ["node", "dist/server/index.js"]
