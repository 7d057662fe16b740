#!/bin/sh
# build/layout.sh FOLDER: the suite as the image runs it, below FOLDER, which must not exist; the Dockerfile and the CI build it with this.
#
#   CapacityTests/  the tests, and beside them PoolWorker/ and TargetServer/, where the suite looks for them
#   ReportUpload/   sends the reports to S3
#   vstest/         the test runner alone, out of the SDK: `dotnet test` of an image with the SDK is this one and a process more
#   deploy/entrypoint.sh, .runsettings, Tests.sln (the suite knows its root by it)
set -eu
[ ! -e "$1" ] || { echo "build/layout.sh: $1 exists; name a folder that does not" >&2 && exit 1; }
mkdir -p "$1"
to=$(cd "$1" && pwd)
cd "$(dirname "$0")/.."

# Without its own executable, a program's folder can have its name.
publish() { dotnet publish "$1" --configuration Release --output "$2" -p:UseAppHost=false -p:PublishDocumentationFiles=false; }

publish CapacityTests "$to/CapacityTests"
publish PoolWorker "$to/CapacityTests/PoolWorker"
publish TargetServer "$to/CapacityTests/TargetServer"
publish ReportUpload "$to/ReportUpload"
# Comes with the test SDK, 31 MB, and collects what nobody asks for.
rm -rf "$to/CapacityTests/Microsoft.CodeCoverage"

sdk=$(dotnet msbuild CapacityTests -getProperty:MSBuildToolsPath)
mkdir -p "$to/vstest/Extensions" "$to/deploy"
cp "$sdk"/vstest.console.dll "$sdk"/vstest.console.*.json "$sdk"/Newtonsoft.Json.dll "$sdk"/Microsoft.Extensions.DependencyModel.dll \
  "$sdk"/Microsoft.Extensions.FileSystemGlobbing.dll "$sdk"/Microsoft.TestPlatform.*.dll "$sdk"/Microsoft.VisualStudio.TestPlatform.*.dll "$to/vstest"
cp "$sdk"/Extensions/Microsoft.TestPlatform.TestHostRuntimeProvider.dll \
  "$sdk"/Extensions/Microsoft.VisualStudio.TestPlatform.Extensions.Trx.TestLogger.dll "$to/vstest/Extensions"
# What test host and runner hold before the first connection, no connection gets. Of .NET's settings these were seen to lower it, and they
# are set for these two alone: in the worker a small budget for new objects makes pauses, and those would be measured.
less='"System.GC.Gen0MaxBudget": 2097152,'
sed -i "s/\"configProperties\": {/& $less/" "$to/CapacityTests/CapacityTests.runtimeconfig.json"
less="$less"' "System.GC.Concurrent": false, "System.Runtime.TieredPGO": false,'
sed -i "s/\"configProperties\": {/& $less/" "$to/vstest/vstest.console.runtimeconfig.json"

cp deploy/entrypoint.sh "$to/deploy"
cp .runsettings Tests.sln "$to"
