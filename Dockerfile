# The program with its networks and a Java to run it. Build the program first, then the image:
#
#   mvn -DskipTests package
#   docker build --network host -t bcdi-online .
#   mkdir -p out
#   docker run --rm --network host --user "$(id -u)" -v "$PWD/out:/results" bcdi-online demo --out /results
#   docker run -d --stop-timeout 900 --network host -e TANGO_HOST=id01:20000 -v /data/results:/results bcdi-online serve 1 --property ResultDirectory=/results
#
# The folder mounted on /results must be writable for user 10001, or name another with --user.
# With a graphics card: build the program with 'mvn -Pgpu package' and the image on a base that has CUDA 12 and cuDNN 9,
#   docker build --network host --build-arg BASE=nvidia/cuda:12.8.1-cudnn-runtime-ubuntu24.04 -t bcdi-online:gpu .
#   docker run --gpus all ...
ARG BASE=debian:bookworm-slim

# A third of Debian's Java is enough: no compiler, no tools, no debugging symbols
FROM debian:bookworm-slim AS java
RUN mkdir -p /usr/share/man/man1 \
    && apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends binutils openjdk-17-jdk-headless
RUN jlink --add-modules java.se,jdk.crypto.ec,jdk.httpserver,jdk.management,jdk.unsupported,jdk.zipfs \
        --strip-debug --no-header-files --no-man-pages --compress=2 --output /opt/java

FROM ${BASE}
RUN useradd --system --create-home --uid 10001 bcdi && install -d -o bcdi -g bcdi /results
# What changes rarely comes first
COPY --from=java /opt/java /opt/java
COPY target/lib /opt/bcdi/target/lib
COPY models /opt/bcdi/models
COPY deploy/bin /opt/bcdi/deploy/bin
COPY target/bcdi-online.jar /opt/bcdi/target/

# Java takes the names of files in the encoding of the locale
ENV JAVA_HOME=/opt/java LANG=C.UTF-8
USER bcdi
WORKDIR /results
ENTRYPOINT ["/opt/bcdi/deploy/bin/bcdi"]
CMD ["demo"]
