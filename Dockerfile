# Two stages: the first installs into a virtual environment, the second carries it and nothing that built it.
# PIP_INDEX_URL may name a registry that has CPU builds of torch; without it the image holds the CUDA build too.
FROM python:3.12-slim-bookworm AS build
ARG PIP_INDEX_URL=
ENV PIP_NO_CACHE_DIR=1
WORKDIR /src
COPY pyproject.toml constraints.txt README.md LICENSE NOTICE ./
COPY docker docker
COPY corpus corpus
COPY index index
COPY search search
RUN if [ -z "$PIP_INDEX_URL" ]; then unset PIP_INDEX_URL; fi; docker/install.sh /opt/wenbao

FROM python:3.12-slim-bookworm
RUN useradd --create-home --uid 1000 wenbao && mkdir -p /data/index /data/reports && chown -R wenbao /data
COPY --from=build /opt/wenbao /opt/wenbao
ENV PATH=/opt/wenbao/bin:$PATH WENBAO_INDEX=/data/index WENBAO_HOST=0.0.0.0 WENBAO_LOG=requests PYTHONUNBUFFERED=1
USER wenbao
WORKDIR /data
VOLUME /data/index
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=3s --start-period=20s \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
CMD ["wenbao", "serve"]
