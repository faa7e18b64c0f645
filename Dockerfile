# One image: the program in /opt/fpa, the data in the volume /var/lib/fpa, an account without rights.
FROM python:3.12-slim

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 FPA_DATA_DIR=/var/lib/fpa
WORKDIR /opt/fpa
COPY requirements.lock ./
RUN python -m pip install --no-cache-dir --require-hashes -r requirements.lock
COPY registry registry
COPY templates templates
COPY migrations migrations
COPY wsgi.py ./
RUN useradd --system --uid 10001 fpa && install -d -o fpa -g fpa -m 0700 /var/lib/fpa \
 && printf '#!/bin/sh\nexec python -c "from registry.cli import main; main()" "$@"\n' > /usr/local/bin/registry \
 && chmod 0755 /usr/local/bin/registry
ENV PYTHONPATH=/opt/fpa
USER fpa
VOLUME /var/lib/fpa
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s CMD ["registry", "doctor", "--quiet"]
CMD ["registry", "serve", "--host", "0.0.0.0", "--port", "8000", "--prepare", "empty"]
