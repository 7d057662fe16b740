# The capacity suite, built once and run without an SDK. The two images are yours to name; README.md, "In a container", says which will do.
ARG SDK_IMAGE
ARG RUNTIME_IMAGE

FROM ${SDK_IMAGE} AS build
ENV DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
WORKDIR /source

# What restoring reads, and nothing else: this layer is made again only where a package or a project changes.
COPY Directory.Build.props Directory.Build.targets Directory.Packages.props ./
COPY build/ReportsDirectory.targets build/
COPY Compat/Allure.NUnit/Allure.NUnit.csproj Compat/Allure.NUnit/
COPY Compat/AWSSDK.ApplicationAutoScaling/AWSSDK.ApplicationAutoScaling.csproj Compat/AWSSDK.ApplicationAutoScaling/
COPY Compat/AWSSDK.CloudWatch/AWSSDK.CloudWatch.csproj Compat/AWSSDK.CloudWatch/
COPY Compat/AWSSDK.ECS/AWSSDK.ECS.csproj Compat/AWSSDK.ECS/
COPY Compat/AWSSDK.ElasticLoadBalancingV2/AWSSDK.ElasticLoadBalancingV2.csproj Compat/AWSSDK.ElasticLoadBalancingV2/
COPY Support/Support.csproj Support/
COPY TargetServer/TargetServer.csproj TargetServer/
COPY PoolWorker/PoolWorker.csproj PoolWorker/
COPY ScreenLogger/ScreenLogger.csproj ScreenLogger/
COPY ReportUpload/ReportUpload.csproj ReportUpload/
COPY CapacityTests/CapacityTests.csproj CapacityTests/
RUN dotnet restore CapacityTests && dotnet restore ReportUpload

COPY . .
RUN sh build/layout.sh /app

FROM ${RUNTIME_IMAGE}
ARG RUNTIME_IMAGE
ARG VERSION=1.0.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="WebSocket capacity tests" \
      org.opencontainers.image.description="Measures how many WebSocket connections a server holds, says whose limit it is, and gates" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.base.name="${RUNTIME_IMAGE}"

WORKDIR /app
COPY --from=build /app/ ./
# A number, so that no base image has to know the user; any other will do that may write in the two folders below.
RUN mkdir reports && chown 10001:10001 reports
USER 10001:10001

# All that is ever written, so that the rest may be read-only: the reports, and what .NET and the test runner put aside.
VOLUME ["/app/reports", "/tmp"]

STOPSIGNAL SIGTERM
ENTRYPOINT ["/bin/sh", "/app/deploy/entrypoint.sh"]
