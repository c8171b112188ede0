# One image for all actors: the command says which one runs. Type stripping works in workspace packages, so the image
# keeps the workspace as it is; there is nothing to compile.
FROM node:24-bookworm-slim AS install
WORKDIR /app
COPY package.json pnpm-workspace.yaml pnpm-lock.yaml ./
COPY packages ./packages
RUN npx -y pnpm@12 install --prod --frozen-lockfile \
  && find packages -name '*.test.ts' -delete

FROM node:24-bookworm-slim
ENV NODE_ENV=production NODE_OPTIONS=--disable-warning=ExperimentalWarning
WORKDIR /app
COPY --from=install /app ./
COPY docker/gridloom /usr/local/bin/gridloom
RUN mkdir /grid && chown 1000:1000 /grid
USER 1000:1000
VOLUME /grid
ENTRYPOINT ["gridloom"]
CMD ["--help"]
