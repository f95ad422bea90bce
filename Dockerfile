# The program with its models and a Java to run it. Build the program first, then the image:
#
#   mvn -DskipTests package
#   docker build --network host -t bcdi-online .
#   docker run --rm --network host -v "$PWD/out:/results" bcdi-online demo --out /results
#   docker run -d --network host -e TANGO_HOST=id01:20000 -v /data/results:/results bcdi-online serve 1
#
# With a graphics card: build the program with 'mvn -Pgpu package' and the image on a base that has CUDA 12 and cuDNN 9,
#   docker build --network host --build-arg BASE=nvidia/cuda:12.8.1-cudnn-runtime-ubuntu24.04 -t bcdi-online:gpu .
#   docker run --gpus all ...
ARG BASE=debian:bookworm-slim
FROM ${BASE}

# Java registers manual pages, which the slim image has no folder for
RUN mkdir -p /usr/share/man/man1 \
    && apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends openjdk-17-jre-headless \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/archives/* \
    && useradd --system --create-home --uid 10001 bcdi \
    && install -d -o bcdi -g bcdi /results

# What changes rarely comes first
COPY target/lib /opt/bcdi/target/lib
COPY models /opt/bcdi/models
COPY deploy/bin /opt/bcdi/deploy/bin
COPY target/bcdi-online.jar /opt/bcdi/target/

USER bcdi
WORKDIR /results
ENTRYPOINT ["/opt/bcdi/deploy/bin/bcdi"]
CMD ["demo"]
