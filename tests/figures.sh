#!/usr/bin/env bash
# Measures what the running system reaches, with real processes on loopback, each figure beside its goal.
#   tests/figures.sh [--short] [--json] [--row NAME]...
# The programs run as they are deployed: published, compiled ahead of time.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
rid="linux-$(uname -m | sed 's/x86_64/x64/; s/aarch64/arm64/')"
for project in Weir.Registry Weir.Orchestrator Weir.Diagnostics Weir.Worker.Ticker; do
    dotnet publish "services/$project" -c Release -r "$rid" --self-contained false -p:PublishReadyToRun=true \
        -p:NuGetLockFilePath="$PWD/artifacts/figures/locks/\$(MSBuildProjectName).json" \
        -o "artifacts/figures/$project" -v quiet --nologo >&2
done
for project in Weir.Checker Weir.Figures; do dotnet build "tests/$project" -c Release -v quiet --nologo >&2; done
exec artifacts/bin/Weir.Figures/release/Weir.Figures "$@"
