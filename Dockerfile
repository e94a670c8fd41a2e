# A library in a container: docker build -t library . && docker compose up
# Two steps, so that what builds is not what runs.
# PYTHON: another image with `python` 3.11 or newer and `venv`, on Debian.
# REQUIREMENTS: `cluster` brings what asks PostgreSQL, OpenSearch and S3 (deploy/cluster).
ARG PYTHON=python:3.13-slim
FROM ${PYTHON} AS made
ARG REQUIREMENTS=runtime
WORKDIR /src
COPY requirements/runtime.txt requirements/cluster.txt requirements/build.txt requirements/
RUN python -m venv /opt/library \
    && /opt/library/bin/pip install --no-cache-dir --require-hashes -r requirements/${REQUIREMENTS}.txt \
    && python -m venv /opt/build \
    && /opt/build/bin/pip install --no-cache-dir --require-hashes -r requirements/build.txt
COPY pyproject.toml README.md LICENSE CHANGELOG.md ./
COPY library library
COPY index index
COPY templates templates
COPY static static
COPY locales locales
RUN /opt/build/bin/pip wheel --no-deps --no-build-isolation --wheel-dir /wheels . \
    && /opt/library/bin/pip install --no-cache-dir --no-deps /wheels/*.whl

FROM ${PYTHON}
# PACKAGES: more of Debian's, such as postgresql-client, which backs a catalogue in PostgreSQL up.
ARG PACKAGES=
RUN apt-get update \
    && apt-get install --yes --no-install-recommends poppler-utils tesseract-ocr \
        tesseract-ocr-eng tesseract-ocr-spa tesseract-ocr-fra tesseract-ocr-por \
        tesseract-ocr-ara tesseract-ocr-hin ${PACKAGES} \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /home/library library \
    && install --directory --owner library --mode 0700 /home/library /home/library/var
COPY --from=made /opt/library /opt/library
ENV PATH=/opt/library/bin:$PATH LIBRARY_HOME=/home/library/var PYTHONDONTWRITEBYTECODE=1
USER 10001
WORKDIR /home/library
VOLUME /home/library/var
EXPOSE 8000
# Other containers are the web server alone: see compose.yaml.
CMD ["sh", "-c", "library init && exec library serve --host 0.0.0.0 --port 8000"]
